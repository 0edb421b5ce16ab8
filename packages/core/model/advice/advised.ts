import type { Card } from '../card.ts';
import { settle } from '../check/settle.ts';
import type { Facts } from '../facts.ts';
import type { Film } from '../film.ts';
import type { Language } from '../language.ts';
import { type CameraWords, findCameraWords } from '../prompt/camera-words.ts';
import { promptLanguage } from '../prompt/expand.ts';
import { type FlatPrompt, flattenPrompt } from '../prompt/flat.ts';
import type { Prompt } from '../prompt/prompt.ts';
import { blankQuotes } from '../prompt/quotes.ts';
import { readShotList } from '../prompt/shot-list.ts';
import type { Request } from '../request.ts';
import type { Advice } from './advice.ts';

/** Words of one shot, read once for all rules. */
export interface AdvisedWords {
  /** `shots[0].prompt`. */
  readonly path: string;
  readonly prompt: Prompt;
  readonly flat: FlatPrompt;
  /** The flat text with everything in quotation marks blanked out. */
  readonly open: string;
  readonly camera: readonly CameraWords[];
  readonly language: Language;
}

/** One shot of the request. */
export interface AdvisedShot extends AdvisedWords {
  /** The shots that the prompt's own text lists, or the prompt itself: what holds for one shot is asked of each. */
  readonly scenes: readonly AdvisedWords[];
}

/** What rules look at: the request, what is known of the model and the media, and the film that it would come to. */
export interface Advised {
  readonly request: Request;
  readonly card: Card | undefined;
  readonly facts: Facts;
  /** Undefined without a card, or where the request names no film that the model can make. */
  readonly film: Film | undefined;
  readonly shots: readonly AdvisedShot[];
  /** The prompt says what is to change in a film that exists already, so that it need not describe the whole. */
  readonly changes: boolean;
}

/** One rule of what makes a better film. It looks only at what it can know. */
export type Rule = (advised: Advised) => Advice[];

/** Reads a request once for all rules. */
export function readAdvised(request: Request, card: Card | undefined, facts: Facts): Advised {
  const shots = request.shots.map(({ prompt }, index) => {
    const whole = readWords(prompt, `shots[${index}].prompt`);
    const listed = readShotList(prompt)?.shots;
    return { ...whole, scenes: listed?.map((one) => readWords(one.prompt, whole.path)) ?? [whole] };
  });
  const film = card === undefined ? undefined : settle(request, card, facts).film;
  const edits = request.references.some((reference) => reference.kind === 'video' && reference.use === 'edit');
  return { request, card, facts, film, shots, changes: request.from !== undefined || edits };
}

function readWords(prompt: Prompt, path: string): AdvisedWords {
  const flat = flattenPrompt(prompt);
  const open = blankQuotes(flat.text);
  return { path, prompt, flat, open, camera: findCameraWords(flat.text), language: promptLanguage(prompt) };
}

/** What a reference is called, or its id where there is none such. */
export function nameOf({ references }: Request, id: string): string {
  return references.find((reference) => reference.id === id)?.name ?? id;
}
