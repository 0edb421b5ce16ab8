import { type Facts, type Film, languageOf, type Request } from '../../model/index.ts';
import { readDialogue } from '../../model/prompt/dialogue.ts';
import type { LineToSpeak, NotUnderstood, PlannedLine, PlannedShot, Voice } from '../plan.ts';
import type { Planning } from '../planning.ts';
import { expandShots } from '../reading/expand-shots.ts';
import { readScript, type ScriptShot } from '../reading/script.ts';
import { castVoices } from './voices.ts';

/** Under this key the facts of a spoken line are kept: the same words in the same voice are spoken once. */
export function lineKey(text: string, voice: Voice): string {
  return [voice.language, voice.variant, voice.pitch, voice.rate, text].join('|');
}

/** Every line that a request has somebody say, to be spoken before the plan is made. Needs the facts of voices, where there are any. */
export function linesToSpeak(asked: Request, film: Film, facts: Facts): LineToSpeak[] {
  const { request } = expandShots(asked);
  const lines = readLines(readScript(request, film), request, facts);
  return [...new Map(lines.map(({ key, text, voice }) => [key, { key, text, voice }])).values()];
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

/**
 * Puts the lines into time: each in its shot, one after the other; a line that is longer than its shot runs on over the cut, and
 * what the film's end cuts off is listed.
 */
export function placeLines(
  shots: readonly PlannedShot[],
  { script, request, film, facts }: Planning,
): { lines: PlannedLine[]; cut: NotUnderstood[] } {
  const lines: PlannedLine[] = [];
  const cut: NotUnderstood[] = [];
  let free = 0;
  for (const line of readLines(script, request, facts)) {
    const shot = script[line.at]!;
    const spoken = facts.lines[line.key];
    const seconds = spoken?.seconds ?? guessSeconds(line.text);
    if (seconds === 0) continue;
    const shotStart = shot.start / film.fps;
    const slack = shot.frames / film.fps - seconds;
    const start = Math.max(free, shotStart + Math.min(lead, Math.max(0.04, slack / 2)));
    free = start + seconds + pause;
    if (start + seconds > film.seconds + 0.05) cut.push({ shot: shot.shot, text: line.text, why: 'line-cut' });
    if (start >= film.seconds - 0.1) continue;
    const { at, ...said } = line;
    lines.push({
      ...said,
      shot: shot.shot,
      start,
      seconds,
      pan: panOf(shots[at], line.speaker),
      envelope: spoken?.envelope ?? [],
    });
  }
  return { lines, cut };
}

/** A voice comes from where its speaker stands, but never from the very edge. */
function panOf(shot: PlannedShot | undefined, speaker: string | undefined): number {
  const figure = shot?.figures.find((one) => one.reference === speaker);
  if (figure === undefined || speaker === undefined) return 0;
  return Math.min(0.5, Math.max(-0.5, (figure.to.x - 0.5) * 1.2));
}
