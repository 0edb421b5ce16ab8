import type { Reference } from '../../model/index.ts';
import { readDialogue } from '../../model/prompt/dialogue.ts';
import type { ScriptShot } from './script.ts';

/** Somebody whom no list of words knows, found by what it does. UTF-16 positions of its noun with what belongs to it. */
export interface Actor {
  readonly from: number;
  readonly to: number;
  readonly word: string;
}

/** What only the living do. */
const deeds =
  'walk|stroll|run|jog|sit|kneel|look|gaze|stare|watch|smile|laugh|cry|cries|wave|hold|carry|carries|play|eat|drink|sleep|nod|wait|say|speak|talk|sing|shout|whisper|ask|answer|reply|replies|read|write|work|think|dance|jump|climb|open|close|pick|turn|lean|bow|enter|leave|arrive|paint|cook|pour';
const forms = deeds
  .split('|')
  .map((verb) => (verb.endsWith('e') ? `${verb.slice(0, -1)}(?:e|es|ed|ing)` : `${verb}(?:s|es|ed|\\p{L}?ing)?`))
  .join('|');
const english = new RegExp(
  `\\b(?:the|an?|one|another|his|her|their|my|our)\\s+((?:[\\p{L}'’-]+\\s+){0,3}?)(\\p{L}{3,})\\s+(?:\\p{L}+ly\\s+)?(?:(?:is|are)\\s+)?(?:${forms})\\b`,
  'giu',
);
/** A noun that ends like those of people (员, 者, 师, 匠) in front of what is done, or counted as people are. */
const chinese =
  /(?:[一两三几]?[位名个]|那位|这位)([\p{Script=Han}]{1,6}?)(?=正?在?[走跑坐站看望笑哭说喊唱跳拿抱弹读写吃喝睡等转推打])|(\p{Script=Han}{1,3}(?:员|者|师|匠|夫|民|兵|长|手|生|客|侠|娘|爷|奶|妈|爸))(?=正?在?[走跑坐站看望笑哭说喊唱跳拿抱弹读写吃喝睡等转推打])/gu;

/** What moves, sounds and shines without being anybody, and words that are no nouns. */
const nobody =
  /^(?:sun|moon|stars?|lights?|wind|breeze|rain|snow|storm|waves?|water|river|sea|ocean|clouds?|mist|fog|smoke|dust|leaf|leaves|doors?|gates?|windows?|curtains?|camera|shot|lens|scene|view|frame|picture|video|music|sound|voice|song|lantern|lamp|candle|fire|flames?|clock|table|chair|trees?|flowers?|grass|building|house|tower|lighthouse|castle|mountains?|hills?|road|path|street|sky|city|bridge|cars?|train|ship|boat|plane|screen|sign|shadows?|background|foreground|day|night|morning|evening|world|film|story|who|that|which|and|then|as|to|it|they|will|can|slowly|of|in|on|at)$/iu;
const nobodyChinese = /镜头|画面|摄影|光|风|雨|雪|海|浪|云|雾|门|窗|灯|树|花|城|山|水/u;
const narrates = /^(?:the )?(?:narrator|narration|voice-?over|v\.?o\.?|announcer)$|旁白|画外音|解说/iu;

/** Nouns that act as only somebody does: "a lighthouse keeper walks", 一位灯塔看守走来. */
export function findActors(text: string): Actor[] {
  const found: Actor[] = [];
  for (const match of text.matchAll(english)) {
    const word = match[2]!.toLowerCase();
    if (!nobody.test(word)) found.push({ from: match.index, to: match.index + match[0].length, word });
  }
  for (const match of text.matchAll(chinese)) {
    const word = match[1] ?? match[2]!;
    if (!nobodyChinese.test(word)) found.push({ from: match.index, to: match.index + match[0].length, word });
  }
  return found;
}

/** Names of those who speak in a shot and whom no reference shows. A narrator is only heard. */
export function speakersIn(shot: ScriptShot, references: readonly Reference[]): string[] {
  const names = readDialogue(shot.prompt, references).flatMap(({ speaker, speakerName }) =>
    speaker === undefined && speakerName !== '' && !narrates.test(speakerName) ? [speakerName] : [],
  );
  return [...new Set(names)];
}
