import type { BackdropSprite } from '../sprite.ts';
import { chanceAt, noiseAlong, ridgeAlong } from './noise.ts';

/** One row of silhouettes, as heights above the horizon. */
export interface SkylineLayer {
  /** 0 in front of the viewer, 1 as far as one sees: takes on the colour of the air. */
  readonly far: number;
  /** Height in frame heights at `x`, in frame heights from the left. May be below 0: then the ground hides it. */
  height(x: number): number;
  /** Whether a window is lit at a point, `x` as above and `up` in frame heights above the horizon. */
  readonly lit?: (x: number, up: number) => boolean;
}

/** The layers of a skyline, the farthest first. */
export function skylineLayers(skyline: BackdropSprite['skyline'], seed: number): readonly SkylineLayer[] {
  switch (skyline) {
    case 'hills':
      return [
        { far: 0.86, height: (x) => 0.12 + 0.17 * ridgeAlong(seed, x * 1.9 + 3, 6, 0.48) },
        { far: 0.66, height: (x) => 0.07 + 0.12 * ridgeAlong(seed + 1, x * 1.5 + 7, 5, 0.42) },
        { far: 0.42, height: (x) => 0.03 + 0.085 * ridgeAlong(seed + 2, x * 1.2 + 11, 4, 0.34) },
      ];
    case 'city':
      return [
        city(seed, 0.84, 0.045, 0.06, 0.21),
        city(seed + 1, 0.6, 0.062, 0.04, 0.16),
        city(seed + 2, 0.34, 0.085, 0.015, 0.1),
      ];
    case 'trees':
      return [
        {
          far: 0.84,
          height: (x) => 0.075 + 0.035 * ridgeAlong(seed, x * 2.2, 5, 0.5) + 0.006 * noiseAlong(seed + 9, x * 150),
        },
        forest(seed + 1, 0.6, 0.019, 0.1),
        forest(seed + 2, 0.34, 0.031, 0.125),
      ];
    case 'waves':
      return [{ far: 0.9, height: (x) => -0.012 + 0.035 * ridgeAlong(seed, x * 0.9 + 5, 4, 0.4) }];
    case 'plain':
      return [{ far: 0.9, height: (x) => 0.006 + 0.012 * ridgeAlong(seed, x * 1.1 + 2, 4, 0.45) }];
    case 'room':
      return [];
  }
}

/** Houses of `width`, `low` to `high`, some with a step or a mast. */
function city(seed: number, far: number, width: number, low: number, high: number): SkylineLayer {
  const house = (x: number) => Math.floor(x / width + noiseAlong(seed + 7, Math.floor(x / width)) * 0.001);
  return {
    far,
    height(x) {
      const number = house(x);
      const within = x / width - number;
      const share = chanceAt(seed, number);
      // A few high ones among many low ones, and blocks of high and low quarters.
      const quarter = 0.72 + 0.28 * noiseAlong(seed + 3, number * 0.23);
      const roof = (low + (high - low) * share ** 1.7) * quarter;
      const kind = chanceAt(seed + 4, number);
      const inset = 0.12 + 0.16 * chanceAt(seed + 5, number);
      if (kind < 0.34 && within > inset && within < 1 - inset) return roof * 1.16;
      if (kind > 0.9 && Math.abs(within - 0.5) < 0.018) return roof * 1.42;
      // Alleys.
      return within > 0.94 && chanceAt(seed + 6, number) < 0.5 ? roof * 0.55 : roof;
    },
    lit(x, up) {
      const [column, row] = [x / 0.0085, up / 0.0125];
      const [inColumn, inRow] = [column - Math.floor(column), row - Math.floor(row)];
      if (inColumn < 0.3 || inColumn > 0.72 || inRow < 0.3 || inRow > 0.72) return false;
      const busy = 0.1 + 0.16 * chanceAt(seed + 8, house(x));
      return chanceAt(seed + 11, Math.floor(column), Math.floor(row)) < busy;
    },
  };
}

/** Firs about `spacing` apart and up to `high`, on ground that is not quite even. */
function forest(seed: number, far: number, spacing: number, high: number): SkylineLayer {
  return {
    far,
    height(x) {
      const nearest = Math.floor(x / spacing);
      let top = 0.36 * high + 0.012 * noiseAlong(seed + 5, x * 60);
      for (let number = nearest - 2; number <= nearest + 2; number++) {
        const middle = (number + 0.2 + 0.6 * chanceAt(seed, number)) * spacing;
        const size = high * (0.5 + 0.5 * chanceAt(seed + 1, number));
        const half = size * (0.21 + 0.12 * chanceAt(seed + 2, number));
        const aside = Math.abs(x - middle) / half;
        if (aside >= 1) continue;
        // Boughs: the outline steps outwards on its way down.
        const down = aside ** 1.12;
        const boughs = 0.07 * (Math.abs(((aside * 5.5 + chanceAt(seed + 3, number)) % 1) - 0.5) - 0.25);
        top = Math.max(top, size * (1 - down + boughs));
      }
      return top + 0.014 * noiseAlong(seed + 4, x * 2.3);
    },
  };
}
