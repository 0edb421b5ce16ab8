import type { Card } from '@refreel/core/model';

/** The lowest price of a second, in millionths of its currency; undefined where none is documented. */
export function cheapestRate({ price }: Card): number | undefined {
  const known = (price?.rates ?? []).map(({ micros }) => micros).filter((micros) => micros !== null);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** The seconds that a film takes at the quickest; undefined where no document says it. What is made here takes moments. */
export function speedOf({ typical, offline }: Card): number | undefined {
  if (offline === true) return 0;
  return typical.length === 0 ? undefined : Math.min(...typical.map(({ from }) => from));
}

/** The longest that a film usually takes. */
export function slowestOf({ typical }: Card): number | undefined {
  return typical.length === 0 ? undefined : Math.max(...typical.map(({ to }) => to));
}

/** The shortest and the longest film that the card admits, in seconds. */
export function lengthsOf({ seconds }: Card): { readonly from: number; readonly to: number } | undefined {
  const all = seconds.limits.flatMap(({ from, to, oneOf = [] }) => [
    ...(from === undefined ? [] : [from]),
    ...(to === undefined ? [] : [to]),
    ...oneOf.filter((one) => typeof one === 'number'),
  ]);
  return all.length === 0 ? undefined : { from: Math.min(...all), to: Math.max(...all) };
}
