export type {
  Animatic,
  AnimaticOptions,
  DrawnFilm,
  DrawOptions,
  MeasureOptions,
  MediaFiles,
} from './animatic.ts';
export type { LineVoices } from './line-voices.ts';
export { factsForRequest } from './measure-request.ts';
export { type Measurer, type MeasurerOptions, type MediumToMeasure, openMeasurer } from './measurer.ts';
export { openAnimatic } from './open-animatic.ts';
export type { RenderTimes } from './questions.ts';
