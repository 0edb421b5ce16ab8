import type { Media, Reference } from '../../model/index.ts';
import { numberedSyntax, type TagSeries, tagNumber } from '../mention-syntax.ts';

/**
 * The one medium that Wan takes of a reference, and as what. Of an image and a clip it is the clip, as the card's `oneMedium` says.
 * Undefined for a subject with neither, which no check lets pass.
 */
export function wanMedium(
  reference: Reference,
): { type: 'reference_image' | 'reference_video'; media: Media } | undefined {
  if (reference.kind === 'video') return { type: 'reference_video', media: reference.video };
  if (reference.kind === 'subject' && reference.clip !== undefined)
    return { type: 'reference_video', media: reference.clip };
  return reference.image === undefined ? undefined : { type: 'reference_image', media: reference.image };
}

function mediumOf(reference: Reference): 'image' | 'clip' | undefined {
  const taken = wanMedium(reference)?.type;
  if (taken === undefined) return undefined;
  return taken === 'reference_image' ? 'image' : 'clip';
}

// These tags are bare words, and prompts also hold amounts and ratios that look like them: 视频5秒, 视频16:9, 视频3D动画.
const units = '秒|毫秒|分钟|帧|倍|seconds?\\b|secs?\\b|minutes?\\b|fps\\b';
const noAmount = `(?![\\p{Script=Latin}\\p{N}_%％]|[.．:：/×*][0-9０-９]| ?(?:${units}))`;

const noLetterBefore = '(?<![\\p{Script=Latin}\\p{N}_])';

// 地图1 is a map and 构图2 a composition, not 图1 and 图2; 草地图1 and the like is a lawn, and then 图1.
const noCompound = '(?<![构截插拼试意企蓝]|(?<![草大原空雪沙])地)';

// An "@" before a tag is in no document, but people bring the habit from other models.
const sign = '[@＠]?';

const images: TagSeries = {
  mediumOf: (reference) => (mediumOf(reference) === 'image' ? 'image' : undefined),
  write: (number, language) => (language === 'zh' ? `图${number}` : `Image ${number}`),
  numbered: new RegExp(`(?:${noCompound}${sign}图片?|${noLetterBefore}${sign}Image )${tagNumber}${noAmount}`, 'gu'),
  only: /参考图片(?![0-9０-９])/gu,
};

const videos: TagSeries = {
  mediumOf: (reference) => (mediumOf(reference) === 'clip' ? 'clip' : undefined),
  write: (number, language) => (language === 'zh' ? `视频${number}` : `Video ${number}`),
  numbered: new RegExp(`(?:${sign}视频|${noLetterBefore}${sign}Video )${tagNumber}${noAmount}`, 'gu'),
  only: /参考视频(?![0-9０-９])/gu,
};

// The vendor's own examples write "Character2" at the start of a sentence, and in the middle of one.
const characters: TagSeries = {
  mediumOf,
  write: (number) => `character${number}`,
  numbered: new RegExp(`${noLetterBefore}${sign}[Cc]haracter${tagNumber}${noAmount}`, 'gu'),
};

/**
 * Wan 2.7: 图1 and 视频1 in Chinese, "Image 1" and "Video 1" in English; images and videos are counted each for itself, in the order
 * of the request. 参考图片 and 参考视频 stand for the only one. The start frame is not counted.
 */
export const wan27 = numberedSyntax('wan-2.7', [images, videos]);

/** Wan 2.6: `character1` is the first reference, whatever it is. */
export const wan26 = numberedSyntax('wan-2.6', [characters]);
