export * from './ambience.ts';
export { amplitude, decibels, rootMeanSquare, spokenLevel } from './level.ts';
export * from './mix.ts';
export { mixRate } from './mix-rate.ts';
export * from './pitch.ts';
export * from './resample.ts';
export * from './speech.ts';
export { lineDecibels, type SpokenLine } from './spoken-line.ts';
