import { problem } from '../../model/index.ts';
import type { CodecContext, Exchange, GenerationView, SeenGeneration } from '../dialect.ts';
import { fillPath } from '../find-exchange.ts';
import { type Json, noBody } from '../message.ts';
import { envelope, say } from './envelope.ts';
import { decodeRefusal, encodeRefusal, readAnswer, sentence } from './refusal.ts';
import { readWord, words } from './states.ts';
import { WireAnswer, type WireTask } from './wire.ts';

/*
 * The page of the films names an interface for results and gives no address. These are the addresses of the vendor's pictures, taken over;
 * that films are asked for there, and what stands in their answers, is ours. The third is ours altogether.
 */

/** How a task stands. */
export const status = look('/comfyui/tasks/:id/status', (view) => [
  { taskId: view.id, status: words[view.state], progress: String(progressOf(view)) },
]);

/** The films of a task. */
export const result = look('/comfyui/tasks/:id/result', tellResult);

/** The same, where people look first. */
export const alias = look('/videos/generations/:id', tellResult);

function look(path: string, tell: (view: GenerationView) => Json): Exchange<'look'> {
  const method = 'GET';
  return {
    does: 'look',
    method,
    path,
    ask: {
      decode: (_, { id = '' }) => ({ ok: true, value: { does: 'look', id }, notes: [] }),
      encode: ({ id }) => ({
        ok: true,
        message: { method, path: fillPath(path, { id }), query: {}, headers: {}, body: noBody },
        notes: [],
      }),
    },
    answer: {
      encode(view, { id }, context) {
        if (view === undefined) return encodeRefusal([problem('generation_unknown', '', { found: id })], context);
        return envelope(0, messageOf(view, context), tell(view), context);
      },
      decode(answer, { id }) {
        const refused = decodeRefusal(answer);
        // The vendor itself says that it has no such task; a 404 of something on the way says nothing.
        if (refused?.values.vendorCode === '404') return { ok: true, value: undefined, notes: [] };
        const read = readAnswer(answer, WireAnswer);
        return read.ok ? { ...read, value: seenOf(read.value, id) } : read;
      },
    },
  };
}

/** Every film of the generation: they are one task. */
function tellResult(view: GenerationView): Json {
  return { taskId: view.id, status: words[view.state], urls: view.films.map(({ url }) => url) };
}

/** "What came of it": the only place where a task that failed can say why. */
function messageOf(view: GenerationView, context: CodecContext): string {
  if (view.state !== 'failed') return say({ en: 'Success', zh: '查询成功' }, context);
  return sentence(view.problem ?? problem('render_failed', ''), context);
}

/** A percentage. */
function progressOf({ state, progress = 0 }: GenerationView): number {
  if (words[state] === 'COMPLETED') return 100;
  return words[state] === 'RUNNING' ? Math.min(99, Math.max(0, Math.floor(progress * 100))) : 0;
}

/** The task of an answer: some answers have a list. */
export function entryOf({ data }: WireAnswer): WireTask {
  return (Array.isArray(data) ? data[0] : data) ?? {};
}

/** The films of an answer, whichever entry of a list they stand in. */
function urlsOf({ data }: WireAnswer): string[] {
  return [data].flat().flatMap(({ urls, result: inner }) => urls ?? inner?.urls ?? []);
}

/** What an answer about a task tells a client. Without a word that is known, films say that it is done. */
export function seenOf(answer: WireAnswer, id: string): SeenGeneration {
  const entry = entryOf(answer);
  const urls = urlsOf(answer);
  const state = readWord(entry.status) ?? (urls.length > 0 ? 'done' : 'running');
  const percent = Number.parseFloat(String(entry.progress ?? ''));
  return {
    id: entry.taskId ?? id,
    state,
    model: undefined,
    films: urls.map((url) => ({ url, seconds: undefined })),
    problem: state === 'failed' ? problem('vendor_failed', '', { found: answer.message ?? '' }) : undefined,
    createdAt: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    progress: Number.isNaN(percent) ? undefined : Math.min(1, Math.max(0, percent / 100)),
    billedSeconds: undefined,
  };
}
