import { byteWords, sizeWords } from '../check/words.ts';
import type { MediaFacts } from '../facts.ts';
import type { Localized } from '../language.ts';
import type { FitTarget } from './plan-fit.ts';

/** "JPEG", "MP4". */
function typeWords(mediaType: string): string {
  const [, name = ''] = mediaType.split('/');
  return name === 'mpeg' ? 'MP3' : name === 'quicktime' ? 'MOV' : name.toUpperCase();
}

/** What a medium is, in what a fit may change. */
export function mediaWords(facts: MediaFacts): Localized {
  const bytes = byteWords(facts.bytes);
  const parts = [typeWords(facts.mediaType)];
  if (facts.kind !== 'audio') parts.push(sizeWords(facts));
  const seconds = facts.kind === 'image' ? undefined : Number(facts.seconds.toFixed(3));
  const fps = facts.kind === 'video' ? Number(facts.fps.toFixed(3)) : undefined;
  const alpha = facts.kind === 'image' && facts.alpha;
  return {
    en: [...parts, ...timeWords(seconds, fps).en, ...(alpha ? ['with transparency'] : []), bytes.en].join(', '),
    zh: [...parts, ...timeWords(seconds, fps).zh, ...(alpha ? ['含透明通道'] : []), bytes.zh].join('，'),
  };
}

/** What it is made into. */
export function targetWords(to: FitTarget): Localized {
  const parts = [typeWords(to.mediaType)];
  if (to.kind !== 'audio') parts.push(sizeWords(to));
  const time = timeWords(
    to.kind === 'image' ? undefined : to.seconds,
    to.kind === 'video' ? Number(to.fps.toFixed(3)) : undefined,
  );
  const most = to.kind !== 'audio' && to.mostBytes !== undefined ? byteWords(to.mostBytes) : undefined;
  const ground = to.kind === 'image' ? to.background : undefined;
  return {
    en: [
      ...parts,
      ...time.en,
      ...(ground === undefined ? [] : [`on ${ground}`]),
      ...(most === undefined ? [] : [`at most ${most.en}`]),
    ].join(', '),
    zh: [
      ...parts,
      ...time.zh,
      ...(ground === undefined ? [] : [`背景 ${ground}`]),
      ...(most === undefined ? [] : [`至多 ${most.zh}`]),
    ].join('，'),
  };
}

function timeWords(seconds: number | undefined, fps: number | undefined): { en: string[]; zh: string[] } {
  return {
    en: [...(seconds === undefined ? [] : [`${seconds} s`]), ...(fps === undefined ? [] : [`${fps} fps`])],
    zh: [...(seconds === undefined ? [] : [`${seconds} 秒`]), ...(fps === undefined ? [] : [`每秒 ${fps} 帧`])],
  };
}
