import type { Card } from '../model/index.ts';
import { cards } from './cards.ts';

/** The card with this id or alias. Cards that an account brings are looked at first, so that it may say more of a known model. */
export function findCard(id: string, extra: readonly Card[] = []): Card | undefined {
  for (const list of [extra, cards]) {
    const found = list.find((card) => card.id === id || card.aliases?.includes(id) === true);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The id that somebody most likely meant: one that starts so, else the one with the fewest letters to change. */
export function closestModel(id: string, extra: readonly Card[] = []): string {
  const wanted = id.trim().toLowerCase();
  let closest = { id: cards[0]!.id, distance: Number.POSITIVE_INFINITY };
  for (const card of [...extra, ...cards]) {
    for (const name of [card.id, ...(card.aliases ?? [])]) {
      const known = name.toLowerCase();
      const begins = wanted.length >= 3 && known.startsWith(wanted);
      const distance = begins ? known.length / 1000 : editDistance(wanted, known);
      if (distance < closest.distance) closest = { id: card.id, distance };
    }
  }
  return closest.id;
}

/** Letters to add, take out or change to make one text of the other. */
function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = above[column - 1]! + (one[row - 1] === other[column - 1] ? 0 : 1);
      line.push(Math.min(change, above[column]! + 1, line[column - 1]! + 1));
    }
    above = line;
  }
  return above[other.length]!;
}
