import type { PlannedSound } from '../plan.ts';
import { addNoise, addTone, type Curve, constant, type Stage, swells, wander } from './ambience-parts.ts';
import { mixRate } from './mix-rate.ts';
import { between, type Random, randomFrom } from './noise.ts';

export type Ambience = PlannedSound['ambience'];

/**
 * What is heard of a place when nobody speaks: stereo at 48 kHz, `length` samples, at -42 to -36 dB, the same for the
 * same seed. Each place is a few bands of noise that wander in loudness and colour, and now and then a tone.
 */
export function ambienceOf(place: Ambience, length: number, seed: number): { left: Float32Array; right: Float32Array } {
  const stage: Stage = { left: new Float32Array(length), right: new Float32Array(length) };
  places[place](stage, randomFrom(seed));
  return stage;
}

const places: Readonly<Record<Ambience, (stage: Stage, random: Random) => void>> = {
  room(stage, random) {
    for (const side of sides(stage)) {
      addLow(side, random, 160, 0.7, 0.17);
      addBand(side, random, 420, 0.5, 0.012);
    }
  },

  wind(stage, random) {
    const gusts = wander(stage.left, random, 3.2, 0.3, 1);
    for (const side of sides(stage)) {
      const colour = wander(side, random, 2.4, 260, 620);
      addLow(side, random, 220, 0.8, scaled(gusts, 0.2));
      addBand(
        side,
        random,
        colour,
        3,
        gusts.map((gust) => 0.5 * gust * gust),
      );
    }
  },

  sea(stage, random) {
    for (const side of sides(stage)) {
      const waves = swells(side, random, 6.5);
      const far = wander(side, random, 4, 0.5, 1);
      addLow(side, random, 260, 0.8, scaled(far, 0.17));
      addLow(
        side,
        random,
        waves.map((wave) => 300 + 1_500 * wave),
        0.9,
        waves.map((wave) => 0.012 + 0.11 * wave),
      );
    }
  },

  rain(stage, random) {
    for (const side of sides(stage)) {
      const shower = wander(side, random, 3, 0.75, 1);
      addLow(side, random, 420, 0.8, scaled(shower, 0.05));
      addBand(side, random, 1_500, 0.6, scaled(shower, 0.062));
    }
    forEachMoment(stage, random, 0.01, 0.07, (seconds) => {
      const hertz = between(random, 1_100, 2_900);
      addTone(stage, {
        start: seconds,
        seconds: between(random, 0.006, 0.018),
        fromHertz: hertz,
        toHertz: hertz * 0.8,
        gain: between(random, 0.004, 0.03),
        pan: random(),
      });
    });
  },

  city(stage, random) {
    for (const side of sides(stage)) {
      const hum = wander(side, random, 5, 0.6, 1);
      addLow(side, random, 130, 0.7, scaled(hum, 0.38));
      const bustle = wander(side, random, 1.1, 0.012, 0.036);
      addBand(side, random, wander(side, random, 2, 350, 700), 1.2, bustle);
      const cars = swells(side, random, 5);
      addLow(
        side,
        random,
        cars.map((car) => 200 + 500 * car),
        0.9,
        cars.map((car) => 0.075 * car * car),
      );
    }
  },

  forest(stage, random) {
    for (const side of sides(stage)) {
      const leaves = wander(side, random, 2.6, 0.35, 1);
      addLow(side, random, 320, 0.8, scaled(leaves, 0.16));
      addBand(side, random, wander(side, random, 3, 900, 1_500), 0.8, scaled(leaves, 0.046));
    }
    forEachMoment(stage, random, 1.6, 5.5, (seconds) => addBird(stage, random, seconds));
  },

  night(stage, random) {
    for (const side of sides(stage)) {
      addLow(side, random, 240, 0.8, wander(side, random, 4, 0.1, 0.165));
    }
    for (const pan of [-0.7, 0.55]) addCricket(stage, random, pan);
  },
};

/** A bird sings one phrase: two to five notes, each a quick slide, from one place. */
function addBird(stage: Stage, random: Random, start: number): void {
  const pan = random() * 0.9;
  const gain = between(random, 0.008, 0.02);
  const hertz = between(random, 2_400, 3_600);
  const notes = Math.round(between(random, 2, 5));
  let at = start;
  for (let note = 0; note < notes; note += 1) {
    const seconds = between(random, 0.06, 0.13);
    const fromHertz = hertz * between(random, 0.9, 1.15);
    addTone(stage, { start: at, seconds, fromHertz, toHertz: fromHertz * between(random, 0.8, 1.3), gain, pan });
    at += seconds + between(random, 0.03, 0.09);
  }
}

/** One cricket: three or four short beats of one tone, about once in a second, for the whole length. */
function addCricket(stage: Stage, random: Random, pan: number): void {
  const hertz = between(random, 3_500, 4_300);
  const gain = between(random, 0.005, 0.009);
  forEachMoment(stage, random, 0.75, 1.15, (seconds) => {
    const beats = Math.round(between(random, 3, 4));
    for (let beat = 0; beat < beats; beat += 1) {
      addTone(stage, { start: seconds + beat * 0.042, seconds: 0.03, fromHertz: hertz, toHertz: hertz, gain, pan });
    }
  });
}

/** Noise below a pitch, and around one: `hertz` and `level` stay or change, as `Noise` has them. */
function addLow(side: Float32Array, random: Random, hertz: number | Curve, width: number, level: number | Curve): void {
  addNoise(side, random, { keep: 'low', hertz: curveOf(side, hertz), width, level: curveOf(side, level) });
}

function addBand(
  side: Float32Array,
  random: Random,
  hertz: number | Curve,
  width: number,
  level: number | Curve,
): void {
  addNoise(side, random, { keep: 'band', hertz: curveOf(side, hertz), width, level: curveOf(side, level) });
}

function curveOf(side: Float32Array, value: number | Curve): Curve {
  return typeof value === 'number' ? constant(side, value) : value;
}

function scaled(curve: Curve, factor: number): Curve {
  return curve.map((value) => factor * value);
}

function sides({ left, right }: Stage): readonly Float32Array[] {
  return [left, right];
}

/** Moments from the start to the end, `least` to `most` seconds apart. */
function forEachMoment(
  stage: Stage,
  random: Random,
  least: number,
  most: number,
  act: (seconds: number) => void,
): void {
  const seconds = stage.left.length / mixRate;
  for (let at = between(random, 0, most); at < seconds; at += between(random, least, most)) act(at);
}
