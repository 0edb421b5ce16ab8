import { setTimeout as pause } from 'node:timers/promises';
import { type Request as FilmRequest, makeNote, type Note } from '@refreel/core/model';
import { takeMarker, takeMarkerOfText, type Unmarked } from '../sandbox/fault-marker.ts';
import type { Fault } from '../sandbox/fault-table.ts';
import { faultText, isOf, mostAsked, unknownFault } from '../sandbox/faults-asked.ts';
import { type TextAnswer, toResponse } from './answer.ts';
import { FaultShown, faultsOfHeader, takeArmed } from './asked-faults.ts';
import { cut } from './cut.ts';
import type { Parts } from './parts.ts';

/** What goes wrong with one request for a film. */
export interface FaultyCreate {
  /** Right before it is submitted: what to keep with it. A request that was answered before never gets here. @throws FaultShown */
  begin(model: string): Promise<{ readonly faults: readonly string[]; readonly notes: readonly Note[] }>;
  /** Its answer, as its caller gets it. */
  finish(answer: TextAnswer): Promise<Response>;
}

interface Asking {
  readonly request: Request;
  /** "native", or whose clothes it wears. */
  readonly dialect: string;
  readonly parts: Parts;
}

const usualSlowSeconds = 30;

/** A request without its markers. Where no faults are shown, a marker is text like any other. @throws Refusal for a name that is none */
export function unmarked(
  asked: FilmRequest,
  { faultsObeyed }: Pick<Parts, 'faultsObeyed'>,
): { readonly request: FilmRequest; readonly faults: readonly Fault[] } {
  const { rest, faults } = takeAll(asked, faultsObeyed, (request) => {
    const taken = takeMarker(request);
    return { rest: taken.request, fault: taken.fault };
  });
  return { request: rest, faults };
}

/** The same of a prompt that stands alone. */
export function unmarkedPrompt(
  asked: string,
  { faultsObeyed }: Pick<Parts, 'faultsObeyed'>,
): { readonly prompt: string; readonly faults: readonly Fault[] } {
  const { rest, faults } = takeAll(asked, faultsObeyed, (prompt) => {
    const taken = takeMarkerOfText(prompt);
    return { rest: taken.text, fault: taken.fault };
  });
  return { prompt: rest, faults };
}

function takeAll<From>(
  from: From,
  obeyed: boolean,
  take: (from: From) => { readonly rest: From; readonly fault: Unmarked['fault'] },
): { readonly rest: From; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  let rest = from;
  while (obeyed) {
    const taken = take(rest);
    const { fault } = taken;
    if (fault === undefined) break;
    if ('unknown' in fault) throw unknownFault(fault.unknown, 'prompt');
    faults.push(fault);
    if (faults.length > mostAsked) throw unknownFault(faultText(fault), 'prompt');
    rest = taken.rest;
  }
  return { rest, faults };
}

/** @throws Refusal for a header that names no fault */
export function faultyCreate({ request, dialect, parts }: Asking, marked: readonly Fault[]): FaultyCreate {
  const asked = [...marked, ...faultsOfHeader(request, parts)];
  let begun: readonly Fault[] = [];
  return {
    async begin(model) {
      const armed = asked.length > 0 ? undefined : await takeArmed(parts, { askedFor: 'create', dialect, model });
      begun = armed === undefined ? asked : [armed];
      const instead = begun.find((fault) => isOf(fault, 'instead'));
      if (instead !== undefined) throw new FaultShown(instead);
      return {
        faults: begun.filter((fault) => isOf(fault, 'life', 'film')).map(faultText),
        notes: begun.length === 0 ? [] : [makeNote('fault_shown', '', { found: begun.map(faultText).join(', ') })],
      };
    },
    async finish(answer) {
      const faultOf = (name: Fault['name']) =>
        answer.status < 400 ? begun.find((fault) => fault.name === name) : undefined;
      const slow = faultOf('slow_create');
      if (slow !== undefined) await wait(slow.amount ?? usualSlowSeconds, parts.stopping);
      if (faultOf('lost_create_reply') !== undefined) return cut(toResponse(answer), 'close');
      if (faultOf('half_json') === undefined) return toResponse(answer);
      const bytes = Buffer.byteLength(answer.body);
      const whole = { ...answer, headers: { ...answer.headers, 'content-length': String(bytes) } };
      return cut(toResponse(whole), 'close', Math.floor(bytes / 2));
    },
  };
}

/** A server that stops answers at once. */
async function wait(seconds: number, stopping: AbortSignal): Promise<void> {
  await pause(seconds * 1000, undefined, { signal: stopping }).catch(() => {});
}
