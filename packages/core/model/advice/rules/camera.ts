import type { CameraWords } from '../../prompt/camera-words.ts';
import { cutPrompt, trimPrompt } from '../../prompt/flat.ts';
import { type Prompt, tidyPrompt } from '../../prompt/prompt.ts';
import { makeAdvice } from '../advice.ts';
import type { AdvisedWords, Rule } from '../advised.ts';

/** A cut to another framing is a shot of its own, and meant. */
const cutTo = /(?:cuts? to|切换?[到至]|切至)[^.!?。！？]{0,20}$/iu;

/**
 * Venice reference-to-video guide, Kling O3 troubleshooting: "camera movement feels random: several or conflicting camera
 * instructions; use a single one". Counted are different moves, and framings where nothing says that the film cuts.
 */
export const severalCameraMoves: Rule = ({ shots }) =>
  shots.flatMap(({ scenes }) =>
    scenes.flatMap(({ path, open, camera }) => {
      const moves = distinct(
        camera,
        ({ move, framing, angle, text }) =>
          move ?? (framing === undefined && angle === undefined ? text.toLowerCase() : undefined),
      );
      const framings = distinct(camera, ({ framing, move, from }) =>
        move === undefined && !cutTo.test(open.slice(0, from)) ? framing : undefined,
      );
      const several = [...(moves.length > 1 ? moves : []), ...(framings.length > 1 ? framings : [])];
      if (several.length === 0) return [];
      const found = several.map(({ text }) => text);
      return [makeAdvice('several_camera_moves', path, { count: found.length, found })];
    }),
  );

function distinct(camera: readonly CameraWords[], key: (words: CameraWords) => string | undefined): CameraWords[] {
  const seen = new Map<string, CameraWords>();
  for (const words of camera) {
    const meaning = key(words);
    if (meaning !== undefined && !seen.has(meaning)) seen.set(meaning, words);
  }
  return [...seen.values()];
}

/** Shorter prompts are read at a glance, wherever the camera stands in them. */
const leastCharacters = { en: 60, zh: 24 };

/**
 * Venice reference-to-video guide, "Put camera instructions at the front", and its troubleshooting ("put it early in the prompt").
 * The fix moves the clause or the sentence that holds the first instruction to the front.
 */
export const cameraLate: Rule = ({ shots }) =>
  shots.flatMap((shot) => {
    const { path, open, camera, language } = shot;
    const first = camera[0];
    if (first === undefined || open.length < leastCharacters[language] || first.from < open.length / 2) return [];
    // Within a list each shot has a front of its own.
    if (shot.scenes.length > 1) return [];
    return [makeAdvice('camera_late', path, { found: first.text }, { path, value: movedToFront(shot, first) })];
  });

function movedToFront({ flat, open, language }: AdvisedWords, words: CameraWords): Prompt {
  const sentence = lastEnd(open, words.from, /[.!?](?=\s|$)|[。！？\n]/gu);
  const comma = lastEnd(open, words.from, /[,，;；]|\s(?:and|then|while|as)(?=\s)/giu);
  const isSentence = comma <= sentence;
  const start = Math.max(sentence, comma);
  const length = open
    .slice(words.to)
    .search(isSentence ? /[.!?](?=\s|$)|[。！？\n]/u : /[.!?](?=\s|$)|[,，;；。！？\n]/u);
  const end = length === -1 ? open.length : words.to + length;
  const moved = trimPrompt(cutPrompt(flat, start, end));
  // The sign before a clause goes with it, the one after a sentence too.
  const before = isSentence ? start : start - separatorLength(open, start);
  const after = isSentence ? end + (/[^\n]/.exec(open[end] ?? '')?.[0].length ?? 0) : end;
  const rest = trimPrompt(tidyPrompt([...cutPrompt(flat, 0, before), ...cutPrompt(flat, after, flat.text.length)]));
  return tidyPrompt([...capitalised(moved), language === 'zh' ? '。' : '. ', ...rest]);
}

function lastEnd(text: string, at: number, pattern: RegExp): number {
  let end = 0;
  for (const match of text.slice(0, at).matchAll(pattern)) end = match.index + match[0].length;
  return end;
}

function separatorLength(text: string, end: number): number {
  return /(?:[,，;；]|\s(?:and|then|while|as))$/iu.exec(text.slice(0, end))?.[0].length ?? 0;
}

function capitalised(prompt: Prompt): Prompt {
  const [first, ...rest] = prompt;
  return typeof first === 'string' ? [first.slice(0, 1).toUpperCase() + first.slice(1), ...rest] : prompt;
}
