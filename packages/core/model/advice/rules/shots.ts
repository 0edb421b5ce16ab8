import { makeAdvice } from '../advice.ts';
import type { Rule } from '../advised.ts';

/**
 * Wan reference-to-video page, the storyboard prompts: each shot of both examples starts with its framing (全景, 中景, 近景, 特写). Said
 * of several shots on models that read a storyboard; the closing shot (收束镜头) and an action shot (动作镜头) are named without one.
 */
export const shotsWithoutFraming: Rule = ({ card, shots }) => {
  if (card?.shots.form !== 'storyboard' || shots.length < 2) return [];
  return shots.flatMap(({ path, open, camera }) =>
    camera.some(({ framing }) => framing !== undefined) || /(?:收束|动作)镜头/u.test(open)
      ? []
      : [makeAdvice('shots_without_framing', path)],
  );
};
