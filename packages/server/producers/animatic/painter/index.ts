export type { SpriteSources } from '@refreel/core/painting';
export type { Painter } from './painter.ts';
export { createPainter } from './painter.ts';
export type { Rgba, VideoFrame } from './rgba.ts';
export { makeSprite } from './sprites/make-sprite.ts';
