import { z } from 'zod';
import { problem } from '../../model/index.ts';
import type { Landfall, Voyage } from '../dialect.ts';
import type { Json } from '../message.ts';
import { retryLater } from '../retry-later.ts';
import { alwaysWritten, firstOf, uploadByForm } from '../voyage-parts.ts';
import { create, encodeCreate } from './create.ts';
import { task } from './task.ts';
import { upload, uploadOf } from './upload.ts';

const Handle = z.object({ taskId: z.string() });

/** Seconds between two looks that the vendor's page advises (read 2026-11-20). */
const usualSeconds = 10;

/** A film made by the vendor. Whether one that failed is charged is documented nowhere. */
export const voyage: Voyage = {
  start: (request, context, echo) => encodeCreate(request, context, echo),

  accepted(answer, context) {
    const question = { does: 'create', request: nothing, echo: null, notes: [] } as const;
    const read = create.answer.decode(answer, question, context);
    // Of an acceptance the id alone is used: whatever else is odd about it, the film is being made and will be charged.
    if (read.ok) return { handle: { taskId: read.value.id } };
    const found = firstOf(read.problems);
    if (found.code === 'rate_limited') return retryLater(answer, usualSeconds);
    // What is refused at the door costs nothing. An answer that cannot be read, or a fault on their side, may have come too late to say so.
    const refused = answer.status >= 400 && answer.status < 500 && answer.status !== 408;
    return { is: 'failed', problem: found, billed: refused ? 'no' : 'unknown' };
  },

  look: (handle, context) => alwaysWritten(task.ask.encode({ does: 'look', id: taskIdOf(handle) }, context)),

  seen(answer, handle, context): Landfall {
    const read = task.answer.decode(answer, { does: 'look', id: taskIdOf(handle) }, context);
    // A look that is refused says nothing about the film: the key may be out of order, the vendor busy.
    if (!read.ok) return retryLater(answer, usualSeconds);
    if (read.value === undefined) return { is: 'gone' };
    const { state, films, progress, billedSeconds } = read.value;
    if (state === 'failed') {
      const found = read.value.problem ?? problem('vendor_failed', '', { found: '' });
      return { is: 'failed', problem: found, billed: 'unknown' };
    }
    if (state !== 'done') return { is: 'working', state: state === 'queued' ? 'queued' : 'running', progress };
    if (films.length > 0) return { is: 'films', films, billedSeconds };
    const found = { en: 'completed without a film', zh: 'completed 但没有影片' };
    return { is: 'failed', problem: problem('answer_unreadable', '', { found }), billed: 'yes' };
  },

  upload: uploadByForm(upload, uploadOf, usualSeconds),
};

const nothing = { model: '', references: [], shots: [{ prompt: [] }] };

function taskIdOf(handle: Json): string {
  return Handle.parse(handle).taskId;
}
