export {
  type Animatic,
  type AnimaticOptions,
  type DrawnFilm,
  type DrawOptions,
  type MeasureOptions,
  type MediaFiles,
  openAnimatic,
} from './animatic.ts';
export type { RenderTimes } from './questions.ts';
