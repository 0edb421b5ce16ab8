import { findActionWords } from '../../prompt/action-words.ts';
import { makeAdvice } from '../advice.ts';
import type { Rule } from '../advised.ts';

/** More than this many are too many; the guide's own example has a subject hop, stop and tilt its head. */
const mostActions = 3;
const sequence = /\b(?:then|afterwards|after that|next|finally)\b|然后|接着|随后|之后又|再(?=[\p{Script=Han}])|最后/iu;

/**
 * Venice reference-to-video guide, Kling O3 troubleshooting: "movement looks unnatural: too many actions in one prompt; simplify,
 * shorter, one action per shot". Several at once, or two of which one comes after the other in so many words.
 */
export const severalActions: Rule = ({ shots }) =>
  shots.flatMap(({ scenes }) =>
    scenes.flatMap(({ path, open, camera }) => {
      const actions = findActionWords(open).filter(
        ({ from, to, small }) => !small && camera.every((words) => to <= words.from || from >= words.to),
      );
      const found = [...new Set(actions.map(({ text }) => text.toLowerCase()))];
      const first = actions[0];
      const last = actions.at(-1);
      const inOrder = first !== undefined && last !== undefined && sequence.test(open.slice(first.to, last.from));
      if (found.length <= mostActions && !(found.length > 1 && inOrder)) return [];
      return [makeAdvice('several_actions', path, { count: found.length, found })];
    }),
  );
