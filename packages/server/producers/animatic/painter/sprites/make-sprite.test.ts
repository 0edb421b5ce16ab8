import type { BackdropSprite, CutoutSprite, FigureSprite, Sprite, TextSprite } from '@refreel/core/animatic';
import type { SpriteSources } from '@refreel/core/painting';
import { describe, expect, test } from 'vitest';
import type { Rgba as Pixels } from '../../../../media/rgba.ts';
import type { Rgba } from '../rgba.ts';
import { makeSprite } from './make-sprite.ts';

const whole = { left: 0, top: 0, right: 1, bottom: 1 };

const text: TextSprite = {
  make: 'text',
  lines: ['Shot 3', '她走进厨房'],
  pixels: 40,
  weight: 700,
  colour: [255, 240, 200],
  align: 'centre',
  box: 0.5,
  mostWidth: 1000,
};

const cutout: CutoutSprite = {
  make: 'cutout',
  media: 'disc',
  box: whole,
  flip: false,
  light: undefined,
  feather: [],
  width: 90,
  height: 90,
};

const backdrop: BackdropSprite = {
  make: 'backdrop',
  width: 320,
  height: 180,
  skyTop: [62, 98, 150],
  skyLow: [246, 196, 150],
  groundFar: [112, 120, 98],
  groundNear: [66, 74, 56],
  horizon: 0.6,
  skyline: 'hills',
  disc: undefined,
  seed: 7,
};

/** `disc`: a grey disc, its left half darker, whose hidden surroundings are bright green. `halves`: red and blue. */
const sources: SpriteSources = {
  picture: async () => pixels(100, 50, (x) => (x < 50 ? [255, 0, 0, 255] : [0, 0, 255, 255])),
  cutout: async () =>
    pixels(200, 200, (x, y) =>
      Math.hypot(x - 99.5, y - 99.5) < 90 ? (x < 100 ? [100, 100, 100, 255] : [160, 160, 160, 255]) : [0, 255, 0, 0],
    ),
};

function figure(shape: FigureSprite['shape']): FigureSprite {
  return { make: 'figure', shape, colour: [120, 140, 170], width: 120, height: 200 };
}

const skylines = ['plain', 'hills', 'city', 'trees', 'waves', 'room'] as const;
const everySprite: readonly (readonly [string, Sprite])[] = [
  ['cutout', { ...cutout, light: { key: [80, 90, 200], fill: [60, 50, 40], amount: 0.4 }, feather: ['bottom'] }],
  [
    'picture',
    { make: 'picture', media: 'halves', crop: whole, radius: 12, blur: 2, grade: undefined, width: 64, height: 48 },
  ],
  ['text', text],
  ['shadow', { make: 'shadow', width: 60, height: 20, strength: 0.5 }],
  ['dot', { make: 'dot', colour: [255, 255, 255], width: 9, height: 9 }],
  ...skylines.map((skyline) => [`backdrop ${skyline}`, { ...backdrop, skyline }] as const),
  ...(['person', 'animal', 'resting-animal', 'thing'] as const).map(
    (shape) => [`figure ${shape}`, figure(shape)] as const,
  ),
];

describe('every sprite', () => {
  test.each(everySprite)('%s is made in its size, and the same each time', async (_, sprite) => {
    const made = await makeSprite(sprite, sources);
    expect(made.data.length).toBe(made.width * made.height * 4);
    if ('width' in sprite) expect([made.width, made.height]).toEqual([sprite.width, sprite.height]);
    expect(Buffer.compare(made.data, (await makeSprite(sprite, sources)).data)).toBe(0);
    const alphas = made.data.filter((_value, at) => at % 4 === 3);
    expect(Math.max(...alphas)).toBeGreaterThan(100);
    if (made.opaque) expect(Math.min(...alphas)).toBe(255);
  });
});

describe('text', () => {
  test('long lines are set narrower, never wider than they may be', async () => {
    const long = { ...text, lines: ['A line that is far too long for the room that it has'] };
    const free = await makeSprite({ ...long, mostWidth: 5000 }, sources);
    const set = await makeSprite({ ...long, mostWidth: 400 }, sources);
    expect(free.width).toBeGreaterThan(800);
    expect(set.width).toBe(400);
    expect(set.height).toBe(free.height);
  });

  test('letters stand in the middle of their box, Latin and Chinese alike', async () => {
    for (const line of ['HEN', '国国']) {
      const made = await makeSprite({ ...text, colour: [255, 255, 255], lines: [line] }, sources);
      const rows = bright(made);
      expect(Math.abs((rows[0]! + rows.at(-1)! + 1) / 2 - made.height / 2)).toBeLessThan(text.pixels * 0.05);
    }
  });

  test('Chinese, accents and Cyrillic have letters of their own; what no font has is drawn all the same', async () => {
    const look = async (line: string) => {
      const { data, width, height } = await makeSprite({ ...text, lines: [line] }, sources);
      return `${width}x${height} ${Buffer.from(data).toString('base64')}`;
    };
    const missing = await look('\u{10ffff}');
    for (const line of ['猫', '狗', 'é', 'Ж', 'ệ', 'カ']) expect(await look(line), line).not.toBe(missing);
    for (const line of ['😀', '', 'ع\u0000\u200d']) await expect(look(line)).resolves.toBeTruthy();
  });

  test('without a box, letters have a dark outline', async () => {
    const made = await makeSprite({ ...text, colour: [255, 255, 255], box: 0 }, sources);
    expect(made.data[3]).toBe(0);
    let dark = 0;
    for (let at = 0; at < made.data.length; at += 4) if (made.data[at + 3]! > 120 && made.data[at]! < 40) dark += 1;
    expect(dark).toBeGreaterThan(100);
  });
});

describe('cutout', () => {
  test('the hidden colour around the subject never shows at its edge', async () => {
    const made = await makeSprite(cutout, sources);
    for (let at = 0; at < made.data.length; at += 4)
      if (made.data[at + 3]! > 12) expect(made.data[at + 1]! - made.data[at]!).toBeLessThan(24);
  });

  test('flip mirrors it, and the edges that fade stay where the sprite says', async () => {
    const plain = await makeSprite(cutout, sources);
    const flipped = await makeSprite({ ...cutout, flip: true }, sources);
    expect(pixel(plain, 20, 45)[0]).toBeLessThan(110);
    expect(pixel(flipped, 20, 45)[0]).toBeGreaterThan(150);
    const cut = { ...cutout, box: { left: 0.3, top: 0.3, right: 0.7, bottom: 0.7 } };
    const faded = await makeSprite({ ...cut, feather: ['bottom'] }, sources);
    expect(pixel(faded, 45, 89)[3]).toBeLessThan(10);
    expect(pixel(faded, 45, 70)[3]).toBe(255);
    expect(pixel(faded, 45, 0)[3]).toBe(255);
  });

  test('light of no amount changes nothing', async () => {
    const dark = { key: [10, 10, 60], fill: [40, 20, 0], amount: 0 } as const;
    const plain = await makeSprite(cutout, sources);
    const lit = await makeSprite({ ...cutout, light: { ...dark, key: [10, 10, 60], fill: [40, 20, 0] } }, sources);
    expect(Buffer.compare(lit.data, plain.data)).toBe(0);
  });

  test('a blue evening makes the subject darker and bluer, more so from above, and no grey turns into a lamp', async () => {
    const plain = await makeSprite(cutout, sources);
    const lit = await makeSprite({ ...cutout, light: { key: [20, 40, 90], fill: [60, 50, 40], amount: 0.6 } }, sources);
    const [red, , blue] = pixel(lit, 45, 20);
    expect(red).toBeLessThan(pixel(plain, 45, 20)[0]);
    expect(blue).toBeGreaterThan(red + 15);
    expect(blue).toBeLessThan(pixel(plain, 45, 20)[2] * 1.15);
    const [lowRed, , lowBlue] = pixel(lit, 60, 75);
    expect(lowBlue - lowRed).toBeLessThan(blue - red);
    expect(pixel(lit, 45, 45)[3]).toBe(255);
  });

  test('a bright scene shines around the edge', async () => {
    const light = { key: [255, 220, 160], fill: [200, 180, 140], amount: 1 } as const;
    const lit = await makeSprite(
      { ...cutout, width: 180, height: 180, light: { ...light, key: [255, 220, 160], fill: [200, 180, 140] } },
      sources,
    );
    expect(pixel(lit, 9, 90)[0]).toBeGreaterThan(pixel(lit, 40, 90)[0] + 10);
  });
});

describe('picture', () => {
  test('shows its crop', async () => {
    const made = await makeSprite(
      {
        make: 'picture',
        media: 'halves',
        crop: { left: 0.5, top: 0, right: 1, bottom: 1 },
        radius: 0,
        blur: 0,
        grade: undefined,
        width: 20,
        height: 20,
      },
      sources,
    );
    expect(made.opaque).toBe(true);
    expect(pixel(made, 0, 10)).toEqual([0, 0, 255, 255]);
    expect(pixel(made, 19, 10)).toEqual([0, 0, 255, 255]);
  });

  test('a card has clear corners and a light line', async () => {
    const made = await makeSprite(
      { make: 'picture', media: 'halves', crop: whole, radius: 10, blur: 0, grade: undefined, width: 80, height: 40 },
      sources,
    );
    expect(made.opaque).toBe(false);
    expect(pixel(made, 0, 0)[3]).toBe(0);
    expect(pixel(made, 20, 0)[1]).toBeGreaterThan(200);
    expect(pixel(made, 20, 20)).toEqual([255, 0, 0, 255]);
  });
});

describe('backdrop', () => {
  test('another seed is another skyline', async () => {
    const one = await makeSprite(backdrop, sources);
    expect(Buffer.compare(one.data, (await makeSprite({ ...backdrop, seed: 8 }, sources)).data)).not.toBe(0);
  });

  test('its sky has no bands: a row where the colour changes slowly is dithered, not one value', async () => {
    const sky = {
      ...backdrop,
      width: 640,
      height: 720,
      skyTop: [60, 70, 90],
      skyLow: [80, 90, 110],
      skyline: 'plain',
    } as const;
    const made = await makeSprite({ ...sky, skyTop: [60, 70, 90], skyLow: [80, 90, 110] }, sources);
    for (let y = 40; y < 300; y += 20) {
      const row = new Set(Array.from({ length: 64 }, (_, x) => pixel(made, 288 + x, y)[0]));
      expect(row.size).toBeGreaterThan(1);
    }
  });

  test('a sun stands where it should', async () => {
    const made = await makeSprite(
      { ...backdrop, skyline: 'plain', disc: { x: 0.25, y: 0.3, radius: 0.06, colour: [255, 240, 200] } },
      sources,
    );
    expect(pixel(made, 80, 54)[0]).toBeGreaterThan(245);
    expect(pixel(made, 240, 54)[0]).toBeLessThan(170);
  });
});

describe('shadow', () => {
  test('is as dark as asked in the middle and clear at the border', async () => {
    const made = await makeSprite({ make: 'shadow', width: 80, height: 30, strength: 0.5 }, sources);
    expect(Math.abs(pixel(made, 40, 15)[3] - 127)).toBeLessThan(4);
    expect([pixel(made, 0, 0)[3], pixel(made, 79, 29)[3]]).toEqual([0, 0]);
  });
});

type Pixel = readonly [number, number, number, number];

function pixel({ data, width }: Rgba, x: number, y: number): Pixel {
  const at = (y * width + x) * 4;
  return [data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!];
}

/** Rows that hold a bright pixel. */
function bright({ data, width, height }: Rgba): number[] {
  return Array.from({ length: height }, (_, row) => row).filter((row) => {
    for (let at = row * width * 4; at < (row + 1) * width * 4; at += 4)
      if (data[at]! > 180 && data[at + 3]! > 180) return true;
    return false;
  });
}

function pixels(width: number, height: number, at: (x: number, y: number) => Pixel): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(at(x, y), (y * width + x) * 4);
  return { data, width, height };
}

test('a graded picture takes the colour of the hour, and bright places keep some of their own', async () => {
  const sprite = { make: 'picture', media: 'halves', crop: whole, radius: 0, blur: 0, width: 64, height: 48 } as const;
  const plain = await makeSprite({ ...sprite, grade: undefined }, sources);
  const night = await makeSprite({ ...sprite, grade: [0.42, 0.5, 0.78] }, sources);
  const sum = ({ data }: { data: Uint8Array }, channel: number) =>
    data.reduce((total, value, at) => total + (at % 4 === channel ? value : 0), 0);
  expect(sum(night, 0)).toBeLessThan(sum(plain, 0) * 0.6);
  expect(sum(night, 2)).toBeGreaterThan(sum(plain, 2) * 0.7);
});
