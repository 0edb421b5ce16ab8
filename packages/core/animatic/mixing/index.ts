export { type Ambience, ambienceOf } from './ambience.ts';
export { amplitude, decibels, rootMeanSquare, spokenLevel } from './level.ts';
export { limit } from './limit.ts';
export { type FilmSound, type MixedClip, type MixedLine, mixFilm } from './mix.ts';
export { mixRate } from './mix-rate.ts';
export { between, type Random, randomFrom } from './noise.ts';
