import {
  type Card,
  makeNote,
  type Note,
  type Problem,
  problem,
  type Request,
  ratioOf,
  sizeWords,
} from '../../model/index.ts';
import type { Json } from '../message.ts';
import { shown } from '../shown.ts';
import { takesMedia } from './media.ts';
import type { WireParameters } from './wire.ts';

/** What `parameters` say, but for seconds and shots, which belong to the prompt. */
export interface DecodedParameters {
  readonly settings: Partial<Pick<Request, 'size' | 'ratio' | 'tier' | 'audio' | 'watermark' | 'seed' | 'expand'>>;
  readonly notes: Note[];
}

/** Reads the settings. What the model has no such parameter for is noted, as the vendor takes it and does nothing. */
export function decodeParameters(parameters: WireParameters, card: Card): DecodedParameters {
  const {
    resolution,
    ratio,
    size,
    duration: _,
    shot_type: shotType,
    audio,
    watermark,
    prompt_extend: expand,
    seed,
    ...more
  } = parameters;
  const settings: DecodedParameters['settings'] = {};
  const notes: Note[] = [];
  const ignored = (name: string, value: unknown) => {
    notes.push(makeNote('setting_ignored', `parameters.${name}`, { found: shown(value), model: card.id }));
  };
  if (takesMedia(card)) {
    if (resolution != null) settings.tier = resolution.toLowerCase();
    if (ratio != null) settings.ratio = ratio;
    if (size != null) ignored('size', size);
    if (shotType != null) ignored('shot_type', shotType);
  } else {
    if (size != null) settings.size = readSize(size);
    if (resolution != null) ignored('resolution', resolution);
    if (ratio != null) ignored('ratio', ratio);
  }
  // Absent, it is what the vendor takes it for, which need not be our own default.
  const sound = audio ?? card.audio.vendorDefault;
  if (typeof sound === 'boolean') settings.audio = sound;
  if (watermark != null) settings.watermark = watermark;
  if (expand != null) settings.expand = expand;
  if (seed != null) settings.seed = seed;
  for (const [name, value] of Object.entries(more)) if (value !== null) ignored(name, value);
  return { settings, notes };
}

function readSize(size: string): { width: number; height: number } {
  const [width = 0, height = 0] = size.split('*').map(Number);
  return { width, height };
}

/** A request's settings as parameters, and what was lost on the way. */
export interface EncodedParameters {
  readonly parameters: { readonly [key: string]: Json };
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Writes the settings that are said; those that are not are the vendor's defaults, but for sound, which is always said where it can be. */
export function encodeParameters(
  request: Request,
  card: Card,
  timing: { seconds: number | undefined; multi: boolean },
): EncodedParameters {
  const { watermark, expand, seed } = request;
  const shape = takesMedia(card) ? encodeTier(request, card) : encodeSize(request, card);
  const audio = encodeAudio(request, card);
  const parameters = {
    ...shape.parameters,
    ...(timing.seconds !== undefined && { duration: timing.seconds }),
    ...audio.parameters,
    ...(timing.multi && { shot_type: 'multi' }),
    ...(expand !== undefined && { prompt_extend: expand }),
    ...(watermark !== undefined && { watermark }),
    ...(seed !== undefined && { seed }),
  };
  return { parameters, problems: shape.problems, notes: [...shape.notes, ...audio.notes, ...lossesOf(request, card)] };
}

function encodeAudio(request: Request, card: Card): EncodedParameters {
  const { audio: setting, id: model } = card;
  if (setting.vendorDefault !== undefined)
    return { parameters: { audio: request.audio ?? setting.default === true }, problems: [], notes: [] };
  const silent = request.audio === false;
  return {
    parameters: {},
    problems: [],
    notes: silent ? [makeNote('audio_always', 'audio', { model }, setting.source)] : [],
  };
}

/** Wan 2.7: a tier and a ratio. */
function encodeTier(request: Request, card: Card): EncodedParameters {
  const { size } = request;
  const notes: Note[] = [];
  let { ratio, tier } = request;
  if (size !== undefined) {
    const format = card.formats.list.find(({ width, height }) => width === size.width && height === size.height);
    tier ??= format?.tier ?? `${Math.min(size.width, size.height)}p`;
    ratio ??= format?.ratio ?? ratioOf(size.width, size.height);
    const values = { found: sizeWords(size), model: card.id, limit: `${tier.toUpperCase()} ${ratio}` };
    notes.push(makeNote('size_converted', 'size', values, card.formats.source));
  }
  const parameters = {
    ...(tier !== undefined && { resolution: tier.toUpperCase() }),
    ...(ratio !== undefined && { ratio }),
  };
  return { parameters, problems: [], notes };
}

/** Wan 2.6: pixels. */
function encodeSize(request: Request, card: Card): EncodedParameters {
  const { size, ratio, tier } = request;
  const { list, source } = card.formats;
  if (size === undefined && ratio === undefined && tier === undefined)
    return { parameters: {}, problems: [], notes: [] };
  const format = list.find(
    (one) => (ratio === undefined || one.ratio === ratio) && (tier === undefined || one.tier === tier),
  );
  const pixels = size ?? format;
  if (pixels === undefined) {
    const path = ratio === undefined ? 'tier' : 'ratio';
    const values = { found: request[path] ?? '', model: card.id, limit: list.map(sizeWords), condition: '' };
    return { parameters: {}, problems: [problem('format_not_offered', path, values, source)], notes: [] };
  }
  const written = `${pixels.width}*${pixels.height}`;
  const notes = (['ratio', 'tier'] as const).flatMap((path) => {
    const found = request[path];
    return found === undefined
      ? []
      : [makeNote('format_converted', path, { found, model: card.id, limit: written }, source)];
  });
  return { parameters: { size: written }, problems: [], notes };
}

/** Settings that there is no parameter for. */
function lossesOf(request: Request, card: Card): Note[] {
  const { mode, fps, count = 1, from } = request;
  const model = card.id;
  const notes: Note[] = [];
  if (mode !== undefined) notes.push(makeNote('setting_ignored', 'mode', { found: mode, model }));
  if (fps !== undefined && fps !== card.fps.default)
    notes.push(makeNote('fps_fixed', 'fps', { found: fps, model, limit: Number(card.fps.default) }, card.fps.source));
  if (count > 1)
    notes.push(makeNote('count_split', 'count', { found: count, model, limit: 1, parts: count }, card.count.source));
  if (from !== undefined) notes.push(makeNote('remix_as_new', 'from', { model }));
  return notes;
}
