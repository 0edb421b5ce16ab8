import { z } from 'zod';
import { type Problem, problem } from '../../model/index.ts';
import type { CodecContext, Landfall, Voyage } from '../dialect.ts';
import type { Answer, Ask } from '../message.ts';
import { retryLater } from '../retry-later.ts';
import { complete } from './complete.ts';
import { encodeQueue } from './queue.ts';
import { readAnswer } from './refusal.ts';
import { retrieve } from './retrieve.ts';
import { WireError, WireQueued } from './wire.ts';

const Handle = z.object({
  /** Null where neither the answer nor the ask named it. */
  model: z.string().nullable(),
  queueId: z.string(),
  /** Of the private models: shown once, in the acceptance. */
  downloadUrl: z.string().optional(),
});
type Handle = z.infer<typeof Handle>;

/** Seconds between two looks, as the vendor's guide of 2026-08-22 has them. */
const usualSeconds = 5;

/** A film made by the vendor. */
export const voyage: Voyage = {
  start: (request, context, echo) => encodeQueue(request, context, echo),

  accepted(answer, context, sent) {
    const read = readAnswer(answer, WireQueued);
    const model = (read.ok ? read.value.model : undefined) ?? modelOf(sent);
    if (read.ok) {
      const { queue_id: queueId, id = '', download_url: url } = read.value;
      const known = { model: model ?? null, queueId: queueId ?? id };
      return { handle: url === undefined ? known : { ...known, downloadUrl: url } };
    }
    const found = read.problems[0] ?? problem('answer_unreadable', '', { found: String(answer.status) });
    // Only what the vendor itself calls too busy was certainly not begun; a gateway's 503 may stand before a job that was.
    const busy = found.code === 'vendor_unavailable' && hasSentence(answer);
    if (found.code === 'rate_limited' || busy) return retryLater(answer, usualSeconds);
    if (found.code === 'moderation_blocked')
      return { is: 'failed', problem: found, billed: atTheDoor(found, model, context) };
    // What is refused at the door costs nothing. An answer that cannot be read, or a fault on their side, may have come too late to say so.
    const refused = answer.status >= 400 && answer.status < 500 && answer.status !== 408;
    return { is: 'failed', problem: found, billed: refused ? 'no' : 'unknown' };
  },

  look: (handle, context) => {
    const { queueId, model } = Handle.parse(handle);
    const written = retrieve.ask.encode({ does: 'look', id: queueId, ...(model !== null && { model }) }, context);
    return messageOf(written);
  },

  seen(answer, handle, context): Landfall {
    const known = Handle.parse(handle);
    // 400 and 410 as well as 404: the job is not known there any more (a client that works treats them so, read 2026-08-21).
    if (answer.status === 400 || answer.status === 410) return { is: 'gone' };
    const read = retrieve.answer.decode(answer, { does: 'look', id: known.queueId }, context);
    // "Handle 500/503 with retries": a look that is refused says nothing about the film.
    if (!read.ok) return retryLater(answer, usualSeconds);
    if (read.value === undefined) return { is: 'gone' };
    const { state, films, progress, problem: found } = read.value;
    if (state === 'failed' || state === 'cancelled') {
      const why = found ?? problem('vendor_failed', '', { found: '' });
      return { is: 'failed', problem: why, billed: billedAfter(why, known, context) };
    }
    if (state !== 'done') return { is: 'working', state: state === 'queued' ? 'queued' : 'running', progress };
    const elsewhere = known.downloadUrl === undefined ? [] : [{ url: known.downloadUrl, seconds: undefined }];
    const all = films.length > 0 ? films : elsewhere;
    if (all.length > 0) return { is: 'films', films: all, billedSeconds: undefined };
    const nothing = { en: 'COMPLETED without a film', zh: 'COMPLETED 但没有影片' };
    return { is: 'failed', problem: problem('answer_unreadable', '', { found: nothing }), billed: 'yes' };
  },

  complete: (handle, context) => {
    const { queueId, model } = Handle.parse(handle);
    return messageOf(complete.ask.encode({ does: 'delete', id: queueId, ...(model !== null && { model }) }, context));
  },
};

/** Whether a prompt that was refused before anything was made is charged: where refused films are, nobody says it. */
function atTheDoor(found: Problem, model: string | undefined, context: CodecContext): 'no' | 'unknown' {
  if (found.values.refunded === true) return 'no';
  return chargesRefusals(model, context) === false ? 'no' : 'unknown';
}

/** What the vendor says of its refund goes before what its pages say of the model: Grok's refused clips are billed, other failures are not. */
function billedAfter(found: Problem, { model }: Handle, context: CodecContext): 'yes' | 'no' | 'unknown' {
  if (found.values.refunded === true) return 'no';
  if (found.values.refunded === false) return 'yes';
  if (found.code !== 'moderation_blocked') return 'no';
  const charges = chargesRefusals(model ?? undefined, context);
  return charges === undefined ? 'unknown' : charges ? 'yes' : 'no';
}

/** Undefined for a model that no card describes. */
function chargesRefusals(model: string | undefined, { findCard }: CodecContext): boolean | undefined {
  const card = model === undefined ? undefined : findCard(model);
  return card === undefined ? undefined : card.price?.refusedIsCharged === true;
}

/** The model that was asked for: an acceptance in the guide's form does not repeat it. */
function modelOf(sent: Ask | undefined): string | undefined {
  const body = sent?.body.kind === 'json' ? sent.body.value : undefined;
  return z.looseObject({ model: z.string() }).safeParse(body).data?.model;
}

/** Whether it is the vendor's own error, and not that of something before it. */
function hasSentence({ body }: Answer): boolean {
  return body.kind === 'json' && WireError.safeParse(body.value).data?.error !== undefined;
}

/** An ask that has nothing that could be refused. */
function messageOf(result: ReturnType<typeof retrieve.ask.encode>): Ask {
  if (result.ok) return result.message;
  throw new Error(`an ask of Venice cannot be written: ${result.problems.map(({ code }) => code).join(', ')}`);
}
