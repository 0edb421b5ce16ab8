export {
  type Animatic,
  type AnimaticOptions,
  type DrawnFilm,
  type DrawOptions,
  type MeasureOptions,
  type MediaFiles,
  openAnimatic,
} from './animatic.ts';
export { factsForRequest } from './measure-request.ts';
export { type Measurer, type MeasurerOptions, type MediumToMeasure, openMeasurer } from './measurer.ts';
export type { RenderTimes } from './questions.ts';
