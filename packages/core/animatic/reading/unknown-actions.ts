import { findCameraWords, plainPrompt, type Reference } from '../../model/index.ts';
import { findActionWords } from '../../model/prompt/action-words.ts';
import { cutPrompt } from '../../model/prompt/flat.ts';
import { readAction, startsWithAction } from './action-words.ts';
import { type Clause, clausesOf, openText } from './clauses.ts';
import type { Role } from './roles.ts';
import type { ScriptShot } from './script.ts';

/** Words that may follow a name without saying what it does. */
const noVerb =
  /^(?:in|on|at|with|of|and|or|by|near|from|to|under|behind|beside|between|left|right|the|a|an|as|is|are|then|while|for|into|inside|outside|through|across|along|around|over|above|below|facing|wearing|dressed|s|who|which|that|face|slow|soft|natural|wide|warm|golden|cinematic|shot|style)$/iu;
const noChineseVerb =
  /^(?:的|在|于|和|与|跟|及|以|为|也|都|位于|处于|[左右前后上下中]|特写|[全中近远]景|正面|侧面|风格|、|，)/u;

/** The clauses of a shot that say what somebody does and that the stage cannot show: their verb was not understood. */
export function unknownActions(roles: readonly Role[], shot: ScriptShot, references: readonly Reference[]): string[] {
  const open = withoutCamera(openText(shot));
  const own = roles.flatMap(({ clauses }) => clauses);
  const unknown: { from: number; to: number }[] = own.filter(({ from, to }) => {
    const words = withoutActor(open.slice(from, to), references);
    return readAction(words) === undefined && saysWhatIsDone(words);
  });
  for (const clause of clausesOf(open)) {
    const isOwn = own.some(({ from, to }) => from < clause.to && to > clause.from);
    // "The camera tracks from behind, revealing the city": what the camera does is nobody's deed.
    const sentence = shot.flat.text
      .slice(0, clause.to)
      .split(/[.!?。！？\n]/u)
      .at(-1)!;
    if (isCamerasSentence.test(sentence)) continue;
    if (isOwn || !own.some(({ to }) => to <= clause.from)) continue;
    if (goesOnUnknown(open, clause)) unknown.push(clause);
  }
  const texts = unknown
    .toSorted((one, other) => one.from - other.from)
    .map(({ from, to }) => plainPrompt(cutPrompt(shot.flat, from, to), references).trim());
  return [...new Set(texts)].filter((text) => /[\p{L}\p{N}]/u.test(text));
}

/** What the camera is told is no deed: spaces stand in its place. */
function withoutCamera(text: string): string {
  return findCameraWords(text).reduce(
    (rest, { from, to }) => `${rest.slice(0, from)}${' '.repeat(to - from)}${rest.slice(to)}`,
    text,
  );
}

const isCamerasSentence = /\b(?:camera|lens)\b|镜头|机位/iu;

const pronouns = '\\b(?:she|he|it|they)\\b|[他她它]们?';

/** A clause from behind those who act in it: their names and pronouns are no part of what they do. */
function withoutActor(words: string, references: readonly Reference[]): string {
  const names = references.map(({ name }) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const somebody = `(?:${['\uFFFC', pronouns, ...names].join('|')})`;
  const actors = new RegExp(`${somebody}(?:\\s*(?:,|，|、|and|&|和|与|跟)\\s*${somebody})*`, 'iu').exec(words);
  if (actors === null) return words;
  // "Light falls on her": what the light does is nobody's deed.
  return nature.test(words.slice(0, actors.index)) ? '' : words.slice(actors.index + actors[0].length);
}

const nature = /\b(?:sun|sun\w+|light|wind|breeze|rain|snow|leaves|petals|shadows?)\b|光|风|雨|雪|叶|花瓣|影/iu;

function saysWhatIsDone(words: string): boolean {
  if (findActionWords(words).length > 0) return true;
  const first = /^[\s'’]*(\p{Script=Latin}+)/u.exec(words)?.[1];
  if (first !== undefined) return first.length > 2 && !noVerb.test(first);
  const chinese = words.trim();
  return /^\p{Script=Han}{2}/u.test(chinese) && !noChineseVerb.test(chinese);
}

/** "then opens a letter", "and cries": a third person's verb in front, or one that is known to be a verb. */
function goesOnUnknown(open: string, { from, to }: Clause): boolean {
  const words = open
    .slice(from, to)
    .trim()
    .replace(/^(?:and|then|but|also|\p{L}+ly)\s+/iu, '');
  if (startsWithAction(words) || readAction(words) !== undefined) return false;
  if (findActionWords(words)[0]?.from === 0) return true;
  const joined = /\b(?:and|then)\s*$/iu.test(open.slice(0, from));
  const follows = '(?:an?|the|her|his|its|their|some|up|down|at|to|into|out|over|from|with)\\b';
  return new RegExp(`^\\p{Ll}{2,}[^s\\P{Ll}]s(?:\\s+${follows}${joined ? '|\\s*$' : ''})`, 'u').test(words);
}
