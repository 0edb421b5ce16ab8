import { findCameraWords, languageOf, plainPrompt, type Reference } from '../../model/index.ts';
import { readDialogue } from '../../model/prompt/dialogue.ts';
import { cutPrompt, type FlatPrompt } from '../../model/prompt/flat.ts';
import { findSpeechVerbs } from '../../model/prompt/speech-verbs.ts';
import type { Materials } from '../materials.ts';
import type { ScriptShot } from '../reading/script.ts';
import { textSizes } from './text-sizes.ts';
import { breakLines, textWidth } from './text-width.ts';

/** What happens in a shot, as its words tell it: without what is said aloud and what is asked of the camera. */
export function captionWords(shot: ScriptShot, references: readonly Reference[]): string {
  const { flat } = shot;
  const kept = keptRanges(flat, [...spokenRanges(shot, references), ...cameraRanges(flat.text)]);
  const words = kept
    .map(({ from, to }) => plainPrompt(cutPrompt(flat, from, to), references))
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/(\p{Script=Han}|[，。；：、])\s+(?=\p{Script=Han}|[，。；：、])/gu, '$1')
    .replace(/\s+([,.;:!?，。；：、！？])/gu, '$1')
    .replace(/([,;:，；：、])(?:\s*[,;:，；：、])+/gu, '$1')
    .replace(/[,;:，；：、]\s*([.!?。！？])/gu, '$1')
    .replace(/([.!?。！？])(?:\s*[.。])+/gu, '$1')
    .replace(/^[\s,.;:，。；：、!?！？]+|[\s,;:，；：、]+$/gu, '');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const sentenceEnd = /[.!?。！？\n]/u;

/** From the clause that tells who speaks to the closing mark. */
function spokenRanges({ prompt, flat }: ScriptShot, references: readonly Reference[]): Range[] {
  const verbs = findSpeechVerbs(flat.text);
  return readDialogue(prompt, references).map(({ from, to }) => {
    const closing = /^["'“”‘’」』]?\s*[.。，,]?/u.exec(flat.text.slice(to))?.[0].length ?? 0;
    const opening = /["'“”‘’「『]$/u.test(flat.text.slice(0, from)) ? from - 1 : from;
    const verb = verbs.findLast((one) => one.to <= opening && opening - one.to < 40);
    const after = verbs.find((one) => one.from >= to + closing && one.from - to - closing < 24);
    if (verb !== undefined && !sentenceEnd.test(flat.text.slice(verb.to, opening))) {
      const lead = flat.text.slice(0, verb.from);
      const clause = /[^.!?;:,。！？；：，\n]*$/u.exec(lead)![0];
      // 店员露出微笑并说：what the clerk does before the words stays.
      const joined = /(?:并且?|同时|然后|\band)\s*$/iu.exec(clause);
      const start = joined !== null && clause.length - joined[0].length > 6 ? joined[0].length : clause.length;
      return { from: verb.from - start, to: to + closing };
    }
    if (after !== undefined && !sentenceEnd.test(flat.text.slice(to + closing, after.from))) {
      const end = flat.text.slice(after.to).search(/[.!?。！？\n]/u);
      return { from: opening, to: end === -1 ? flat.text.length : after.to + end + 1 };
    }
    const name = /[^.!?;,。！？；，\n]*[:：]\s*$/u.exec(flat.text.slice(0, opening))?.[0].length ?? 0;
    return { from: opening - name, to: to + closing };
  });
}

const cameraNoun = /\b(?:camera|shot|lens)\b|镜头|画面|机位/iu;

/** Camera words with the little words that tie them; a clause that is only about the camera goes as a whole. */
function cameraRanges(text: string): Range[] {
  return findCameraWords(text).map(({ from, to }) => {
    const start = Math.max(0, text.slice(0, from).search(/[^.!?;,:。！？；，：\n]*$/u));
    const rest = text.slice(to).search(/[.!?;,:。！？；，：\n]/u);
    const end = rest === -1 ? text.length : to + rest;
    const clause = text.slice(start, end);
    const before = text.slice(start, from).trim();
    if (cameraNoun.test(clause) && !/\bof\b|\uFFFC/u.test(text.slice(to, end)) && before.split(/\s+/).length < 4)
      return { from: start, to: end };
    const lead = /(?:\b(?:a|an|the|slow|slowly|gentle|cinematic|smooth)\s+|缓缓|缓慢|慢慢|的)*$/iu.exec(
      text.slice(0, from),
    )![0].length;
    const tie = /^\s*(?:of|on|as|with|:|：|的|给到|,)?\s*/iu.exec(text.slice(to))![0].length;
    return { from: from - lead, to: to + tie };
  });
}

function keptRanges(flat: FlatPrompt, dropped: readonly Range[]): Range[] {
  const kept: Range[] = [];
  let at = 0;
  for (const { from, to } of dropped.toSorted((one, other) => one.from - other.from)) {
    if (from > at) kept.push({ from: at, to: from });
    at = Math.max(at, to);
  }
  if (at < flat.text.length) kept.push({ from: at, to: flat.text.length });
  return kept;
}

/** The caption set in two lines at the most; undefined where nothing is left to say. */
export function makeCaption(
  words: string,
  frame: { readonly width: number; readonly height: number },
  materials: Materials,
): string | undefined {
  if (!/[\p{L}\p{N}]/u.test(words)) return undefined;
  const { caption: pixels } = textSizes(frame.width, frame.height);
  const mostWidth = Math.round(frame.width * 0.84);
  const most = (mostWidth / pixels) * 0.94 - 1.2;
  const lines = breakLines(shorten(words, most * 1.9), most).slice(0, 2);
  return materials.sprite({
    make: 'text',
    lines,
    pixels,
    weight: 400,
    colour: [246, 246, 246],
    align: 'centre',
    box: 0.42,
    mostWidth,
  });
}

function shorten(text: string, ems: number): string {
  if (textWidth(text) <= ems) return text;
  let kept = '';
  for (const letter of text) {
    if (textWidth(kept + letter) > ems - 1) break;
    kept += letter;
  }
  const atWord = languageOf(text) === 'en' ? kept.replace(/\s+\S*$/, '') : kept;
  return `${atWord.replace(/[\s,.;:，。；：、]+$/u, '')}…`;
}
