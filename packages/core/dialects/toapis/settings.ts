import { chooseFormat } from '../../model/check/format.ts';
import {
  type Card,
  makeNote,
  type Note,
  noFacts,
  type Problem,
  problem,
  type Request,
  sizeWords,
} from '../../model/index.ts';
import type { Json } from '../message.ts';
import { shown } from '../shown.ts';
import type { Echo } from './echo.ts';
import type { WireCreate } from './wire.ts';

type Settings = Pick<Request, 'mode' | 'ratio' | 'audio' | 'watermark' | 'negativePrompt'>;

/** What the fields beside prompt and pictures say. */
export interface DecodedSettings {
  readonly settings: Partial<Settings>;
  /** All of `metadata`, as answers repeat it. */
  readonly metadata: { readonly [key: string]: Json };
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Extensions are repeated in answers and kept: nobody needs deeper ones. Ours. */
const deepest = 8;

/** Reads the settings. Extensions that nobody documents are noted, repeated, and sent on. */
export function decodeSettings(body: WireCreate, card: Card): DecodedSettings {
  const settings: Partial<Settings> = {};
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const { mode, aspect_ratio: ratio, audio } = body;
  const { negative_prompt: negative, watermark, ...more } = body.metadata ?? {};
  if (mode != null) settings.mode = mode;
  if (ratio != null && isRatio(ratio)) settings.ratio = ratio;
  else if (ratio != null) problems.push(noRatio(ratio, card));
  if (audio != null) settings.audio = audio;
  if (watermark != null) settings.watermark = watermark;
  if (negative != null && negative !== '') settings.negativePrompt = negative;
  for (const [key, value] of Object.entries(more)) {
    if (isDeep(value)) {
      const found = { en: `it is more than ${deepest} levels deep`, zh: `嵌套超过 ${deepest} 层` };
      problems.push(problem('invalid_request', `metadata.${key}`, { found }));
    } else if (value !== null) {
      notes.push(makeNote('setting_ignored', `metadata.${key}`, { found: shown(value), model: card.id }));
    }
  }
  const metadata = problems.length > 0 ? {} : ((body.metadata ?? {}) as { readonly [key: string]: Json });
  return { settings, metadata, problems, notes };
}

function isRatio(text: string): boolean {
  return /^[1-9]\d{0,2}:[1-9]\d{0,2}$/.test(text);
}

function noRatio(ratio: string, card: Card): Problem {
  const limit = [...new Set(card.formats.list.map((format) => format.ratio))];
  const values = { found: shown(ratio), model: card.id, limit, condition: '' };
  return problem('format_not_offered', 'aspect_ratio', values, card.formats.source);
}

function isDeep(value: unknown, level = 1): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return level > deepest || Object.values(value).some((one) => isDeep(one, level + 1));
}

/** A request's settings as fields, and what was lost on the way. */
export interface EncodedSettings {
  readonly fields: { readonly [key: string]: Json };
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Writes the settings that are said; those that are not are the vendor's defaults, but for sound, which is always said. */
export function encodeSettings(request: Request, card: Card, echo: Echo | undefined): EncodedSettings {
  const { audio, watermark, negativePrompt } = request;
  const shape = encodeShape(request, card);
  const { negative_prompt: _, watermark: __, ...extensions } = echo?.metadata ?? {};
  const metadata = {
    ...extensions,
    ...(negativePrompt !== undefined && negativePrompt.trim() !== '' && { negative_prompt: negativePrompt }),
    ...(watermark !== undefined && { watermark }),
  };
  const fields = {
    ...shape.fields,
    audio: audio ?? card.audio.default === true,
    ...(Object.keys(metadata).length > 0 && { metadata }),
  };
  return { fields, problems: shape.problems, notes: [...shape.notes, ...lossesOf(request, card)] };
}

/** A mode, which is the tier here, and a ratio. */
function encodeShape(request: Request, card: Card): EncodedSettings {
  const { size, ratio, tier, mode } = request;
  const { format, problems } = chooseFormat(request, card, noFacts);
  if (format === undefined) return { fields: {}, problems, notes: [] };
  const { source } = card.formats;
  const model = card.id;
  const notes: Note[] = [];
  const shaped = size !== undefined || tier !== undefined;
  const limit = `${format.mode} ${format.ratio}`;
  if (size !== undefined)
    notes.push(makeNote('size_converted', 'size', { found: sizeWords(size), model, limit }, source));
  if (tier !== undefined)
    notes.push(makeNote('format_converted', 'tier', { found: tier, model, limit: format.mode ?? tier }, source));
  if (shaped && mode === undefined && format.mode !== undefined && format.mode !== card.mode?.default) {
    const found = { en: `for ${format.tier}`, zh: `（${format.tier}）` };
    notes.push(makeNote('format_converted', 'mode', { found, model, limit: format.mode }, source));
  }
  const said = mode ?? (shaped ? format.mode : undefined);
  const across = ratio ?? (size === undefined ? undefined : format.ratio);
  const fields = { ...(said !== undefined && { mode: said }), ...(across !== undefined && { aspect_ratio: across }) };
  return { fields, problems: [], notes };
}

/** Settings that there is no field for. */
function lossesOf(request: Request, card: Card): Note[] {
  const { fps, seed, expand, count = 1, from } = request;
  const model = card.id;
  const notes: Note[] = [];
  if (fps !== undefined && fps !== card.fps.default)
    notes.push(makeNote('fps_fixed', 'fps', { found: fps, model, limit: Number(card.fps.default) }, card.fps.source));
  if (seed !== undefined) notes.push(makeNote('setting_ignored', 'seed', { found: seed, model }));
  if (expand !== undefined) notes.push(makeNote('setting_ignored', 'expand', { found: expand, model }));
  if (count > 1)
    notes.push(makeNote('count_split', 'count', { found: count, model, limit: 1, parts: count }, card.count.source));
  if (from !== undefined) notes.push(makeNote('remix_as_new', 'from', { model }));
  return notes;
}
