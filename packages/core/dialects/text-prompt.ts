import {
  type Card,
  characters,
  check,
  makeNote,
  type Note,
  noFacts,
  type Problem,
  type Prompt,
  problem,
  type Request,
  type Shot,
  tidyPrompt,
} from '../model/index.ts';
import { writeShotList } from '../model/prompt/shot-list.ts';
import { writePromptFor } from './write-prompt.ts';

/**
 * Characters of a prompt where no document gives a limit. Ours, and more than twice what any vendor documents (Venice's specification of
 * 2026-08-21: 20,000): reading a text that strangers send costs as much as it is long.
 */
const mostCharacters = 50_000;

/** What is too long to be looked at, of a prompt and of one that says what shall not be seen. */
export function tooLong(text: string, negative: string, card: Card): Problem[] {
  const problems: Problem[] = [];
  const look = (one: string, code: 'prompt_too_long' | 'negative_prompt_too_long', path: string) => {
    const found = characters(one);
    if (found <= mostCharacters) return;
    const values = { found, model: card.id, limit: mostCharacters, over: found - mostCharacters };
    problems.push(problem(code, path, values, 'ours'));
  };
  if (card.prompt.most === null) look(text, 'prompt_too_long', 'shots[0].prompt');
  if (card.prompt.negativeMost === null) look(negative, 'negative_prompt_too_long', 'negativePrompt');
  return problems;
}

/** A request's prompts for a vendor that takes one prompt and one length, and knows no shots. */
export interface TextPrompt {
  readonly text: string;
  /** Of the film, where the request says it; undefined where it leaves that to the model. */
  readonly seconds: number | undefined;
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Writes prompts, mentions and lengths. Several shots become words of one prompt, which is noted as less than what was asked. */
export function writeTextPrompt(request: Request, card: Card): TextPrompt {
  const { references, shots } = request;
  const several = shots.length > 1;
  const path = several ? 'shots' : 'shots[0].prompt';
  const whole: Prompt = several
    ? writeShotList(shots as Parameters<typeof writeShotList>[0], 'shot-list')
    : (shots[0]?.prompt ?? []);
  const written = writePromptFor(whole, references, card.prompt.mentions, { path, model: card.id });
  const notes = [...written.notes];
  if (several)
    notes.unshift(makeNote('shots_as_text', 'shots', { found: shots.length, model: card.id }, card.shots.source));
  const seconds = secondsToSay(shots, card);
  // The list of shots in a lone prompt says how long the film is, and the vendor does not read it.
  if (!several && shots[0]?.seconds === undefined && seconds !== undefined)
    notes.push(makeNote('seconds_of_list', 'shots[0].seconds', { found: seconds }));
  return { text: written.text, seconds, problems: written.problems, notes };
}

/** The one shot that a prompt is to a vendor that knows no shots; its seconds are those of the wire, where it has them. */
export function readTextShot(text: string, seconds: number | undefined, card: Card): Shot {
  const prompt = tidyPrompt([text]);
  const said = seconds ?? secondsUnsaid(prompt, card);
  return said === undefined ? { prompt } : { prompt, seconds: said };
}

/**
 * Seconds of a film whose wire leaves them out: undefined is the model's default, which is said only where the prompt lists shots
 * of another length. The vendor does not read that list, so that its length must not count here either.
 */
export function secondsUnsaid(prompt: Prompt, card: Card): number | undefined {
  const usual = card.seconds.default;
  return typeof usual === 'number' && secondsToSay([{ prompt }], card) !== undefined ? usual : undefined;
}

/** The film's seconds, where they are not those of the model's default anyway. */
function secondsToSay(shots: readonly Shot[], card: Card): number | undefined {
  const [only] = shots;
  const request: Request = { model: card.id, references: [], shots: [...shots] };
  const seconds = check(request, card, noFacts).film?.seconds ?? only?.seconds;
  if (shots.length > 1 || only?.seconds !== undefined) return seconds;
  return seconds === card.seconds.default ? undefined : seconds;
}
