import { findActionWords } from '../../prompt/action-words.ts';
import { isBlank } from '../../prompt/prompt.ts';
import { makeAdvice } from '../advice.ts';
import type { Rule } from '../advised.ts';

/**
 * Qiniu video API, notes on image-to-video: "the prompt should describe the actions, movements and changes to see, rather than repeat
 * what stands still in the picture already". What a picture shows is not known; that no word speaks of movement is.
 */
export const nothingMoves: Rule = ({ request, shots }) => {
  if (request.startFrame === undefined) return [];
  return shots.flatMap(({ path, prompt, open, camera }) => {
    if (isBlank(prompt) || findActionWords(open).length > 0 || camera.some(({ move }) => move !== undefined)) return [];
    return [makeAdvice('nothing_moves', path)];
  });
};
