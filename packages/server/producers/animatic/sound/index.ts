export * from './pitch.ts';
export * from './resample.ts';
export * from './speech.ts';
export { lineDecibels, type SpokenLine } from './spoken-line.ts';
