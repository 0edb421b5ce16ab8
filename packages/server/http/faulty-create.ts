import { setTimeout as pause } from 'node:timers/promises';
import { type Request as FilmRequest, makeNote, type Note } from '@refreel/core/model';
import { takeMarker, takeMarkerOfText } from '../sandbox/fault-marker.ts';
import type { Fault } from '../sandbox/fault-table.ts';
import { faultText, isOf, unknownFault } from '../sandbox/faults-asked.ts';
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

/** A request without its marker. Where no faults are shown, a marker is text like any other. @throws Refusal for a name that is none */
export function unmarked(
  asked: FilmRequest,
  { faultsObeyed }: Pick<Parts, 'faultsObeyed'>,
): { readonly request: FilmRequest; readonly fault: Fault | undefined } {
  if (!faultsObeyed) return { request: asked, fault: undefined };
  const { request, fault } = takeMarker(asked);
  return { request, fault: known(fault) };
}

/** The same of a prompt that stands alone. */
export function unmarkedPrompt(
  asked: string,
  { faultsObeyed }: Pick<Parts, 'faultsObeyed'>,
): { readonly prompt: string; readonly fault: Fault | undefined } {
  if (!faultsObeyed) return { prompt: asked, fault: undefined };
  const { text, fault } = takeMarkerOfText(asked);
  return { prompt: text, fault: known(fault) };
}

function known(fault: Fault | { readonly unknown: string } | undefined): Fault | undefined {
  if (fault !== undefined && 'unknown' in fault) throw unknownFault(fault.unknown, 'prompt');
  return fault;
}

/** @throws Refusal for a header that names no fault */
export function faultyCreate({ request, dialect, parts }: Asking, marked: Fault | undefined): FaultyCreate {
  const asked = [...(marked === undefined ? [] : [marked]), ...faultsOfHeader(request, parts)];
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
