import type { Problem } from '../../model/index.ts';
import { bearerKey } from '../bearer-key.ts';
import type { CodecContext, Dialect, GenerationView } from '../dialect.ts';
import { type Answer, type Json, jsonBody } from '../message.ts';
import { contentWith } from '../openai/content.ts';
import { deleteWith } from '../openai/delete.ts';
import { listWith } from '../openai/list.ts';
import { lookWith } from '../openai/look.ts';
import { decodeRefusal, refusalWith } from '../openai/refusal.ts';
import { words } from '../openai/states.ts';
import { inSeconds, secondsOf, sizeOf, type VideoWire } from '../openai/video.ts';
import { voyageWith } from '../openai/voyage.ts';
import { createWith, encodeCreate } from './create.ts';
import { ownFields } from './wire.ts';

const original = refusalWith(fieldOf);

const wire: VideoWire = { write: writeVideo, refuse, refusesUnknown: false };
const look = lookWith(wire);

/**
 * SGLang's diffusion server: an engine that people run themselves, one model a server; "a subset" of OpenAI's videos
 * (docs/diffusion/api/openai_api.md@11f22d99, 2026-11-20). Deleting a video does not stop the making of it, and what it lists repeats no
 * prompt (video_api.py@00ae37c8): nothing is cancelled there, and nothing is looked for.
 */
export const sglang: Dialect = {
  id: 'sglang',
  variantOf: 'openai',
  keyless: true,
  ownFields,
  bases: [],
  key: bearerKey,
  exchanges: {
    create: [createWith(wire)],
    look: [look],
    list: [listWith(wire)],
    delete: [deleteWith(wire)],
    content: [contentWith(wire)],
  },
  refusal: { encode: refuse, decode: decodeRefusal },
  words,
  publicId: (digits) => digits.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  voyage: voyageWith({ encodeCreate, look }),
};

/** `{"detail": "Video not found"}`: FastAPI's own error, of the same status. */
function refuse(...asked: Parameters<typeof original.encode>): Answer {
  const { status, headers, body } = original.encode(...asked);
  const error = body.kind === 'json' ? (body.value as { error: { message: string } }).error : { message: '' };
  return { status, headers, body: jsonBody({ detail: error.message }) };
}

/** What it tells of a video (VideoResponse, protocol.py@020befb6). */
function writeVideo(view: GenerationView, context: CodecContext): { [key: string]: Json } {
  const { state } = view;
  const over = state === 'done' || state === 'failed' || state === 'cancelled';
  return {
    id: view.id,
    object: 'video',
    model: view.model,
    status: words[state],
    progress: state === 'done' ? 100 : 0,
    created_at: inSeconds(view.createdAt),
    size: sizeOf(view, context),
    seconds: secondsOf(view, context),
    quality: 'standard',
    url: null,
    remixed_from_video_id: null,
    completed_at: over && view.finishedAt !== undefined ? inSeconds(view.finishedAt) : null,
    expires_at: null,
    error: state === 'failed' ? { message: original.failed(view.problem, context, view.request).message } : null,
    file_path: null,
    peak_memory_mb: null,
    inference_time_s: null,
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
  };
  return Object.hasOwn(names, path) ? names[path]! : path;
}
