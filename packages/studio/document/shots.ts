import { readPrompt } from '@refreel/core/dialects';
import { blankQuotes, type Prompt, type Reference, readShotList, showPrompt, tidyPrompt } from '@refreel/core/model';
import type { ShotLimits } from './card-choices.ts';
import type { ProjectShot } from './project.ts';

type Shots = readonly ProjectShot[];

/** Where a model says nothing of single shots, none is made shorter than this. */
const shortestSeconds = 0.5;
/** Of a shot that nobody can tell the seconds of. */
const usualSeconds = 5;

/** The shots with their seconds said, as they are now: `settled` are those of the film. What is added later then changes none of them. */
export function timeShots(shots: Shots, settled: readonly number[]): ProjectShot[] {
  return shots.map((shot, index) => {
    const seconds = shot.seconds ?? settled[index];
    return seconds === undefined ? shot : { ...shot, seconds: Number(seconds.toFixed(2)) };
  });
}

/** An empty shot at a place: as long as its neighbour, where so much is left of the longest film. */
export function insertShot(shots: Shots, at: number, limits: ShotLimits): ProjectShot[] {
  const like = shots[at - 1]?.seconds ?? shots[at]?.seconds ?? usualSeconds;
  const left = limits.all === undefined ? like : limits.all - secondsOf(shots);
  const seconds = Math.max(shortest(limits), toStep(Math.min(like, left), limits));
  return [...shots.slice(0, at), { prompt: '', seconds }, ...shots.slice(at)];
}

/** The same shot once more, behind it. */
export function duplicateShot(shots: Shots, at: number): ProjectShot[] {
  const shot = shots[at];
  return shot === undefined ? [...shots] : [...shots.slice(0, at + 1), shot, ...shots.slice(at + 1)];
}

/** Two shots in place of one: its words parted at the caret, or where a sentence ends nearest to the middle; its seconds in halves. */
export function splitShot(shots: Shots, at: number, caret: number | undefined, limits: ShotLimits): ProjectShot[] {
  const shot = shots[at];
  if (shot === undefined) return [...shots];
  const [before, after] = splitText(shot.prompt, caret);
  const whole = shot.seconds ?? usualSeconds;
  const half = Math.max(shortest(limits), toStep(whole / 2, limits));
  const rest = Math.max(shortest(limits), Number((whole - half).toFixed(2)));
  return [
    ...shots.slice(0, at),
    { prompt: before, seconds: half },
    { prompt: after, seconds: rest },
    ...shots.slice(at + 1),
  ];
}

/** A shot at another place. */
export function moveShot(shots: Shots, from: number, to: number): ProjectShot[] {
  const moved = shots[from];
  if (moved === undefined) return [...shots];
  const others = shots.filter((_, index) => index !== from);
  return [...others.slice(0, to), moved, ...others.slice(to)];
}

/** All but one; there is always one left. */
export function removeShot(shots: Shots, at: number): ProjectShot[] {
  return shots.length < 2 ? [...shots] : shots.filter((_, index) => index !== at);
}

/** All seconds that are said, together. */
export function secondsOf(shots: Shots): number {
  return Number(shots.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0).toFixed(2));
}

/** The shots that a prompt's text lists, what stands before the list put before each; undefined where it lists none. `syntax` as in `bindTags`. */
export function listedShots(
  text: string,
  references: readonly Reference[],
  syntax: string | null,
): ProjectShot[] | undefined {
  const list = readShotList(readPrompt(text, references, syntax).prompt);
  const show = (prompt: Prompt) => showPrompt(prompt, references);
  return list?.shots.map(({ prompt, seconds }) => {
    const whole = show(list.preamble.length === 0 ? prompt : tidyPrompt([...list.preamble, '\n', ...prompt]));
    return seconds === undefined ? { prompt: whole } : { prompt: whole, seconds };
  });
}

/** A text in two. One sentence cannot be parted: both have it. */
export function splitText(text: string, caret: number | undefined): readonly [string, string] {
  if (caret !== undefined && text.slice(0, caret).trim() !== '' && text.slice(caret).trim() !== '')
    return [text.slice(0, caret).trim(), text.slice(caret).trim()];
  // Nobody is cut off while speaking.
  const ends = [...blankQuotes(text).matchAll(/[.!?…]+(?=\s)|[。！？]+|\n/gu)].map(
    (found) => found.index + found[0].length,
  );
  const parting = ends.filter((end) => text.slice(0, end).trim() !== '' && text.slice(end).trim() !== '');
  const middle = text.length / 2;
  const [nearest] = parting.toSorted((one, other) => Math.abs(one - middle) - Math.abs(other - middle));
  return nearest === undefined ? [text, text] : [text.slice(0, nearest).trim(), text.slice(nearest).trim()];
}

function shortest({ each, step }: ShotLimits): number {
  return each?.from ?? Math.max(step, shortestSeconds);
}

function toStep(seconds: number, { step }: ShotLimits): number {
  return Number((Math.round(seconds / step) * step).toFixed(2));
}
