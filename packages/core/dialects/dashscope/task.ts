import type { CodecContext, Exchange, GenerationView, SeenGeneration } from '../dialect.ts';
import { fillPath } from '../find-exchange.ts';
import { type Answer, type Json, jsonBody, noBody } from '../message.ts';
import { readEcho } from './echo.ts';
import { failureOf, readAnswer, readFailure } from './refusal.ts';
import { readWord, unknownWord, words } from './states.ts';
import { readTime, writeTime } from './times.ts';
import { writeUsage } from './usage.ts';
import { WireTask } from './wire.ts';

/** Asks how a task stands. */
export const task: Exchange<'look'> = {
  does: 'look',
  method: 'GET',
  path: '/tasks/:id',
  ask: {
    decode: (_, { id = '' }) => ({ ok: true, value: { does: 'look', id }, notes: [] }),
    encode: ({ id }) => ({
      ok: true,
      message: { method: task.method, path: fillPath(task.path, { id }), query: {}, headers: {}, body: noBody },
      notes: [],
    }),
  },
  answer: {
    encode: (view, { id }, context): Answer => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: jsonBody({ request_id: context.requestId, ...tellTask(view, id, context) }),
    }),
    decode(answer) {
      const read = readAnswer(answer, WireTask);
      if (!read.ok) return read;
      return { ...read, value: read.value.output.task_status === unknownWord ? undefined : seenOf(read.value) };
    },
  },
};

/** Nobody learns whether a task is unknown, a stranger's, or older than its 24 hours. */
function tellTask(view: GenerationView | undefined, id: string, context: CodecContext): { [key: string]: Json } {
  const expired = view?.expiresAt !== undefined && context.now >= view.expiresAt;
  if (view === undefined || expired) return { output: { task_id: id, task_status: unknownWord } };
  const known = { task_id: view.id, task_status: words[view.state] };
  if (view.state === 'failed') {
    // The example of a failure has neither times nor usage.
    const failure =
      view.problem === undefined ? { code: 'InternalError', message: '' } : failureOf(view.problem, context);
    return { output: { ...known, code: failure.code, message: failure.message } };
  }
  const times = {
    submit_time: writeTime(view.createdAt),
    ...(view.startedAt !== undefined && { scheduled_time: writeTime(view.startedAt) }),
    ...(view.finishedAt !== undefined && { end_time: writeTime(view.finishedAt) }),
  };
  const [film] = view.films;
  if (view.state !== 'done' || film === undefined) return { output: { ...known, ...times } };
  const prompt = readEcho(view.echo)?.prompt;
  return {
    output: { ...known, ...times, ...(prompt !== undefined && { orig_prompt: prompt }), video_url: film.url },
    usage: writeUsage(view, context.findCard(view.model)),
  };
}

/** What an answer about a task tells a client. A word that nobody knows is a task that is still at work. */
export function seenOf({ output, usage }: WireTask): SeenGeneration {
  const state = readWord(output.task_status) ?? 'running';
  const url = output.video_url;
  return {
    id: output.task_id,
    state,
    model: undefined,
    films: url === undefined ? [] : [{ url, seconds: usage?.output_video_duration }],
    problem: state === 'failed' ? readFailure(output.code, output.message) : undefined,
    createdAt: readTime(output.submit_time ?? ''),
    startedAt: readTime(output.scheduled_time ?? ''),
    finishedAt: readTime(output.end_time ?? ''),
    progress: undefined,
    billedSeconds: usage?.duration,
  };
}
