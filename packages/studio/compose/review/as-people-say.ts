import { findCard } from '@refreel/core/catalog';
import type { Language, Note, Problem, ProblemValues, Reference } from '@refreel/core/model';
import { translator } from '../../words/words.ts';
import { placeName } from './place-name.ts';

/** A problem or a note with the place and the model by the names that people have for them. `place`: where it already has such a name. */
export function asPeopleSay<One extends Problem | Note>(
  one: One,
  references: readonly Reference[],
  language: Language,
  place = placeOf(one, references),
): One {
  const { model } = one.values;
  const name = typeof model === 'string' ? findCard(model)?.name[language] : undefined;
  const values = {
    ...(/^references\[\d+\]\.use$/.test(one.path) ? usesOf(one.values) : one.values),
    ...(name !== undefined && { model: name }),
  };
  return { ...one, path: place, values };
}

/** What a video can be for, in the words of its choice. */
function usesOf(values: ProblemValues): ProblemValues {
  const t = translator();
  const uses = ['subject', 'feature', 'edit'] as const;
  const words = (value: unknown) => {
    const use = uses.find((known) => known === value);
    return use === undefined ? String(value) : `“${t(`references.uses.${use}`)}”`;
  };
  const { found, limit } = values;
  return {
    ...values,
    ...(found !== undefined && { found: words(found) }),
    ...(Array.isArray(limit) && { limit: limit.map(words) }),
  };
}

function placeOf({ code, path }: Problem | Note, references: readonly Reference[]): string {
  const at = /^references\[(\d+)\]/.exec(path)?.[1];
  const kind = references[Number(at)]?.kind;
  // It says the name itself.
  if (code !== 'reference_unmentioned' || kind === undefined) return placeName(path, references);
  const word = translator()(`references.one.${kind}`);
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
