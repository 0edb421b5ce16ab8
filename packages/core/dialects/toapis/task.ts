import { problem } from '../../model/index.ts';
import type { CodecContext, Exchange, GenerationView, Read, SeenGeneration } from '../dialect.ts';
import { fillPath } from '../find-exchange.ts';
import { type Answer, type Json, jsonBody, noBody } from '../message.ts';
import { unexpected } from '../read-answer.ts';
import { encodeRefusal, lateFailure, readAnswer, readLateFailure } from './refusal.ts';
import { readWord, words } from './states.ts';
import { WireTask } from './wire.ts';

/** Asks how a task stands. */
export const task: Exchange<'look'> = {
  does: 'look',
  method: 'GET',
  path: '/videos/generations/:id',
  ask: {
    decode: (_, { id = '' }) => ({ ok: true, value: { does: 'look', id }, notes: [] }),
    encode: ({ id }) => ({
      ok: true,
      message: { method: task.method, path: fillPath(task.path, { id }), query: {}, headers: {}, body: noBody },
      notes: [],
    }),
  },
  answer: {
    encode(view, { id }, context): Answer {
      if (view === undefined) return encodeRefusal([problem('generation_unknown', '', { found: id })], context);
      return { status: 200, headers: { 'content-type': 'application/json' }, body: jsonBody(tellTask(view, context)) };
    },
    decode(answer, { id }) {
      if (isUnknown(answer)) return { ok: true, value: undefined, notes: [] };
      const read = readAnswer(answer, WireTask);
      // Whoever asked knows the id; without a state nothing is said.
      return read.ok && read.value.status !== undefined
        ? seenOf({ ...read.value, id: read.value.id ?? read.value.task_id ?? id })
        : unreadable(read);
    },
  },
};

/** The vendor itself says that it has no such task; a 404 of something on the way says nothing. */
function isUnknown({ status, body }: Answer): boolean {
  if (status !== 404 || body.kind !== 'json') return false;
  const error = (body.value as { readonly error?: Json } | null)?.error;
  return typeof error === 'object' && error !== null;
}

/** The whole seconds since 1970 of a time in milliseconds. */
function unixSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** A task as every answer of the vendor tells of it: times are whole seconds since 1970, progress is a percentage. */
export function tellTask(view: GenerationView, context: CodecContext): { readonly [key: string]: Json } {
  const status = words[view.state];
  const known = {
    id: view.id,
    object: 'generation.task',
    model: view.model,
    status,
    progress: progressOf(view),
    created_at: unixSeconds(view.createdAt),
  };
  if (status === 'failed') return { ...known, error: lateFailure(view, context) };
  if (status !== 'completed') return known;
  const completed = view.finishedAt ?? context.now;
  return {
    ...known,
    completed_at: unixSeconds(completed),
    // 24 hours: "Video task status", read 2026-11-20.
    expires_at: unixSeconds(view.expiresAt ?? completed + 86_400_000),
    result: { type: 'video', data: view.films.map(({ url }) => ({ url, format: 'mp4' })) },
  };
}

/** Only what is done is at 100; a failure is back at 0, as in the page's example. */
function progressOf({ state, progress = 0 }: GenerationView): number {
  const status = words[state];
  if (status === 'completed') return 100;
  return status === 'in_progress' ? Math.min(99, Math.max(0, Math.floor(progress * 100))) : 0;
}

function unreadable(read: Read<WireTask>): Read<never> {
  return read.ok ? { ok: false, problems: [unexpected({ en: 'no status', zh: '没有 status' })] } : read;
}

/** What an answer about a task tells a client. */
export function seenOf(wire: WireTask): Read<SeenGeneration> {
  const id = wire.id ?? wire.task_id;
  if (id === undefined) return { ok: false, problems: [unexpected({ en: 'no id', zh: '没有 id' })] };
  const state = readWord(wire.status);
  // One odd entry must not cost the film beside it: it is paid for.
  const listed = wire.result?.data.flatMap((one) => one?.url ?? []) ?? [];
  const single = wire.data?.url ?? wire.video_url;
  const urls = listed.length > 0 || single === undefined ? listed : [single];
  const inMilliseconds = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000);
  const value: SeenGeneration = {
    id,
    state,
    model: wire.model,
    films: urls.map((url) => ({ url, seconds: undefined })),
    problem: state === 'failed' ? readLateFailure(wire.error) : undefined,
    createdAt: inMilliseconds(wire.created_at),
    startedAt: undefined,
    finishedAt: inMilliseconds(wire.completed_at),
    progress: wire.progress === undefined ? undefined : Math.min(1, Math.max(0, wire.progress / 100)),
    billedSeconds: undefined,
  };
  return { ok: true, value, notes: [] };
}
