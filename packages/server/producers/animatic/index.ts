export { type Animatic, type AnimaticOptions, type DrawnFilm, type DrawOptions, openAnimatic } from './animatic.ts';
export type { RenderTimes } from './questions.ts';
