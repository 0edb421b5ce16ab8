import { z } from 'zod';
import { type Problem, problem } from '../../model/index.ts';
import type { Landfall, UploadStep, Voyage } from '../dialect.ts';
import type { Answer, Ask, Json } from '../message.ts';
import { retryLater } from '../retry-later.ts';
import { cancel } from './cancel.ts';
import { encodeCreate } from './create.ts';
import { find } from './find.ts';
import { permit } from './permit.ts';
import { readAnswer } from './refusal.ts';
import { task } from './task.ts';
import { formFor, upload } from './upload.ts';

/** Of an acceptance the id alone is used: whatever else is odd about it, the film is being made and will be charged. */
const WireAccepted = z.looseObject({ output: z.looseObject({ task_id: z.string().min(1) }) });

const Handle = z.object({ taskId: z.string() });

/** Seconds between two looks that the vendor's page advises. */
const usualSeconds = 15;

/** A film made by the vendor. "A call that fails, or an error in processing, is not charged", says its guide. */
export const voyage: Voyage = {
  start: (request, context, echo) => encodeCreate(request, context, echo),

  accepted(answer) {
    const read = readAnswer(answer, WireAccepted);
    if (read.ok) return { handle: { taskId: read.value.output.task_id } };
    const found = firstOf(read.problems);
    // Only what the vendor itself calls too busy was certainly not begun; a gateway's 503 may stand before a task that was.
    const busy = found.code === 'vendor_unavailable' && found.values.vendorCode !== undefined;
    if (found.code === 'rate_limited' || busy) return later(answer);
    // What is refused at the door costs nothing. An answer that cannot be read, or a fault on their side, may have come too late to say so.
    const refused = answer.status >= 400 && answer.status < 500 && answer.status !== 408;
    return { is: 'failed', problem: found, billed: refused ? 'no' : 'unknown' };
  },

  look: (handle, context) => written(task.ask.encode({ does: 'look', id: taskIdOf(handle) }, context)),

  seen(answer, handle, context): Landfall {
    const read = task.answer.decode(answer, { does: 'look', id: taskIdOf(handle) }, context);
    // A look that is refused says nothing about the film: the key may be out of order, the vendor busy.
    if (!read.ok) return later(answer);
    if (read.value === undefined) return { is: 'gone' };
    const { state, films, progress, billedSeconds } = read.value;
    if (state === 'failed')
      return { is: 'failed', problem: read.value.problem ?? problem('vendor_failed', '', { found: '' }), billed: 'no' };
    if (state === 'cancelled') return { is: 'failed', problem: problem('render_cancelled', ''), billed: 'no' };
    if (state !== 'done') return { is: 'working', state: state === 'queued' ? 'queued' : 'running', progress };
    if (films.length > 0) return { is: 'films', films, billedSeconds };
    const found = { en: 'SUCCEEDED without video_url', zh: 'SUCCEEDED 但没有 video_url' };
    return { is: 'failed', problem: problem('answer_unreadable', '', { found }), billed: 'yes' };
  },

  cancel: (handle, context) =>
    written(cancel.ask.encode({ does: 'cancel', id: taskIdOf(handle), whileIn: [] }, context)),

  find,

  upload: {
    permit: (model, context) => written(permit.ask.encode({ does: 'permit', model }, context)),
    send(file, leave, context): UploadStep {
      if (leave === undefined) throw new Error('an upload to DashScope starts with a permit');
      const read = permit.answer.decode(leave, { does: 'permit', model: '' }, context);
      if (!read.ok) {
        const found = firstOf(read.problems);
        return found.code === 'rate_limited' ? later(leave) : { is: 'failed', problem: found, billed: 'no' };
      }
      const question = formFor(file, read.value);
      return { ask: written(upload.ask.encode(question, context)), url: `oss://${question.fields.key}` };
    },
    // "Get a temporary file URL", read 2026-11-20: 48 hours.
    keptSeconds: 172_800,
  },
};

function taskIdOf(handle: Json): string {
  return Handle.parse(handle).taskId;
}

/** An ask that has nothing that could be refused. */
function written(result: ReturnType<typeof task.ask.encode>): Ask {
  if (result.ok) return result.message;
  throw new Error(`an ask of DashScope cannot be written: ${result.problems.map(({ code }) => code).join(', ')}`);
}

function firstOf(problems: readonly Problem[]): Problem {
  return problems[0] ?? problem('answer_unreadable', '', { found: '' });
}

function later(answer: Answer): Extract<Landfall, { is: 'later' }> {
  return retryLater(answer, usualSeconds);
}
