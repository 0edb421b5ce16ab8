import { isFixed } from '../../model/check/setting.ts';
import {
  type Card,
  check,
  type Note,
  noFacts,
  type Problem,
  problem,
  type Request,
  sizeWords,
} from '../../model/index.ts';
import type { Json } from '../message.ts';
import { readTextShot, writeTextPrompt } from '../text-prompt.ts';
import { writeShape } from './shape.ts';
import { readSize } from './wire.ts';

/** What the engines' wires say of a film besides its media, as numbers and texts. */
export interface WireSettings {
  readonly model?: string | null | undefined;
  readonly prompt?: string | null | undefined;
  readonly seconds?: number | undefined;
  /** "1280x720". */
  readonly size?: string | null | undefined;
  readonly fps?: number | null | undefined;
  readonly seed?: number | null | undefined;
  readonly negative_prompt?: string | null | undefined;
  readonly generate_sound?: boolean | null | undefined;
}

/** What an engine is told. */
export interface WrittenSettings {
  readonly fields: { readonly [key: string]: Json };
  readonly problems: Problem[];
  readonly notes: Note[];
}

/**
 * Writes all of a film's settings, the usual ones as well: what is left unsaid is the business of whichever model the engine runs (vLLM-Omni:
 * one frame, "model default"; docs/serving/videos_api.md@0131cb55), which nobody here knows.
 */
export function writeSettings(request: Request, card: Card): WrittenSettings {
  const text = writeTextPrompt(request, card);
  const shape = writeShape(request, card);
  const { film } = check({ ...request, references: [] }, card, noFacts);
  const seconds = text.seconds ?? card.seconds.default;
  const size = shape.size ?? (film === undefined ? undefined : sizeWords(film));
  const { fps = card.fps.default, seed, negativePrompt = '' } = request;
  const problems = [...text.problems, ...shape.problems];
  // "^[1-9]\d*$" at vLLM-Omni (protocol/videos.py@48e60262), an int at SGLang (protocol.py@020befb6).
  if (typeof seconds === 'number' && !Number.isInteger(seconds)) {
    const limit = { en: 'whole seconds', zh: '整秒' };
    problems.push(
      problem('setting_not_offered', 'shots[0].seconds', { found: seconds, model: card.id, limit, condition: '' }),
    );
  }
  const fields: { [key: string]: Json } = {
    model: request.model,
    prompt: text.text,
    ...(typeof seconds === 'number' && { seconds: String(seconds) }),
    ...(size !== undefined && { size }),
    ...(typeof fps === 'number' && { fps }),
    ...(card.seed && seed !== undefined && { seed }),
    ...(card.prompt.negative && negativePrompt.trim() !== '' && { negative_prompt: negativePrompt }),
    ...(!isFixed(card.audio) && { generate_sound: request.audio ?? card.audio.default === true }),
  };
  return { fields, problems, notes: [...text.notes, ...shape.notes] };
}

/** Fields of an account as parts of a form: lists and objects are JSON (`lora`, `extra_params`; docs/serving/videos_api.md@0131cb55). */
export function asTexts(fields: { readonly [name: string]: Json } = {}): { readonly [name: string]: string } {
  const textOf = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, textOf(value)]));
}

/** The settings of a request, without its media. */
export function readSettings(body: WireSettings, card: Card): Request {
  return {
    model: body.model ?? card.id,
    references: [],
    shots: [readTextShot(body.prompt ?? '', body.seconds, card)],
    ...(body.size != null && body.size !== '' && { size: readSize(body.size) }),
    ...(!isFixed(card.fps) && body.fps != null && { fps: body.fps }),
    ...(card.seed && body.seed != null && { seed: body.seed }),
    ...(card.prompt.negative && body.negative_prompt && { negativePrompt: body.negative_prompt }),
    ...(!isFixed(card.audio) && body.generate_sound != null && { audio: body.generate_sound }),
  };
}
