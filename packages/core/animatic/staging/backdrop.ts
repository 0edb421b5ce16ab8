import type { Colour } from '../../model/index.ts';
import type { Mood, Place } from '../reading/mood.ts';
import type { BackdropSprite } from '../sprite.ts';

const skylines: Readonly<Record<Place, BackdropSprite['skyline']>> = {
  open: 'plain',
  hills: 'hills',
  forest: 'trees',
  city: 'city',
  sea: 'waves',
  room: 'room',
  desert: 'hills',
  snow: 'hills',
  space: 'plain',
};

type Palette = Pick<BackdropSprite, 'skyTop' | 'skyLow' | 'groundFar' | 'groundNear'>;

const palettes: Readonly<Record<Place, Palette>> = {
  open: { skyTop: [92, 134, 172], skyLow: [212, 222, 226], groundFar: [140, 148, 138], groundNear: [84, 92, 84] },
  hills: { skyTop: [86, 132, 178], skyLow: [214, 224, 226], groundFar: [132, 150, 120], groundNear: [72, 92, 62] },
  forest: { skyTop: [96, 136, 142], skyLow: [206, 218, 196], groundFar: [102, 124, 92], groundNear: [48, 66, 44] },
  city: { skyTop: [104, 122, 146], skyLow: [210, 212, 214], groundFar: [126, 128, 134], groundNear: [66, 68, 76] },
  sea: { skyTop: [84, 138, 184], skyLow: [216, 228, 232], groundFar: [96, 144, 164], groundNear: [40, 84, 108] },
  room: { skyTop: [120, 104, 90], skyLow: [186, 166, 142], groundFar: [132, 108, 84], groundNear: [78, 60, 46] },
  desert: { skyTop: [104, 150, 186], skyLow: [236, 222, 192], groundFar: [206, 176, 128], groundNear: [150, 114, 74] },
  snow: { skyTop: [112, 146, 178], skyLow: [226, 232, 236], groundFar: [220, 226, 232], groundNear: [172, 186, 202] },
  space: { skyTop: [10, 12, 26], skyLow: [38, 38, 74], groundFar: [74, 72, 96], groundNear: [30, 30, 46] },
};

/** A calm stage for a mood, where no picture of the place was given. */
export function backdropOf(mood: Mood, width: number, height: number, seed: number): BackdropSprite {
  const base = palettes[mood.place];
  const palette = paletteAt(mood, base);
  const disc =
    mood.place === 'room'
      ? undefined
      : mood.hour === 'night'
        ? { x: 0.74, y: 0.18, radius: 0.035, colour: [226, 230, 240] as Colour }
        : mood.hour === 'sunrise'
          ? { x: 0.66, y: 0.5, radius: 0.06, colour: [255, 214, 150] as Colour }
          : undefined;
  return { make: 'backdrop', width, height, ...palette, horizon: 0.58, skyline: skylines[mood.place], disc, seed };
}

function paletteAt({ hour, warm, place }: Mood, base: Palette): Palette {
  if (hour === 'sunrise') return sunriseOf(base);
  if (hour === 'night') return nightOf(base);
  return warm && place !== 'space' ? warmOf(base) : base;
}

function mix(one: Colour, other: Colour, amount: number): Colour {
  const blend = (index: 0 | 1 | 2) => Math.round(one[index] + (other[index] - one[index]) * amount);
  return [blend(0), blend(1), blend(2)];
}

function sunriseOf(base: Palette): Palette {
  return {
    skyTop: mix(base.skyTop, [96, 92, 136], 0.6),
    skyLow: mix(base.skyLow, [250, 190, 130], 0.75),
    groundFar: mix(base.groundFar, [196, 138, 104], 0.4),
    groundNear: mix(base.groundNear, [70, 50, 50], 0.5),
  };
}

function nightOf(base: Palette): Palette {
  return {
    skyTop: mix(base.skyTop, [8, 12, 34], 0.85),
    skyLow: mix(base.skyLow, [44, 56, 96], 0.85),
    groundFar: mix(base.groundFar, [34, 40, 66], 0.75),
    groundNear: mix(base.groundNear, [12, 16, 30], 0.75),
  };
}

function warmOf(base: Palette): Palette {
  return {
    skyTop: mix(base.skyTop, [128, 172, 216], 0.6),
    skyLow: mix(base.skyLow, [255, 230, 184], 0.7),
    groundFar: mix(base.groundFar, [206, 176, 112], 0.34),
    groundNear: mix(base.groundNear, [112, 92, 48], 0.26),
  };
}
