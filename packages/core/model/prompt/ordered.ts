/**
 * How many items at the beginning of a list something holds for. It must hold for all before the first that it does not hold for: then this looks at
 * a few of them, and not at all. Prompts come from strangers.
 */
export function countWhile<Item>(list: readonly Item[], holds: (item: Item) => boolean): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(list[middle]!)) from = middle + 1;
    else to = middle;
  }
  return from;
}
