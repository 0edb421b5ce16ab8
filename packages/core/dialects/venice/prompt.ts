import {
  type Card,
  characters,
  check,
  isBlank,
  languageOf,
  makeNote,
  mentionsOf,
  type Note,
  noFacts,
  type Problem,
  type Prompt,
  problem,
  type Reference,
  type Request,
  type Shot,
  tidyPrompt,
  writeNamedMention,
} from '../../model/index.ts';
import { readShotList, writeShotList } from '../../model/prompt/shot-list.ts';
import { diffShots, samePrompt } from '../diff.ts';
import { tagsFor } from '../mentions.ts';
import { readPrompt } from '../read-prompt.ts';
import { secondsUnsaid } from '../text-prompt.ts';
import { writePromptFor } from '../write-prompt.ts';
import { takesElements } from './model.ts';

/** A prompt as the vendor would read it. */
export interface DecodedPrompt {
  readonly shots: Shot[];
  readonly problems: Problem[];
  readonly notes: Note[];
}

const path = 'shots[0].prompt';

/** Reads a prompt of so many seconds (undefined: not said): tags are bound, and shots are told apart where that loses nothing. */
export function decodePrompt(
  text: string,
  references: readonly Reference[],
  card: Card,
  seconds: number | undefined,
): DecodedPrompt {
  const read = readPrompt(text, references, card.prompt.mentions, { names: false, path, model: card.id });
  const all = aboutAll(read.prompt, references, card);
  return {
    shots: readShots(all.prompt, card, seconds),
    problems: [...tooLong(text, path, card), ...read.problems],
    notes: [...read.notes, ...all.notes],
  };
}

/** Characters of a prompt past what the model reads: they are refused, never cut. */
export function tooLong(text: string, at: string, card: Card): Problem[] {
  const { most, source } = card.prompt;
  const found = characters(text);
  if (most === null || found <= most) return [];
  const values = { found, model: card.id, limit: most, over: found - most };
  return [problem('prompt_too_long', at, values, source)];
}

/**
 * "If you leave the tags out, the backend puts references to all images in front", says the guide of Grok. Where the tags would make
 * the prompt longer than the model reads, they are left out: what the caller wrote was short enough.
 */
function aboutAll(prompt: Prompt, references: readonly Reference[], card: Card): { prompt: Prompt; notes: Note[] } {
  const untold = !takesElements(card) && references.length > 0 && !isBlank(prompt) && mentionsOf(prompt).length === 0;
  if (!untold) return { prompt, notes: [] };
  const words = prompt.filter((part) => typeof part === 'string').join('');
  const tags = tagsFor(references, card.prompt.mentions, languageOf(words)).flatMap(({ tag }) => tag ?? []);
  const found = tags.join(' ');
  const { most } = card.prompt;
  if (most !== null && characters(`${found} ${words}`) > most) return { prompt, notes: [] };
  const mentions: Prompt = references.flatMap(({ id }) => [{ mention: id }, ' ']);
  const notes = [makeNote('mentions_prepended', path, { found, model: card.id }, card.inputs.source)];
  return { prompt: tidyPrompt([...mentions, ...prompt]), notes };
}

/**
 * One prompt as shots, wherever writing them again gives the same words and the same seconds. All else stays one shot: a list behind
 * words of its own (style, characters, place), or in other words than the guide's, loses nothing so, and is drawn shot by shot all the same.
 */
function readShots(prompt: Prompt, card: Card, seconds: number | undefined): Shot[] {
  const list = card.shots.form === 'shot-list' ? readShotList(prompt) : undefined;
  const shots = (list?.shots ?? []).map((shot): Shot => ({ ...shot }));
  const sameWords = shots.length > 1 && samePrompt(writeShots(shots), prompt);
  if (sameWords && (seconds === undefined || secondsOf(shots, card) === seconds)) return shots;
  // A model that reads no lists takes its own length, whatever the words say.
  const said = seconds ?? (card.shots.form === 'shot-list' ? undefined : secondsUnsaid(prompt, card));
  return [said === undefined ? { prompt } : { prompt, seconds: said }];
}

/** "Shot 1 (5s): ...", as the guide has it. */
function writeShots(shots: readonly Shot[]): Prompt {
  return writeShotList(shots as Parameters<typeof writeShotList>[0], 'shot-list');
}

/** The film's seconds, every default filled in. */
export function secondsOf(shots: readonly Shot[], card: Card): number {
  const film = check({ model: card.id, references: [], shots: [...shots] }, card, noFacts).film;
  return film?.seconds ?? shots.reduce((sum, { seconds = 0 }) => sum + seconds, 0);
}

/** A request's prompts as the vendor reads them. */
export interface EncodedPrompt {
  readonly text: string;
  /** Of the film: the specification wants them said. */
  readonly seconds: number;
  readonly problems: Problem[];
  readonly notes: Note[];
}

/**
 * Writes prompts and shots, reads what was written as the vendor would, and notes what is not the same.
 * `original` is the text by which the request came, if it came by this dialect: it goes on word for word where it still says the same.
 */
export function encodePrompt(request: Request, card: Card, original: string | undefined): EncodedPrompt {
  const { references, shots } = request;
  const seconds = secondsOf(shots, card);
  const usual = card.seconds.default;
  const problems: Problem[] = [];
  if (!Number.isInteger(seconds)) {
    const limit = { en: 'whole seconds', zh: '整数秒' };
    const values = { found: seconds, model: card.id, limit, condition: '' };
    problems.push(problem('setting_not_offered', 'shots[0].seconds', values, card.seconds.source));
  }
  if (original !== undefined) {
    const kept = decodePrompt(original, references, card, seconds);
    if (kept.problems.length === 0 && diffShots(shots, kept.shots, undefined, usual).length === 0)
      return { text: original, seconds, problems, notes: [] };
  }
  const several = shots.length > 1;
  const at = several ? 'shots' : path;
  const whole = several ? writeShots(shots) : (shots[0]?.prompt ?? []);
  const written = writePromptFor(whole, references, card.prompt.mentions, { path: at, model: card.id });
  const readBack = decodePrompt(written.text, references, card, seconds);
  const found = [...written.notes, ...readBack.notes];
  const notes = diffShots(shots, readBack.shots, undefined, usual).flatMap((lost): Note[] => {
    const there = found.filter((note) => note.path === lost);
    return there.length > 0 ? there : [lossOf(request, readBack.shots, lost, card, seconds)];
  });
  return { text: written.text, seconds, problems: [...problems, ...written.problems, ...readBack.problems], notes };
}

/** What became of shots that are not read back as they were. */
function lossOf(
  { shots, references }: Request,
  others: readonly Shot[],
  lost: string,
  card: Card,
  seconds: number,
): Note {
  const { source } = card.shots;
  const values = { found: Math.max(shots.length, others.length), model: card.id };
  if (lost === 'shots[0].seconds') return makeNote('seconds_of_list', lost, { found: seconds }, source);
  if (lost === 'shots')
    return makeNote(card.shots.form === 'shot-list' ? 'shots_converted' : 'shots_as_text', lost, values, source);
  // A tag stands for the whole reference, also where its only medium was meant.
  const exact = (shots[0]?.prompt ?? []).filter((part) => typeof part !== 'string' && part.media !== undefined);
  const names = exact.map((part) => (typeof part === 'string' ? part : writeNamedMention(part, references)));
  return makeNote('mention_of_whole', lost, { found: [...new Set(names)], model: card.id }, card.prompt.source);
}
