import { z } from 'zod';
import { type Problem, problem, type Request } from '../../model/index.ts';
import type { CodecContext, Exchange, Find, Landfall, Voyage, Written } from '../dialect.ts';
import { fillPath } from '../find-exchange.ts';
import type { Ask, Json } from '../message.ts';
import { retryLater } from '../retry-later.ts';
import { writeTextPrompt } from '../text-prompt.ts';
import { contentPath } from './content.ts';
import { explainLosses } from './losses.ts';
import { readAnswer } from './refusal.ts';

/** Of an acceptance the id alone is used: whatever else is odd about it, the film is being made and will be charged. */
const WireAccepted = z.looseObject({ id: z.string().min(1) });

const Handle = z.object({ videoId: z.string() });

/** Seconds between two looks: ours, as no page advises any. Films take minutes. */
const usualSeconds = 10;

/** What a service of this shape makes films by. */
export interface VoyageWire {
  readonly encodeCreate: (request: Request, context: CodecContext, echo: Json | undefined) => Written<Ask>;
  readonly look: Exchange<'look'>;
  /** Where it makes a film of a finished one. */
  readonly remix?: Exchange<'remix'>;
  /** Where deleting a video stops the making of it. */
  readonly remove?: Exchange<'delete'>;
  /** Where what it lists repeats the prompt. */
  readonly find?: Find;
}

/**
 * A film made by a service of this shape. No page says that a film which failed is charged; one that was taken back may be.
 */
export function voyageWith({ encodeCreate, look, remix, remove, find }: VoyageWire): Voyage {
  return {
    start(request, context, echo) {
      const { from } = request;
      const card = context.findCard(request.model);
      if (from === undefined || card?.remix !== true || remix === undefined)
        return encodeCreate(request, context, echo);
      // All but the words are the source's, and were inherited when it was asked for.
      const text = writeTextPrompt(request, card);
      if (text.problems.length > 0) return { ok: false, problems: text.problems };
      const written = remix.ask.encode({ does: 'remix', id: from, prompt: text.text }, context);
      if (!written.ok) return written;
      const read: Request = {
        ...request,
        shots: [{ ...lengthOf(request), prompt: text.text === '' ? [] : [text.text] }],
      };
      return { ...written, notes: explainLosses(request, read, card, text.notes) };
    },

    accepted(answer) {
      const read = readAnswer(answer, WireAccepted);
      if (read.ok) return { handle: { videoId: read.value.id } };
      const found = firstOf(read.problems);
      if (found.code === 'rate_limited') return retryLater(answer, usualSeconds);
      // What is refused at the door costs nothing. An answer that cannot be read, or a fault on their side, may have come too late to say so.
      const refused = answer.status >= 400 && answer.status < 500 && answer.status !== 408;
      return { is: 'failed', problem: found, billed: refused ? 'no' : 'unknown' };
    },

    look: (handle, context) => written(look.ask.encode({ does: 'look', id: idOf(handle) }, context)),

    seen(answer, handle, context): Landfall {
      const id = idOf(handle);
      const read = look.answer.decode(answer, { does: 'look', id }, context);
      // A look that is refused says nothing about the film: the key may be out of order, the service busy.
      if (!read.ok) return retryLater(answer, usualSeconds);
      if (read.value === undefined) return { is: 'gone' };
      const { state, films, progress, billedSeconds } = read.value;
      if (state === 'failed') {
        const failed = read.value.problem ?? problem('vendor_failed', '', { found: '' });
        return { is: 'failed', problem: failed, billed: 'no' };
      }
      if (state === 'cancelled') return { is: 'failed', problem: problem('render_cancelled', ''), billed: 'unknown' };
      if (state !== 'done') return { is: 'working', state: state === 'queued' ? 'queued' : 'running', progress };
      // Where no address is told, the film is at one of this same service, below the base address, for the same key.
      const own = { url: fillPath(contentPath, { id }), seconds: undefined };
      return { is: 'films', films: films.length > 0 ? films : [own], billedSeconds };
    },

    ...(remove !== undefined && {
      cancel: (handle, context) => written(remove.ask.encode({ does: 'delete', id: idOf(handle) }, context)),
    }),
    ...(find !== undefined && { find }),
  };
}

/** A lone shot's length is inherited with the rest. */
function lengthOf({ shots }: Request): { seconds?: number } {
  const [only] = shots;
  return shots.length === 1 && only?.seconds !== undefined ? { seconds: only.seconds } : {};
}

function idOf(handle: Json): string {
  return Handle.parse(handle).videoId;
}

/** An ask that has nothing that could be refused. */
function written(result: Written<Ask>): Ask {
  if (result.ok) return result.message;
  throw new Error(`an ask of this shape cannot be written: ${result.problems.map(({ code }) => code).join(', ')}`);
}

function firstOf(problems: readonly Problem[]): Problem {
  return problems[0] ?? problem('answer_unreadable', '', { found: '' });
}
