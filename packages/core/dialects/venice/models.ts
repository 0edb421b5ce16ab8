import { type Card, type Limit, type Problem, problem } from '../../model/index.ts';
import type { Exchange } from '../dialect.ts';
import { type Json, jsonBody, noBody } from '../message.ts';
import { dialectId } from './model.ts';
import { readAnswer } from './refusal.ts';
import { writeSeconds } from './seconds.ts';
import { WireModels } from './wire.ts';

/** The words that the specification of 2026-08-21 lists. */
const types = ['asr', 'embedding', 'image', 'music', 'text', 'tts', 'upscale', 'inpaint', 'video', 'all', 'code'];

/** Seconds since 1970 and privacy, of the vendor's list of 2026-08-22. Grok's public model is not on it: 0, ours. */
const listed: Readonly<Record<string, number>> = {
  'kling-o3-pro-reference-to-video': 1_773_014_400,
  'kling-o3-standard-reference-to-video': 1_773_100_800,
};

/** Asks for the models. Those that make films are all that there are here. */
export const models: Exchange<'models'> = {
  does: 'models',
  method: 'GET',
  path: '/models',
  ask: {
    decode({ query }) {
      const type = Object.hasOwn(query, 'type') ? (query.type ?? '') : '';
      if (type === '') return { ok: true, value: { does: 'models' }, notes: [] };
      if (!types.includes(type)) return { ok: false, problems: [unknownType()] };
      return { ok: true, value: { does: 'models', type }, notes: [] };
    },
    encode({ type }) {
      const query: Record<string, string> = type === undefined ? {} : { type };
      const { method, path } = models;
      return { ok: true, message: { method, path, query, headers: {}, body: noBody }, notes: [] };
    },
  },
  answer: {
    encode({ cards }, { type = 'all' }) {
      const wanted = type === 'all' || type === 'video';
      const data = wanted ? cards.filter(({ dialect }) => dialect === dialectId).map(entryOf) : [];
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: jsonBody({ object: 'list', type, data }),
      };
    },
    decode(answer, _, { findCard }) {
      const read = readAnswer(answer, WireModels);
      if (!read.ok) return read;
      const cards = read.value.data.flatMap(({ id }) => findCard(id) ?? []);
      return { ...read, value: { cards } };
    },
  },
};

function unknownType(): Problem {
  return problem('invalid_request', 'type', { found: `it must be one of ${types.join(', ')}` });
}

function entryOf(card: Card): { [key: string]: Json } {
  const unique = (values: readonly string[]) => [...new Set(values)];
  const sounds = card.audio.limits.flatMap(({ oneOf = [] }) => oneOf);
  return {
    id: card.id,
    object: 'model',
    owned_by: 'venice.ai',
    type: 'video',
    created: listed[card.id] ?? 0,
    model_spec: {
      name: card.name.en,
      privacy: 'anonymized',
      traits: [],
      offline: false,
      constraints: {
        aspect_ratios: unique(card.formats.list.map(({ ratio }) => ratio)),
        resolutions: unique(card.formats.list.map(({ tier }) => tier)),
        durations: card.seconds.limits.flatMap(secondsOf).map(writeSeconds),
        // Of the three words that the specification has, the nearest. Ours.
        model_type: 'image-to-video',
        audio: sounds.includes(true),
        audio_configurable: sounds.includes(true) && sounds.includes(false),
        ...(card.prompt.most !== null && { prompt_character_limit: card.prompt.most }),
      },
    },
  };
}

function secondsOf({ oneOf = [], from, to }: Limit): number[] {
  const single = oneOf.filter((value) => typeof value === 'number');
  const range =
    from === undefined || to === undefined ? [] : Array.from({ length: to - from + 1 }, (_, step) => from + step);
  return [...single, ...range].sort((one, other) => one - other);
}
