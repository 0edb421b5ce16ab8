import { cutPrompt, type FlatPrompt, flattenPrompt, trimPrompt } from './flat.ts';
import { type Prompt, type PromptPart, tidyPrompt } from './prompt.ts';

/** One shot that a prompt's text describes. */
export interface ListedShot {
  readonly prompt: Prompt;
  readonly seconds?: number;
}

/** A prompt that is a list of shots. */
export interface ShotList {
  /** What stands before the list (style, characters, place): it belongs to every shot. */
  readonly preamble: Prompt;
  readonly shots: readonly ListedShot[];
}

/** `shot-list`: "Shot 1 (5s): ..." as in Kling's example; `storyboard`: "分镜脚本: 1. ... 2. ..." as in Wan's. */
export type ShotListForm = 'shot-list' | 'storyboard';

interface Marker {
  /** Where the shot before it ends. */
  readonly from: number;
  /** Where its own words start. */
  readonly to: number;
  readonly number: number;
  readonly seconds: number | undefined;
}

const amount = String.raw`\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const englishSeconds = String.raw`(${amount})\s*(?:seconds?|secs?|s|秒)(?![a-z])`;
/** "(5s)", "[5 s]", "（5秒）", ", 5s", "- 5s". */
const shotSeconds = String.raw`\s*(?:[([（［【]\s*${englishSeconds}\s*[)\]）］】]|[,，\-–—]\s*${englishSeconds})`;
const englishMarker = new RegExp(
  String.raw`(?<=(?:^|[\n.!?。！？;；:：”"’')\]）】])\s*)shot\s*(\d{1,2})(?:${shotSeconds}\s*[:：]?|\s*[:：])`,
  'giu',
);

const chineseNumber = '[一二三四五六七八九十]{1,3}|\\d{1,2}';
/** "镜头1（5秒）：", "第1镜：", "第一个镜头", "分镜2:". */
const chineseName = `(?:(?:分镜头?|镜头|镜)\\s*(${chineseNumber})|第\\s*(${chineseNumber})\\s*个?(?:分镜头?|镜头|镜))`;
/** "[0-3秒]": from one second of the film to another. */
const range = String.raw`\s*[([（［【]\s*(${amount})\s*(?:s|秒)?\s*[-–—~～至到]\s*(${amount})\s*(?:s|秒)\s*[)\]）］】]`;
const chineseMarker = new RegExp(
  String.raw`${chineseName}(?:${range}\s*[:：]?|${shotSeconds}\s*[:：]?|\s*[:：])`,
  'giu',
);

const storyboardHeader = /(?:分镜脚本|分镜头脚本|storyboard(?: script)?)\s*[:：]/iu;
const storyboardMarker = new RegExp(
  String.raw`(?<=^|[\s。！？；;.!?”"’')）])(\d{1,2})\s*[.．、)）](?!\d)(?:${shotSeconds}\s*[:：]?)?`,
  'gu',
);

/**
 * The shots that a prompt's own text lists, numbered from 1 without a gap, or undefined where it is no such list. A list has at
 * least two shots: "Shot 1 (5s):" alone is a heading. Seconds are given only where the text gives them.
 */
export function readShotList(prompt: Prompt): ShotList | undefined {
  const flat = flattenPrompt(prompt);
  return (
    readStoryboard(flat) ??
    readNumbered(flat, englishMarkers(flat.text)) ??
    readNumbered(flat, chineseMarkers(flat.text))
  );
}

/**
 * The prompt that lists these shots in a vendor's documented form. `readShotList` reads exactly the same back (prompts trimmed) as
 * long as no shot's words look like the list's own next number. The storyboard form documents no seconds: a shot that has
 * them says so after its number.
 */
export function writeShotList(shots: readonly ListedShot[], form: ShotListForm, preamble: Prompt = []): Prompt {
  const parts: PromptPart[] = [];
  const before = trimPrompt(preamble);
  if (before.length > 0) parts.push(...before, form === 'shot-list' ? '\n' : ' ');
  if (form === 'storyboard') parts.push('分镜脚本:');
  for (const [index, { prompt, seconds }] of shots.entries()) {
    const number = index + 1;
    if (form === 'storyboard') {
      parts.push(seconds === undefined ? ` ${number}. ` : ` ${number}. （${seconds}秒）`);
    } else {
      if (index > 0) parts.push('\n');
      parts.push(seconds === undefined ? `Shot ${number}: ` : `Shot ${number} (${seconds}s): `);
    }
    parts.push(...trimPrompt(prompt));
  }
  return tidyPrompt(parts);
}

function englishMarkers(text: string): Marker[] {
  return [...text.matchAll(englishMarker)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    number: Number(match[1]),
    seconds: secondsOf(match[2] ?? match[3]),
  }));
}

function chineseMarkers(text: string): Marker[] {
  return [...text.matchAll(chineseMarker)].map((match) => {
    const [words, name, ordinal, start, end, inside, after] = match;
    return {
      from: match.index,
      to: match.index + words.length,
      number: numberOf((name ?? ordinal)!),
      seconds: start === undefined ? secondsOf(inside ?? after) : Number(end) - Number(start),
    };
  });
}

/** Every marker counts: a number that is missing or comes twice means that it is no list. */
function readNumbered(flat: FlatPrompt, markers: readonly Marker[]): ShotList | undefined {
  if (markers.length < 2 || markers.some(({ number }, index) => number !== index + 1)) return undefined;
  return listOf(flat, markers, markers[0]!.from);
}

/** Numbers stand in prose too, so that here only the next one of the row counts. */
function readStoryboard(flat: FlatPrompt): ShotList | undefined {
  const header = storyboardHeader.exec(flat.text);
  if (header === null) return undefined;
  const start = header.index + header[0].length;
  const markers: Marker[] = [];
  for (const match of flat.text.slice(start).matchAll(storyboardMarker)) {
    if (Number(match[1]) !== markers.length + 1) continue;
    const from = start + match.index;
    markers.push({
      from,
      to: from + match[0].length,
      number: markers.length + 1,
      seconds: secondsOf(match[2] ?? match[3]),
    });
  }
  if (markers.length < 2 || flat.text.slice(start, markers[0]!.from).trim() !== '') return undefined;
  return listOf(flat, markers, header.index);
}

function listOf(flat: FlatPrompt, markers: readonly Marker[], start: number): ShotList {
  const shots = markers.map(({ to, seconds }, index) => {
    const prompt = trimPrompt(cutPrompt(flat, to, markers[index + 1]?.from ?? flat.text.length));
    return seconds === undefined ? { prompt } : { prompt, seconds };
  });
  return { preamble: trimPrompt(cutPrompt(flat, 0, start)), shots };
}

function secondsOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** 1 to 99, in digits or in Chinese. */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const digit = (one: string) => '一二三四五六七八九'.indexOf(one) + 1;
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
  if (!text.includes('十')) return digit(ones!);
  return (tens === '' ? 1 : digit(tens!)) * 10 + (ones === '' ? 0 : digit(ones!));
}
