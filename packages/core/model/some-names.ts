import type { Localized } from './language.ts';

/** More names than this are counted instead of read. */
const mostNamed = 8;

/** Names for a sentence: all of a few, else the first ones and how many more. */
export function someNames(names: readonly string[]): Localized {
  const more = names.length - mostNamed;
  if (more <= 1) return { en: names.join(', '), zh: names.join('、') };
  const first = names.slice(0, mostNamed);
  return { en: `${first.join(', ')} and ${more} more`, zh: `${first.join('、')}等 ${names.length} 个` };
}
