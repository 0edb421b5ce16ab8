import type { PlannedSound } from '@refreel/core/animatic';
import { addNoise, addTone, constant, type Stage, swells, wander } from './ambience-parts.ts';
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
      addNoise(side, random, { keep: 'low', hertz: constant(side, 160), width: 0.7, level: constant(side, 0.17) });
      addNoise(side, random, { keep: 'band', hertz: constant(side, 420), width: 0.5, level: constant(side, 0.012) });
    }
  },

  wind(stage, random) {
    const gusts = wander(stage.left, random, 3.2, 0.3, 1);
    for (const side of sides(stage)) {
      const colour = wander(side, random, 2.4, 260, 620);
      addNoise(side, random, {
        keep: 'low',
        hertz: constant(side, 220),
        width: 0.8,
        level: gusts.map((gust) => 0.2 * gust),
      });
      addNoise(side, random, { keep: 'band', hertz: colour, width: 3, level: gusts.map((gust) => 0.5 * gust * gust) });
    }
  },

  sea(stage, random) {
    for (const side of sides(stage)) {
      const waves = swells(side, random, 6.5);
      const far = wander(side, random, 4, 0.5, 1);
      addNoise(side, random, {
        keep: 'low',
        hertz: constant(side, 260),
        width: 0.8,
        level: far.map((value) => 0.17 * value),
      });
      addNoise(side, random, {
        keep: 'low',
        hertz: waves.map((wave) => 300 + 1_500 * wave),
        width: 0.9,
        level: waves.map((wave) => 0.012 + 0.11 * wave),
      });
    }
  },

  rain(stage, random) {
    for (const side of sides(stage)) {
      const shower = wander(side, random, 3, 0.75, 1);
      addNoise(side, random, {
        keep: 'low',
        hertz: constant(side, 420),
        width: 0.8,
        level: shower.map((value) => 0.05 * value),
      });
      addNoise(side, random, {
        keep: 'band',
        hertz: constant(side, 1_500),
        width: 0.6,
        level: shower.map((value) => 0.062 * value),
      });
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
      addNoise(side, random, {
        keep: 'low',
        hertz: constant(side, 130),
        width: 0.7,
        level: hum.map((value) => 0.38 * value),
      });
      const bustle = wander(side, random, 1.1, 0.012, 0.036);
      addNoise(side, random, { keep: 'band', hertz: wander(side, random, 2, 350, 700), width: 1.2, level: bustle });
      const cars = swells(side, random, 5);
      addNoise(side, random, {
        keep: 'low',
        hertz: cars.map((car) => 200 + 500 * car),
        width: 0.9,
        level: cars.map((car) => 0.075 * car * car),
      });
    }
  },

  forest(stage, random) {
    for (const side of sides(stage)) {
      const leaves = wander(side, random, 2.6, 0.35, 1);
      addNoise(side, random, {
        keep: 'low',
        hertz: constant(side, 320),
        width: 0.8,
        level: leaves.map((value) => 0.16 * value),
      });
      addNoise(side, random, {
        keep: 'band',
        hertz: wander(side, random, 3, 900, 1_500),
        width: 0.8,
        level: leaves.map((value) => 0.046 * value),
      });
    }
    forEachMoment(stage, random, 1.6, 5.5, (seconds) => addBird(stage, random, seconds));
  },

  night(stage, random) {
    for (const side of sides(stage)) {
      addNoise(side, random, {
        keep: 'low',
        hertz: constant(side, 240),
        width: 0.8,
        level: wander(side, random, 4, 0.1, 0.165),
      });
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
