import type { TextSprite } from '../sprite.ts';

/** Parts of Noto Sans SC, each a file of its own. A letter is looked for in this order. */
export const fontParts = ['latin', 'latin-ext', 'vietnamese', 'cyrillic', 'chinese-simplified'] as const;
export type FontPart = (typeof fontParts)[number];
export type FontWeight = TextSprite['weight'];

/** The parts that a text needs: the large one with the Chinese only when something is to be set that the small ones may lack. */
export function partsFor(text: string): readonly FontPart[] {
  return /[\u0530-\u1dff\u1f00-\u1fff\u2070-\u{10ffff}]/u.test(text) ? fontParts : fontParts.slice(0, -1);
}

/** A family for each weight: the name alone then chooses the file, whatever the machine has installed. */
export function familyOf(part: FontPart, weight: FontWeight): string {
  return `refreel ${part} ${weight}`;
}

/** The value of a canvas's `font`. */
export function fontOf(pixels: number, weight: FontWeight, parts: readonly FontPart[]): string {
  return `${pixels}px ${parts.map((part) => `"${familyOf(part, weight)}"`).join(', ')}`;
}
