import { type Problem, writePrompt } from '../../model/index.ts';
import { bearerKey } from '../bearer-key.ts';
import type { CodecContext, Dialect, GenerationView } from '../dialect.ts';
import type { Json } from '../message.ts';
import { contentWith } from '../openai/content.ts';
import { deleteWith } from '../openai/delete.ts';
import { findWith } from '../openai/find.ts';
import { listWith } from '../openai/list.ts';
import { lookWith } from '../openai/look.ts';
import { decodeRefusal, refusalWith } from '../openai/refusal.ts';
import { words } from '../openai/states.ts';
import { inSeconds, secondsOf, sizeOf, type VideoWire } from '../openai/video.ts';
import { voyageWith } from '../openai/voyage.ts';
import { createWith, encodeCreate } from './create.ts';
import { ownFields } from './wire.ts';

const refusal = refusalWith(fieldOf);

const wire: VideoWire = { write: writeVideo, refuse: refusal.encode, refusesUnknown: false };
const look = lookWith(wire);
const list = listWith(wire);
const remove = deleteWith(wire);

/**
 * vLLM-Omni: an engine that people run themselves, one model a server. OpenAI's videos with media and settings of its own; it has no
 * remix, and deleting a video stops the making of it (docs/serving/videos_api.md@0131cb55, 2026-11-20).
 */
export const vllm: Dialect = {
  id: 'vllm',
  variantOf: 'openai',
  keyless: true,
  ownFields,
  bases: [],
  key: bearerKey,
  exchanges: {
    create: [createWith(wire)],
    look: [look],
    list: [list],
    delete: [remove],
    content: [contentWith(wire)],
  },
  refusal: { encode: refusal.encode, decode: decodeRefusal },
  words,
  publicId: (digits) => `video_gen_${digits.toLowerCase()}`,
  voyage: voyageWith({ encodeCreate, look, remove, find: findWith(list) }),
};

/** What it tells of a video (protocol/videos.py@48e60262). */
function writeVideo(view: GenerationView, context: CodecContext): { [key: string]: Json } {
  const { state } = view;
  const over = state === 'done' || state === 'failed' || state === 'cancelled';
  const nameOf = (id: string) => view.request.references.find((reference) => reference.id === id)?.name ?? id;
  return {
    model: view.model,
    prompt: view.request.shots.map(({ prompt }) => writePrompt(prompt, ({ mention }) => nameOf(mention))).join('\n'),
    id: view.id,
    object: 'video',
    status: words[state],
    size: sizeOf(view, context),
    progress: state === 'done' ? 100 : 0,
    seconds: secondsOf(view, context),
    quality: 'default',
    completed_at: over && view.finishedAt !== undefined ? inSeconds(view.finishedAt) : null,
    created_at: inSeconds(view.createdAt),
    remixed_from_video_id: null,
    error: state === 'failed' ? refusal.failed(view.problem, context, view.request) : null,
    media_type: 'video/mp4',
    expires_at: null,
    file_name: state === 'done' ? `${view.id}.mp4` : null,
    inference_time_s: null,
    stage_durations: {},
    peak_memory_mb: 0,
  };
}

function fieldOf({ path }: Problem): string {
  if (/^shots/.test(path)) return /seconds/.test(path) || path === 'shots' ? 'seconds' : 'prompt';
  if (/^references(?:\[|$)/.test(path)) return 'input_reference';
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
