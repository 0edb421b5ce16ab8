import { z } from 'zod';
import { type Problem, problem } from '../../model/index.ts';
import type { Landfall, Voyage, Written } from '../dialect.ts';
import type { Ask, Json } from '../message.ts';
import { retryLater } from '../retry-later.ts';
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

  look: (handle, context) => written(task.ask.encode({ does: 'look', id: taskIdOf(handle) }, context)),

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

  upload: {
    send: (file, _, context) => ({ ask: written(upload.ask.encode(uploadOf(file), context)), url: undefined }),
    sent(answer, context) {
      const file = { fileName: '', mediaType: '', bytes: '' };
      const read = upload.answer.decode(answer, uploadOf(file), context);
      if (read.ok) return read.value;
      const found = firstOf(read.problems);
      const busy = found.code === 'rate_limited' || answer.status >= 500;
      return busy ? retryLater(answer, usualSeconds) : { is: 'failed', problem: found, billed: 'no' };
    },
    keptSeconds: null,
  },
};

const nothing = { model: '', references: [], shots: [{ prompt: [] }] };

function taskIdOf(handle: Json): string {
  return Handle.parse(handle).taskId;
}

/** An ask that has nothing that could be refused. */
function written(result: Written<Ask>): Ask {
  if (result.ok) return result.message;
  throw new Error(`an ask of ToAPIs cannot be written: ${result.problems.map(({ code }) => code).join(', ')}`);
}

function firstOf(problems: readonly Problem[]): Problem {
  return problems[0] ?? problem('answer_unreadable', '', { found: '' });
}
