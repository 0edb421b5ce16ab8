/** A whole number of 32 bits that looks random, of three. */
function scramble(seed: number, x: number, y: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(x | 0, 0x27d4eb2f) ^ Math.imul(y | 0, 0x165667b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** A number from 0 to 1 for each place of a grid. */
export function chanceAt(seed: number, x: number, y = 0): number {
  return scramble(seed, x, y) / 4_294_967_296;
}

/** Smooth noise along a line, -1 to 1, with features one long. */
export function noiseAlong(seed: number, x: number): number {
  const cell = Math.floor(x);
  const from = chanceAt(seed, cell);
  return (from + (chanceAt(seed, cell + 1) - from) * ease(x - cell)) * 2 - 1;
}

/** Smooth noise on a plane, -1 to 1, with features one large. */
export function noiseOn(seed: number, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const across = ease(x - column);
  const top = mix(chanceAt(seed, column, row), chanceAt(seed, column + 1, row), across);
  const bottom = mix(chanceAt(seed, column, row + 1), chanceAt(seed, column + 1, row + 1), across);
  return mix(top, bottom, ease(y - row)) * 2 - 1;
}

/** Sum of ever finer noise along a line, -1 to 1: hills, ridges, tree tops. `roughness` is how much of each octave the next one has. */
export function ridgeAlong(seed: number, x: number, octaves: number, roughness: number): number {
  let sum = 0;
  let most = 0;
  for (let octave = 0, weight = 1, scale = 1; octave < octaves; octave++, weight *= roughness, scale *= 2.03) {
    sum += noiseAlong(seed + octave * 101, x * scale) * weight;
    most += weight;
  }
  return sum / most;
}

/**
 * What is added to a value before it is rounded, -0.5 to 0.5: Jimenez's interleaved gradient noise, whose neighbours differ so evenly that
 * a slow gradient shows neither bands nor grain.
 */
export function dither(x: number, y: number): number {
  const inner = 0.06711056 * x + 0.00583715 * y;
  const outer = 52.9829189 * (inner - Math.floor(inner));
  return outer - Math.floor(outer) - 0.5;
}

/** 0 to 1 with a soft start and a soft end. */
export function ease(t: number): number {
  const inside = Math.min(Math.max(t, 0), 1);
  return inside * inside * (3 - 2 * inside);
}

/** From `a` to `b`, straight. */
export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
