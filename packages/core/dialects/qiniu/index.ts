import type { Card, Problem, Request } from '../../model/index.ts';
import type { CodecContext, Dialect, GenerationView } from '../dialect.ts';
import { headerOf, type Json } from '../message.ts';
import { contentWith } from '../openai/content.ts';
import { deleteWith } from '../openai/delete.ts';
import { listWith } from '../openai/list.ts';
import { lookWith } from '../openai/look.ts';
import { decodeRefusal, refusalWith } from '../openai/refusal.ts';
import { remixWith } from '../openai/remix.ts';
import { inSeconds, secondsOf, sizeOf, type VideoWire } from '../openai/video.ts';
import { voyageWith } from '../openai/voyage.ts';
import { createWith, encodeCreate } from './create.ts';
import { placesOf } from './media.ts';
import { dialectId, takesList } from './model.ts';
import { wordOf, words } from './states.ts';

const refusal = refusalWith(fieldOf);

const wire: VideoWire = { write: writeVideo, refuse: refusal.encode, refusesUnknown: false };
const look = lookWith(wire);
const remix = remixWith(wire);

/** Qiniu: Sora 2 and Kling, in the shape of OpenAI's Videos API with fields, states and answers of its own. */
export const qiniu: Dialect = {
  id: dialectId,
  variantOf: 'openai',
  bases: [{ path: '/qiniu/v1' }],
  key: {
    // Two of the page's examples send the key bare.
    read: (ask) => /^(?:Bearer\s+)?(?!Bearer\s*$)(\S+)\s*$/i.exec(headerOf(ask, 'authorization') ?? '')?.[1],
    write: (key) => ({ authorization: `Bearer ${key}` }),
  },
  exchanges: {
    create: [createWith(wire)],
    look: [look],
    remix: [remix],
    // Not on its page; clients of the original ask for them.
    list: [listWith(wire)],
    delete: [deleteWith(wire)],
    content: [contentWith(wire)],
  },
  refusal: { encode: refusal.encode, decode: decodeRefusal },
  places: placesOf,
  words,
  publicId,
  voyage: voyageWith({ encodeCreate, look, remix }),
};

/** "qvideo-root-1764904843275618838": an account and nanoseconds. Here the middle is what nobody can guess. */
function publicId(digits: string, createdAt: number): string {
  const rest = Number.parseInt(digits.slice(-6), 16) % 1_000_000;
  return `qvideo-${digits.toLowerCase()}-${createdAt}${String(rest).padStart(6, '0')}`;
}

/**
 * The examples differ in what they tell: an accepted Kling film says mode, seconds and size, one of Sora says seconds and size once it is over.
 */
function writeVideo(view: GenerationView, context: CodecContext, accepted: boolean): { [key: string]: Json } {
  const { state, finishedAt } = view;
  const card = context.findCard(view.model);
  const over = state === 'done' || state === 'failed' || state === 'cancelled';
  const mode = modeOf(view, card);
  const word = wordOf(view, context.now);
  const updatedAt = finishedAt ?? view.startedAt ?? view.createdAt;
  return {
    id: view.id,
    object: 'video',
    model: view.model,
    ...(mode !== undefined && { mode }),
    // What was accepted waits in line, in every example.
    status: accepted && word === words.preparing ? words.queued : word,
    created_at: inSeconds(view.createdAt),
    updated_at: inSeconds(updatedAt),
    ...(over && finishedAt !== undefined && state !== 'cancelled' && { completed_at: inSeconds(finishedAt) }),
    ...(state === 'done' && view.expiresAt !== undefined && { expires_at: inSeconds(view.expiresAt) }),
    ...(state === 'failed' && { error: refusal.failed(view.problem, context, view.request) }),
    ...((over || mode !== undefined) && { seconds: secondsOf(view, context), size: sizeOf(view, context) }),
    ...(state === 'done' && { task_result: { videos: filmsOf(view, context) } }),
  };
}

function modeOf({ film, request }: GenerationView, card: Card | undefined): string | undefined {
  if (card !== undefined && card.mode === null) return undefined;
  const usual = card?.mode?.default;
  return film?.mode ?? request.mode ?? (typeof usual === 'string' ? usual : undefined);
}

function filmsOf(view: GenerationView, context: CodecContext): Json {
  return view.films.map(({ index, url }) => ({
    id: `${view.id}-${index + 1}`,
    url,
    duration: secondsOf(view, context),
  }));
}

function fieldOf({ path, values }: Problem, context: CodecContext, request?: Request): string {
  if (/^shots/.test(path)) return /seconds/.test(path) || path === 'shots' ? 'seconds' : 'prompt';
  const card = typeof values.model === 'string' ? context.findCard(values.model) : undefined;
  const listed = card !== undefined && takesList(card);
  if (/^references(?:\[|$)/.test(path)) return entryOf(path, request);
  const names: Readonly<Record<string, string>> = {
    startFrame: listed ? 'image_list' : 'input_reference',
    endFrame: listed ? 'image_list' : 'image_tail',
    ratio: 'size',
    tier: 'size',
  };
  return Object.hasOwn(names, path) ? names[path]! : path;
}

/** The entry of a list that is a reference; the list alone where frames may stand anywhere between its entries. */
function entryOf(path: string, request: Request | undefined): string {
  const moving = /\.(?:video|use|keepSound|voice)/.test(path);
  const list = moving ? 'video_list' : 'image_list';
  const index = /^references\[(\d+)\]/.exec(path)?.[1];
  if (request === undefined || index === undefined) return list;
  const frames = request.startFrame !== undefined || request.endFrame !== undefined;
  const before = request.references.slice(0, Number(index)).filter(({ kind }) => (kind === 'video') === moving).length;
  return frames && !moving ? list : `${list}[${before}]`;
}
