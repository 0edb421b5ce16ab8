import { type Facts, type Film, languageOf, type Request } from '../../model/index.ts';
import { readDialogue } from '../../model/prompt/dialogue.ts';
import {
  type Bookend,
  type LineToSpeak,
  type NotUnderstood,
  type PlannedLine,
  type PlannedShot,
  type Voice,
  voiceRates,
  voiceVariants,
} from '../plan.ts';
import type { Planning } from '../planning.ts';
import { expandShots } from '../reading/expand-shots.ts';
import { readExcluded } from '../reading/negative.ts';
import { readScript, type ScriptShot } from '../reading/script.ts';
import { castVoices } from './voices.ts';

/** Under this key the facts of a spoken line are kept: the same words in the same voice are spoken once. */
export function lineKey(text: string, voice: Voice): string {
  return [voice.language, voice.variant, voice.pitch, voice.rate, text].join('|');
}

/** The line of a key; undefined for a text that is none, or that asks for a voice that nobody has. */
export function readLineKey(key: string): LineToSpeak | undefined {
  const [, language, variant, pitch, rate, text] =
    /^(en|zh)\|(\w+)\|(\d{1,3}(?:\.\d{1,4})?)\|(\d{1,3})\|(.*)$/s.exec(key) ?? [];
  if (!isVariant(variant) || text === undefined || Number(pitch) > 99) return undefined;
  const voice: Voice = { language: language === 'zh' ? 'zh' : 'en', variant, pitch: Number(pitch), rate: Number(rate) };
  const within = voice.rate >= voiceRates.least && voice.rate <= voiceRates.most;
  return within ? { key, text, voice } : undefined;
}

function isVariant(name: string | undefined): name is Voice['variant'] {
  return voiceVariants.some((one) => one === name);
}

/** Every line that a request has somebody say, to be spoken before the plan is made. Needs the facts of voices, where there are any. */
export function linesToSpeak(asked: Request, film: Film, facts: Facts): LineToSpeak[] {
  const { request } = expandShots(asked);
  const { references } = readExcluded(request);
  const lines = readLines(readScript(request, film, facts), request, facts).filter(
    ({ speaker }) => !isLeftOut(speaker, references),
  );
  return [...new Map(lines.map(({ key, text, voice }) => [key, { key, text, voice }])).values()];
}

function isLeftOut(speaker: string | undefined, excluded: ReadonlySet<string>): boolean {
  return speaker !== undefined && excluded.has(speaker);
}

interface ReadLine extends LineToSpeak {
  /** Index in the script. */
  readonly at: number;
  readonly speaker: string | undefined;
  readonly speakerName: string;
}

function readLines(script: readonly ScriptShot[], request: Request, facts: Facts): ReadLine[] {
  const voiceOf = castVoices(request, facts);
  return script.flatMap((shot, at) =>
    readDialogue(shot.prompt, request.references).map(({ speaker, speakerName, text }) => {
      const voice = voiceOf(speaker, speakerName, languageOf(text));
      return { at, speaker, speakerName, text, voice, key: lineKey(text, voice) };
    }),
  );
}

/** Seconds that a line takes when nobody has spoken it yet. */
function guessSeconds(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}\p{N}'’]+/gu)?.length ?? 0;
  return 0.25 + han / 4.4 + words / 2.7;
}

/** Seconds of quiet before the first line of a shot, and between two. */
const lead = 0.22;
const pause = 0.16;

/** Seconds of talk after its shot that nobody takes for a line of the next. */
const tail = 0.3;

/**
 * Puts the lines into time: each in its shot, one after the other, and once its speaker is there, if the shot has room for that.
 * A line that is longer than its shot runs on over the cut; that, what the film's end cuts off, and what somebody says whom the
 * negative prompt takes out, is listed.
 */
export function placeLines(
  shots: readonly PlannedShot[],
  { script, request, film, facts, excluded }: Planning,
  opening: Bookend | undefined,
): { lines: PlannedLine[]; unheard: NotUnderstood[] } {
  const lines: PlannedLine[] = [];
  const unheard: NotUnderstood[] = [];
  const read = readLines(script, request, facts).map((line) => ({
    ...line,
    seconds: facts.lines[line.key]?.seconds ?? guessSeconds(line.text),
  }));
  const [leftOut, heard] = [true, false].map((out) =>
    read.filter(({ speaker, seconds }) => seconds > 0 && isLeftOut(speaker, excluded.references) === out),
  ) as [typeof read, typeof read];
  for (const { at, text } of leftOut) unheard.push({ shot: script[at]!.shot, text, why: 'left-out-speaker' });
  let free = 0;
  for (const [index, { at, ...line }] of heard.entries()) {
    const { shot, ...times } = script[at]!;
    const [shotStart, shotSeconds] = [times.start / film.fps, times.frames / film.fps];
    const shotEnd = shotStart + shotSeconds;
    const quiet = shotStart + Math.min(lead, Math.max(0.04, (shotSeconds - line.seconds) / 2));
    const there = shotStart + secondsUntilSeen(shots[at], line.speaker, shotSeconds, at === 0 ? opening : undefined);
    const talk = heard.slice(index).reduce((sum, one) => (one.at === at ? sum + one.seconds + pause : sum), 0);
    const start = Math.max(free, quiet, Math.min(there, shotEnd - talk));
    const end = start + line.seconds;
    free = end + pause;
    const why = end > film.seconds + 0.05 ? 'line-cut' : end > shotEnd + tail ? 'line-overruns' : undefined;
    if (why !== undefined) unheard.push({ shot, text: line.text, why });
    if (start >= film.seconds - 0.1) continue;
    lines.push({
      ...line,
      ...{ shot, start },
      pan: panOf(shots[at], line.speaker),
      envelope: facts.lines[line.key]?.envelope ?? [],
    });
  }
  return { lines, unheard };
}

/** Seconds of a shot until its speaker has come in, and until the start frame has given way to it; 0 for one who is not seen. */
function secondsUntilSeen(
  shot: PlannedShot | undefined,
  speaker: string | undefined,
  shotSeconds: number,
  opening: Bookend | undefined,
): number {
  const figure = shot?.figures.find(({ reference }) => reference !== undefined && reference === speaker);
  if (figure === undefined) return 0;
  const comes = figure.arrives < 1 ? figure.arrives * shotSeconds : 0;
  return Math.max(comes, opening === undefined ? 0 : opening.hold + opening.change);
}

/** A voice comes from where its speaker stands, but never from the very edge. */
function panOf(shot: PlannedShot | undefined, speaker: string | undefined): number {
  const figure = shot?.figures.find((one) => one.reference === speaker);
  if (figure === undefined || speaker === undefined) return 0;
  return Math.min(0.5, Math.max(-0.5, (figure.to.x - 0.5) * 1.2));
}
