import { readNames } from '../../model/prompt/names.ts';
import type { MentionSyntax } from '../mention-syntax.ts';

/**
 * Baicai: `@name`, exactly as the list of references writes it. A name that the list lacks is refused there, so it is read too.
 * Nothing says where a name ends, and the engine behind it asks for a space after it: one is written before any letter.
 */
export const names: MentionSyntax = {
  key: 'names',
  tagOf: (reference) => `@${reference.name}`,
  pointsAt: () => false,
  mayJoin: /[\p{L}\p{M}\p{N}_-]/u,
  read: (text, references) =>
    // `.clip` and the like are the house's own endings: to this vendor they are words.
    readNames(text, references, { exactCase: true }).map(({ start, end, reference }) => ({
      start,
      end: reference === undefined ? end : start + 1 + reference.name.length,
      reference,
    })),
};
