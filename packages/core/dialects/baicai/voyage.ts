import { z } from 'zod';
import { problem } from '../../model/index.ts';
import type { CodecContext, Landfall, SeenGeneration, Voyage } from '../dialect.ts';
import type { Answer } from '../message.ts';
import { retryLater } from '../retry-later.ts';
import { alwaysWritten, firstOf, uploadByForm } from '../voyage-parts.ts';
import { create, encodeCreate } from './create.ts';
import { result, status } from './task.ts';
import { upload, uploadOf } from './upload.ts';

/** `finished`: the status said so, and the films are asked for at another address. */
const Handle = z.object({ taskId: z.string(), finished: z.boolean() });

/** Seconds between two looks of a client of this vendor (read 2026-11-20). */
const usualSeconds = 10;

/** Films made by the vendor. Whether a task that failed is charged is documented nowhere. */
export const voyage: Voyage = {
  start: (request, context, echo) => encodeCreate(request, context, echo),

  accepted(answer, context) {
    const question = { does: 'create', request: nothing, echo: null, notes: [] } as const;
    const read = create.answer.decode(answer, question, context);
    // Of an acceptance the id alone is used: whatever else is odd about it, the films are being made and will be charged.
    if (read.ok) return { handle: { taskId: read.value.id, finished: false } };
    const found = firstOf(read.problems);
    if (found.code === 'rate_limited') return retryLater(answer, usualSeconds);
    // What is refused at the door costs nothing. An answer that cannot be read, or a fault on their side, may have come too late to say so.
    const refused = answer.status >= 400 && answer.status < 500 && answer.status !== 408;
    return { is: 'failed', problem: found, billed: refused ? 'no' : 'unknown' };
  },

  look(handle, context) {
    const { taskId, finished } = Handle.parse(handle);
    return alwaysWritten((finished ? result : status).ask.encode({ does: 'look', id: taskId }, context));
  },

  seen(answer, handle, context): Landfall {
    const { taskId, finished } = Handle.parse(handle);
    const seen = lookedAt(answer, taskId, finished, context);
    // A look that is refused says nothing about the films: the key may be out of order, the vendor busy.
    if (seen === 'nothing') return retryLater(answer, usualSeconds);
    if (seen === undefined) return { is: 'gone' };
    const { state, films, progress, billedSeconds } = seen;
    if (state === 'failed') {
      const found = seen.problem ?? problem('vendor_failed', '', { found: '' });
      return { is: 'failed', problem: found, billed: 'unknown' };
    }
    if (state === 'cancelled') return { is: 'failed', problem: problem('render_cancelled', ''), billed: 'unknown' };
    if (films.length > 0) return { is: 'films', films, billedSeconds };
    if (state === 'queued') return { is: 'working', state, progress };
    if (state !== 'done') return { is: 'working', state: 'running', progress };
    if (!finished) return { is: 'working', state: 'running', progress, handle: { taskId, finished: true } };
    const found = { en: 'COMPLETED without urls', zh: 'COMPLETED 但没有 urls' };
    return { is: 'failed', problem: problem('answer_unreadable', '', { found }), billed: 'yes' };
  },

  upload: uploadByForm(upload, uploadOf, usualSeconds),
};

const nothing = { model: '', references: [], shots: [{ prompt: [] }] };

/** What a look found; undefined: the vendor has no such task. */
function lookedAt(
  answer: Answer,
  id: string,
  finished: boolean,
  context: CodecContext,
): SeenGeneration | undefined | 'nothing' {
  const exchange = finished ? result : status;
  const read = exchange.answer.decode(answer, { does: 'look', id }, context);
  return read.ok ? read.value : 'nothing';
}
