export type { Painter } from './painter.ts';
export { createPainter } from './painter.ts';
export type { Rgba, VideoFrame } from './rgba.ts';
export { makeSprite } from './sprites/make-sprite.ts';
export type { SpriteSources } from './sprites/sources.ts';
