import {
  type Card,
  characters,
  makeNote,
  type Note,
  type Problem,
  problem,
  type Request,
  ratioOf,
  sizeWords,
} from '../../model/index.ts';
import type { Json } from '../message.ts';
import type { WireQueue } from './wire.ts';

type Settings = Pick<Request, 'ratio' | 'tier' | 'audio'>;

/** Reads shape and sound. What is left out stays so, but for sound: absent, it is what the vendor takes it for. */
export function decodeSettings(
  { aspect_ratio: ratio, resolution, audio }: Pick<WireQueue, 'aspect_ratio' | 'resolution' | 'audio'>,
  card: Card,
): Settings {
  const sound = audio ?? card.audio.vendorDefault;
  return {
    ...(ratio != null && { ratio }),
    ...(resolution != null && { tier: resolution.toLowerCase() }),
    ...(typeof sound === 'boolean' && { audio: sound }),
  };
}

/** Characters past what the model reads of its negative prompt, where it has one. */
export function negativeTooLong(text: string, card: Card): Problem[] {
  const { negative, negativeMost: most, source } = card.prompt;
  const found = characters(text);
  if (!negative || most === null || found <= most) return [];
  const values = { found, model: card.id, limit: most, over: found - most };
  return [problem('negative_prompt_too_long', 'negative_prompt', values, source)];
}

/** A request's settings as fields of the body, and what was lost on the way. */
export interface EncodedSettings {
  readonly fields: { readonly [key: string]: Json };
  readonly notes: Note[];
}

/** Writes the settings. The ratio is always said: the guide asks for it wherever a model has several. So is sound, where it can be chosen. */
export function encodeSettings(request: Request, card: Card): EncodedSettings {
  const { size, audio, negativePrompt = '' } = request;
  const { list, source } = card.formats;
  const notes: Note[] = [];
  let { ratio, tier } = request;
  if (size !== undefined) {
    const format = list.find(({ width, height }) => width === size.width && height === size.height);
    tier ??= format?.tier ?? `${Math.min(size.width, size.height)}p`;
    ratio ??= format?.ratio ?? ratioOf(size.width, size.height);
    const values = { found: sizeWords(size), model: card.id, limit: `${tier} ${ratio}` };
    notes.push(makeNote('size_converted', 'size', values, source));
  }
  const shape = ratio ?? list[0]?.ratio;
  const said = audio === true || card.audio.vendorDefault !== undefined;
  const negative = negativePrompt.trim() !== '';
  if (negative && !card.prompt.negative)
    notes.push(makeNote('negative_ignored', 'negativePrompt', { model: card.id }, card.prompt.source));
  const fields = {
    ...(negative && card.prompt.negative && { negative_prompt: negativePrompt }),
    ...(shape !== undefined && { aspect_ratio: shape }),
    ...(tier !== undefined && { resolution: tier }),
    ...(said && { audio: audio ?? card.audio.default === true }),
  };
  return { fields, notes: [...notes, ...lossesOf(request, card)] };
}

/** Settings that there is no field for. */
function lossesOf(request: Request, card: Card): Note[] {
  const { fps, count = 1, from } = request;
  const model = card.id;
  const notes = (['mode', 'watermark', 'expand', 'seed'] as const).flatMap((path) => {
    const found = request[path];
    return found === undefined ? [] : [makeNote('setting_ignored', path, { found, model })];
  });
  if (fps !== undefined && fps !== card.fps.default)
    notes.push(makeNote('fps_fixed', 'fps', { found: fps, model, limit: Number(card.fps.default) }, card.fps.source));
  if (count > 1)
    notes.push(makeNote('count_split', 'count', { found: count, model, limit: 1, parts: count }, card.count.source));
  if (from !== undefined) notes.push(makeNote('remix_as_new', 'from', { model }));
  return notes;
}
