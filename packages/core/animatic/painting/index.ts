export type { Brush, Easel } from './easel.ts';
export { type FontPart, type FontWeight, familyOf, fontParts, partsFor } from './fonts.ts';
export { makeSprite } from './make-sprite.ts';
export { halvingsFor, placeText } from './placing.ts';
export type { Pixels, Rgba } from './rgba.ts';
export { cropped, type NewSize, type SpriteSources, type Workshop } from './workshop.ts';
