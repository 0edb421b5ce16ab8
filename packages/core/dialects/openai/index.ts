import { type Problem, writePrompt } from '../../model/index.ts';
import { bearerKey } from '../bearer-key.ts';
import type { CodecContext, Dialect, GenerationView } from '../dialect.ts';
import type { Json } from '../message.ts';
import { contentWith } from './content.ts';
import { createWith, encodeCreate } from './create.ts';
import { deleteWith } from './delete.ts';
import { findWith } from './find.ts';
import { listWith } from './list.ts';
import { lookWith } from './look.ts';
import { dialectId } from './model.ts';
import { models } from './models.ts';
import { decodeRefusal, refusalWith } from './refusal.ts';
import { remixWith } from './remix.ts';
import { words } from './states.ts';
import { inSeconds, secondsOf, sizeOf, type VideoWire } from './video.ts';
import { voyageWith } from './voyage.ts';

const refusal = refusalWith(fieldOf);

const wire: VideoWire = { write: writeVideo, refuse: refusal.encode, refusesUnknown: true };
const look = lookWith(wire);
const remix = remixWith(wire);
const list = listWith(wire);
const remove = deleteWith(wire);

/**
 * The Videos API of OpenAI: what its own clients ask for. The engines that people run themselves (vLLM-Omni, SGLang) are variants of it.
 * The vendor's own service was to end on 2026-09-24; the shape lives on.
 */
export const openai: Dialect = {
  id: dialectId,
  bases: [{ path: '/openai/v1' }],
  key: bearerKey,
  exchanges: {
    create: [createWith(wire)],
    look: [look],
    list: [list],
    delete: [remove],
    content: [contentWith(wire)],
    remix: [remix],
    models: [models],
  },
  refusal: { encode: refusal.encode, decode: decodeRefusal },
  words,
  publicId: (digits) => `video_${digits.toLowerCase()}`,
  voyage: voyageWith({ encodeCreate, look, remix, remove, find: findWith(list) }),
};

/** Every key is always there (openapi.yaml, 2026-08-21). */
function writeVideo(view: GenerationView, context: CodecContext): { [key: string]: Json } {
  const { state } = view;
  const over = state === 'done' || state === 'failed' || state === 'cancelled';
  const finished = over && view.finishedAt !== undefined ? inSeconds(view.finishedAt) : null;
  return {
    id: view.id,
    object: 'video',
    model: view.model,
    status: words[state],
    progress: state === 'done' ? 100 : Math.min(99, Math.max(0, Math.floor((view.progress ?? 0) * 100))),
    created_at: inSeconds(view.createdAt),
    completed_at: finished,
    expires_at: state === 'done' && view.expiresAt !== undefined ? inSeconds(view.expiresAt) : null,
    prompt: promptOf(view),
    size: sizeOf(view, context),
    seconds: secondsOf(view, context),
    remixed_from_video_id: view.remixOf ?? null,
    error: errorOf(view, context),
  };
}

function promptOf({ request }: GenerationView): string {
  const nameOf = (id: string) => request.references.find((reference) => reference.id === id)?.name ?? id;
  return request.shots.map(({ prompt }) => writePrompt(prompt, ({ mention }) => nameOf(mention))).join('\n');
}

function errorOf(view: GenerationView, context: CodecContext): Json {
  if (view.state === 'failed') return refusal.failed(view.problem, context, view.request);
  return view.state === 'cancelled' ? { code: 'cancelled', message: 'The video was cancelled.' } : null;
}

function fieldOf({ path }: Problem): string {
  if (/^shots/.test(path)) return /seconds/.test(path) || path === 'shots' ? 'seconds' : 'prompt';
  const names: Readonly<Record<string, string>> = {
    startFrame: 'input_reference',
    endFrame: 'input_reference',
    ratio: 'size',
    tier: 'size',
    negativePrompt: 'negative_prompt',
    audio: 'generate_sound',
  };
  return Object.hasOwn(names, path) ? names[path]! : path;
}
