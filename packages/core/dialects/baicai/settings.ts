import { chooseFormat } from '../../model/check/format.ts';
import { checkSetting } from '../../model/check/setting.ts';
import {
  type Card,
  makeNote,
  type Note,
  noFacts,
  type Problem,
  problem,
  type Request,
  situationOf,
  sizeWords,
} from '../../model/index.ts';
import { Ratio, Tier } from '../../model/request.ts';
import type { Json } from '../message.ts';
import { shown } from '../shown.ts';
import type { WireInput } from './wire.ts';

type Settings = Pick<Request, 'tier' | 'ratio' | 'count' | 'negativePrompt'>;

/** What the fields of `input` beside prompt and references say. */
export interface DecodedSettings {
  readonly settings: Partial<Settings>;
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Reads the settings. A ratio "need not be given": whatever it is, it is taken, does nothing, and is noted. */
export function decodeSettings(input: WireInput, card: Card): DecodedSettings {
  const settings: Partial<Settings> = {};
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const { resolution, aspect_ratio: ratio, number_of_videos: count, negative_prompt: negative } = input;
  const { list, source } = card.formats;
  if (resolution == null) problems.push(problem('field_missing', 'input.resolution'));
  else if (Tier.safeParse(resolution).success) settings.tier = resolution;
  else {
    const limit = [...new Set(list.map(({ tier }) => tier))];
    const values = { found: shown(resolution), model: card.id, limit, condition: '' };
    problems.push(problem('format_not_offered', 'input.resolution', values, source));
  }
  if (ratio != null && Ratio.safeParse(ratio).success) settings.ratio = ratio;
  else if (ratio != null)
    notes.push(makeNote('setting_ignored', 'input.aspect_ratio', { found: shown(ratio), model: card.id }, source));
  if (count != null) {
    const situation = situationOf({ model: card.id, references: [], shots: [] });
    problems.push(...checkSetting(card, card.count, 'input.number_of_videos', count, situation).problems);
    settings.count = count;
  }
  if (negative != null && negative !== '') settings.negativePrompt = negative;
  return { settings, problems, notes };
}

/** A request's settings as fields, and what was lost on the way. */
export interface EncodedSettings {
  /** Of `input`. */
  readonly input: { readonly [key: string]: Json };
  /** Beside `input`. */
  readonly beside: { readonly [key: string]: Json };
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Writes the settings. The vendor wants its resolution said, so that the model's default is said where the request leaves it open. */
export function encodeSettings(request: Request, card: Card): EncodedSettings {
  const { size, ratio, count, negativePrompt, expand, audio } = request;
  const { format, problems } = chooseFormat(request, card, noFacts);
  if (audio !== undefined)
    problems.push(...checkSetting(card, card.audio, 'audio', audio, situationOf(request)).problems);
  const notes = lossesOf(request, card);
  const tier = format?.tier ?? '';
  const across = ratio ?? (size === undefined ? undefined : format?.ratio);
  if (size !== undefined) {
    const values = { found: sizeWords(size), model: card.id, limit: `${tier} ${across ?? ''}`.trim() };
    notes.push(makeNote('size_converted', 'size', values, card.formats.source));
  }
  const input = {
    ...(negativePrompt !== undefined && negativePrompt.trim() !== '' && { negative_prompt: negativePrompt }),
    resolution: tier,
    ...(across !== undefined && { aspect_ratio: across }),
    ...(count !== undefined && { number_of_videos: count }),
  };
  return { input, beside: { ...(expand !== undefined && { need_expand_prompt: expand }) }, problems, notes };
}

/** Settings that there is no field for. */
function lossesOf(request: Request, card: Card): Note[] {
  const { fps, from } = request;
  const model = card.id;
  const notes: Note[] = [];
  for (const path of ['mode', 'watermark', 'seed'] as const) {
    const found = request[path];
    if (found !== undefined) notes.push(makeNote('setting_ignored', path, { found, model }));
  }
  if (fps !== undefined && fps !== card.fps.default)
    notes.push(makeNote('fps_fixed', 'fps', { found: fps, model, limit: Number(card.fps.default) }, card.fps.source));
  if (from !== undefined) notes.push(makeNote('remix_as_new', 'from', { model }));
  return notes;
}
