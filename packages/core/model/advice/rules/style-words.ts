import { makeAdvice } from '../advice.ts';
import type { Rule } from '../advised.ts';

/** Styles that one film cannot have at the same time. */
const styles: Readonly<Record<string, RegExp>> = {
  anime: /\b(?:anime|manga)\b|动漫|日漫|韩漫|漫画|二次元/iu,
  real: /\b(?:photo-?realis(?:tic|m)|hyper-?realistic|live[ -]action|documentary|realistic)\b|写实|真人|纪录片|照片风格/iu,
  cartoon: /\b(?:cartoon|pixar|3d animation|cel[ -]shaded)\b|卡通|皮克斯/iu,
  painting: /\b(?:watercolou?r|oil painting|impressionist|ink wash)\b|水彩|油画|水墨/iu,
  pixel: /\b(?:pixel art|8-bit)\b|像素/iu,
  puppet: /\b(?:stop[ -]motion|claymation|felt puppet)\b|定格动画|黏土/iu,
  noir: /\b(?:film noir|noir|black[ -]and[ -]white)\b|黑白/iu,
};

/**
 * Venice reference-to-video guide, Kling O3 troubleshooting: "the style changes between generations: inconsistent scene references or
 * mixed styles; keep style words the same". Said where shots name styles of different kinds; whether the pictures mix
 * styles is not measured.
 */
export const styleWordsVary: Rule = ({ shots }) => {
  const found = new Map<string, string>();
  for (const { open } of shots) {
    for (const [style, pattern] of Object.entries(styles)) {
      const word = pattern.exec(open)?.[0];
      if (word !== undefined && !found.has(style)) found.set(style, word);
    }
  }
  if (found.size < 2) return [];
  return [
    makeAdvice('style_words_vary', shots.length === 1 ? 'shots[0].prompt' : 'shots', { found: [...found.values()] }),
  ];
};
