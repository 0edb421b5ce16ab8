import { editDistance } from '../model/edit-distance.ts';
import { type Card, type Problem, problem } from '../model/index.ts';
import { cards } from './cards.ts';

/** The card with this id or alias. Cards that an account brings are looked at first, so that it may say more of a known model. */
export function findCard(id: string, extra: readonly Card[] = []): Card | undefined {
  for (const list of [extra, cards]) {
    const found = list.find((card) => card.id === id || card.aliases?.includes(id) === true);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** "There is no such model", with the name that was likely meant, if any is like it. */
export function unknownModel(id: string, extra: readonly Card[] = []): Problem {
  const closest = closestModel(id, extra);
  if (closest === undefined) return problem('unknown_model', 'model', { found: id, hint: '' });
  const hint = { en: `Did you mean "${closest}"? `, zh: `您是否想用“${closest}”？` };
  return problem('unknown_model', 'model', { found: id, closest, hint });
}

/** A name of which a larger share would have to change is not what anybody meant. */
const mostChanged = 0.4;

/**
 * The id that somebody most likely meant: one that starts so, else the one with the fewest letters to change; undefined where nothing
 * is like it.
 */
export function closestModel(id: string, extra: readonly Card[] = []): string | undefined {
  const wanted = id.trim().toLowerCase();
  let closest: { id: string | undefined; distance: number } = { id: undefined, distance: Number.POSITIVE_INFINITY };
  for (const card of [...extra, ...cards]) {
    for (const name of [card.id, ...(card.aliases ?? [])]) {
      const known = name.toLowerCase();
      const begins = wanted.length >= 3 && known.startsWith(wanted);
      const distance = begins ? known.length / 1000 : editDistance(wanted, known);
      const isLike = begins || distance <= Math.max(wanted.length, known.length) * mostChanged;
      if (isLike && distance < closest.distance) closest = { id: card.id, distance };
    }
  }
  return closest.id;
}
