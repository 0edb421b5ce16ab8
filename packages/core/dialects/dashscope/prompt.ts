import {
  type Card,
  characters,
  check,
  makeNote,
  type Note,
  noFacts,
  type Problem,
  type Prompt,
  type Reference,
  type Request,
  type Shot,
  tidyPrompt,
} from '../../model/index.ts';
import { cutPrompt, flattenPrompt } from '../../model/prompt/flat.ts';
import { readShotList, writeShotList } from '../../model/prompt/shot-list.ts';
import { diffShots, samePrompt } from '../diff.ts';
import { readPrompt } from '../read-prompt.ts';
import { writePromptFor } from '../write-prompt.ts';

/** How long a film is, and how its shots are told: what stands beside the prompt and belongs to it. */
export interface Timing {
  readonly seconds: number | undefined;
  /** `shot_type` of Wan 2.6: one shot after the other. */
  readonly multi: boolean;
}

/** A prompt as the vendor would read it. */
export interface DecodedPrompt {
  readonly shots: Shot[];
  readonly problems: Problem[];
  readonly notes: Note[];
}

/** Reads a prompt: what passes the limit is cut as the vendor does it, tags are bound, and shots are told apart where that loses nothing. */
export function decodePrompt(
  text: string,
  references: readonly Reference[],
  card: Card,
  timing: Timing,
): DecodedPrompt {
  const path = 'shots[0].prompt';
  const cut = cutText(text, card.prompt.most, path, card);
  const read = readPrompt(cut.text, references, card.prompt.mentions, { names: false, path, model: card.id });
  return { shots: readShots(read.prompt, card, timing), problems: read.problems, notes: [...cut.notes, ...read.notes] };
}

/** The first `most` characters: "longer is cut off by itself", says the page. */
export function cutText(text: string, most: number | null, path: string, card: Card): { text: string; notes: Note[] } {
  const found = characters(text);
  if (most === null || found <= most) return { text, notes: [] };
  const values = { found, model: card.id, limit: most, over: found - most };
  return { text: [...text].slice(0, most).join(''), notes: [makeNote('prompt_cut', path, values, card.prompt.source)] };
}

/**
 * One prompt as shots: as a storyboard list, or a line each, wherever writing them again gives the same words and the same
 * seconds. All else stays one shot: a list behind a preamble (style, characters, place) loses nothing so, and is drawn shot by shot all the same.
 */
function readShots(prompt: Prompt, card: Card, { seconds, multi }: Timing): Shot[] {
  // Times that the words list are words to this vendor: what is not said as a parameter is its default.
  const usual = seconds === undefined && lastsAsListed(prompt, card) ? Number(card.seconds.default) : seconds;
  const one: Shot[] = [usual === undefined ? { prompt } : { prompt, seconds: usual }];
  const asSame = (shots: Shot[]) =>
    shots.length > 1 && secondsToSay(shots, card) === seconds && samePrompt(joinShots(shots, card), prompt);
  const list = readShotList(prompt);
  if (card.shots.form === 'storyboard' && list !== undefined) {
    const shots = list.shots.map((shot): Shot => ({ ...shot }));
    return asSame(shots) ? shots : one;
  }
  if (!multi || list !== undefined) return one;
  const lines = linesOf(prompt);
  const share = (seconds ?? 0) / lines.length;
  const untimed = lines.map((line): Shot => ({ prompt: line }));
  const shared = lines.map((line): Shot => ({ prompt: line, seconds: share }));
  if (lines.some((line) => line.length === 0)) return one;
  if (asSame(untimed)) return untimed;
  return share > 0 && asSame(shared) ? shared : one;
}

function linesOf(prompt: Prompt): Prompt[] {
  const flat = flattenPrompt(prompt);
  const lines: Prompt[] = [];
  let start = 0;
  for (const { index } of flat.text.matchAll(/\n/g)) {
    lines.push(cutPrompt(flat, start, index));
    start = index + 1;
  }
  return [...lines, cutPrompt(flat, start, flat.text.length)];
}

/** Several shots as the one prompt that the vendor takes. */
function joinShots(shots: readonly Shot[], card: Card): Prompt {
  if (card.shots.form === 'storyboard')
    return writeShotList(shots as Parameters<typeof writeShotList>[0], 'storyboard');
  return tidyPrompt(shots.flatMap(({ prompt }, index) => (index === 0 ? prompt : ['\n', ...prompt])));
}

/** Whether an untimed prompt would be as long as the shots that it lists, and not as long as the vendor's default. */
function lastsAsListed(prompt: Prompt, card: Card): boolean {
  return secondsToSay([{ prompt }], card) !== undefined;
}

/** The film's seconds where they must be said: untimed shots that come to the vendor's own default leave them out. */
function secondsToSay(shots: readonly Shot[], card: Card): number | undefined {
  const [only] = shots;
  const untimed = shots.every((shot) => shot.seconds === undefined);
  const request: Request = { model: card.id, references: [], shots: [...shots] };
  const seconds = check(request, card, noFacts).film?.seconds ?? only?.seconds;
  return untimed && seconds === card.seconds.default ? undefined : seconds;
}

/** A request's prompts as the vendor reads them. */
export interface EncodedPrompt {
  readonly text: string;
  readonly timing: Timing;
  readonly problems: Problem[];
  readonly notes: Note[];
}

/**
 * Writes prompts and shots, reads what was written as the vendor would, and notes what is not the same.
 * `original` is the text by which the request came, if it came by this dialect: it goes on word for word where it still says the same.
 */
export function encodePrompt(
  request: Request,
  card: Card,
  original: { prompt: string; multi: boolean } | undefined,
): EncodedPrompt {
  const { references, shots } = request;
  const seconds = secondsToSay(shots, card);
  if (original !== undefined) {
    const timing = { seconds, multi: original.multi };
    const kept = decodePrompt(original.prompt, references, card, timing);
    if (kept.problems.length === 0 && diffShots(shots, kept.shots).length === 0)
      return { text: original.prompt, timing, problems: [], notes: [] };
  }
  const several = shots.length > 1;
  const path = several ? 'shots' : 'shots[0].prompt';
  const whole = several ? joinShots(shots, card) : (shots[0]?.prompt ?? []);
  const written = writePromptFor(whole, references, card.prompt.mentions, { path, model: card.id });
  const timing = { seconds, multi: several && card.shots.form === 'flag' };
  const readBack = decodePrompt(written.text, references, card, timing);
  const lost = diffShots(shots, readBack.shots);
  const found = [...written.notes, ...cutText(written.text, card.prompt.most, path, card).notes];
  const notes = lost.flatMap((at): Note[] => {
    const there = found.filter((note) => note.path === at);
    return there.length > 0 ? there : [lossOf(shots, readBack.shots, at, card)];
  });
  return { text: written.text, timing, problems: written.problems, notes };
}

/** What became of shots that are not read back as they were. */
function lossOf(shots: readonly Shot[], others: readonly Shot[], path: string, card: Card): Note {
  const values = { found: Math.max(shots.length, others.length), model: card.id };
  const { source } = card.shots;
  if (shots.length !== others.length) return makeNote('shots_as_text', path, values, source);
  const timeless = (several: readonly Shot[]) => several.map(({ prompt }): Shot => ({ prompt }));
  const onlyTimes = diffShots(timeless(shots), timeless(others)).length === 0;
  return makeNote(onlyTimes ? 'shot_times_open' : 'shots_converted', path, values, source);
}
