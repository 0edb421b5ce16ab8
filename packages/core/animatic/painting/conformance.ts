import type { DrawList, DrawOperation, Place } from '../draw-list.ts';
import { drawListVersion } from '../draw-list.ts';
import type { Rgba } from './rgba.ts';

/** sRGB, 0 to 255. */
type Colour = readonly [number, number, number];

/** The mean colour of an area of the painted frame, in whole pixels, is `colour`, each channel to within `tolerance`. */
export interface PixelCheck extends Place {
  readonly colour: Colour;
  readonly tolerance: number;
}

/** What every painter of draw lists must get right. Nothing here needs a file or a platform. */
export interface PaintingCase {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly pictures: Readonly<Record<string, Rgba>>;
  /** Clips with the one frame that they show. */
  readonly clips: Readonly<Record<string, { readonly radius: number; readonly frame: Rgba }>>;
  readonly list: DrawList;
  readonly checks: readonly PixelCheck[];
}

const black: Colour = [0, 0, 0];
const white: Colour = [255, 255, 255];
const red: Colour = [255, 0, 0];
const blue: Colour = [0, 0, 255];
const grey: Colour = [128, 128, 128];

/** Chroma of 4:2:0 and limited range cost this much on a flat area. */
const flat = 3;
/** Where coverage or alpha is part of it. */
const soft = 5;

export const paintingCases: readonly PaintingCase[] = [
  paintingCase('an empty list is a black frame', {
    operations: [],
    checks: [check(0, 0, 64, 48, black)],
  }),
  ...Object.entries({
    white,
    black,
    grey,
    red,
    green: [0, 255, 0],
    blue,
    yellow: [255, 255, 0],
    skin: [224, 172, 140],
  } satisfies Record<string, Colour>).map(([name, colour]) =>
    paintingCase(`${name} stays ${name}`, {
      pictures: { plain: plain(8, 8, colour) },
      operations: [sprite('plain', 0, 0, 64, 48)],
      checks: [check(0, 0, 64, 48, colour), check(0, 0, 1, 1, colour), check(63, 47, 1, 1, colour)],
    }),
  ),
  paintingCase('later operations are in front', {
    pictures: { red: plain(8, 8, red), blue: plain(8, 8, blue) },
    operations: [sprite('red', 0, 0, 40, 48), sprite('blue', 20, 0, 44, 48)],
    checks: [check(0, 0, 20, 48, red), check(20, 0, 44, 48, blue)],
  }),
  paintingCase('a sprite is stretched into its place, the right way round', {
    pictures: { quarters: quarters(16, 16, white, red, blue, grey) },
    operations: [sprite('quarters', 8, 4, 48, 40)],
    checks: [
      check(10, 6, 18, 14, white),
      check(36, 6, 18, 14, red),
      check(10, 28, 18, 14, blue),
      check(36, 28, 18, 14, grey),
      check(0, 0, 8, 48, black),
      check(56, 0, 8, 48, black),
      check(8, 0, 48, 4, black),
      check(8, 44, 48, 4, black),
    ],
  }),
  paintingCase('opacity mixes with what is behind', {
    pictures: { white: plain(8, 8, white), black: plain(8, 8, black) },
    operations: [sprite('white', 0, 0, 64, 48), sprite('black', 0, 0, 32, 48, 0.25)],
    checks: [check(0, 0, 32, 48, [191, 191, 191]), check(32, 0, 32, 48, white)],
  }),
  paintingCase('opacity 0 draws nothing', {
    pictures: { white: plain(8, 8, white) },
    operations: [sprite('white', 0, 0, 64, 48, 0)],
    checks: [check(0, 0, 64, 48, black)],
  }),
  paintingCase('alpha of the sprite mixes with what is behind', {
    pictures: { white: plain(8, 8, white), half: plain(8, 8, red, 128) },
    operations: [sprite('white', 0, 0, 64, 48), sprite('half', 0, 0, 64, 48)],
    checks: [check(0, 0, 64, 48, [255, 127, 127], soft)],
  }),
  paintingCase('alpha and opacity are multiplied', {
    pictures: { white: plain(8, 8, white), half: plain(8, 8, black, 128) },
    operations: [sprite('white', 0, 0, 64, 48), sprite('half', 0, 0, 64, 48, 0.5)],
    checks: [check(0, 0, 64, 48, [191, 191, 191], soft)],
  }),
  paintingCase('a clear sprite whose hidden colour is bright leaves no trace', {
    pictures: { clear: plain(20, 20, white, 0), grey: plain(8, 8, grey) },
    operations: [sprite('grey', 0, 0, 64, 48), sprite('clear', 10.3, 8.7, 33.3, 31.1)],
    checks: [check(0, 0, 64, 48, grey, 1)],
  }),
  ...(['opaque', 'with alpha'] as const).map((kind) =>
    paintingCase(`an edge in the middle of a pixel covers a part of it, ${kind}`, {
      pictures: { white: { ...plain(8, 8, white), opaque: kind === 'opaque' } },
      operations: [sprite('white', 10.25, 12.5, 20, 20)],
      checks: [
        check(10, 14, 1, 16, [191, 191, 191]),
        check(30, 14, 1, 16, [64, 64, 64]),
        check(12, 12, 16, 1, [128, 128, 128]),
        check(11, 13, 19, 19, white),
        check(9, 0, 1, 48, black),
        check(31, 0, 1, 48, black),
        check(0, 11, 64, 1, black),
        check(0, 33, 64, 1, black),
      ],
    }),
  ),
  paintingCase('a sprite as bright as its background has no visible edge', {
    pictures: { grey: plain(8, 8, grey), same: { ...plain(8, 8, grey), opaque: false } },
    operations: [
      sprite('grey', 0, 0, 64, 48),
      sprite('same', 10.4, 11.3, 21.7, 17.9),
      sprite('grey', 5.5, 5.5, 9.3, 9.1),
    ],
    checks: everyPixel(64, 48, grey, flat),
  }),
  paintingCase('a sprite partly outside shows its inner part', {
    pictures: { quarters: quarters(32, 32, white, red, blue, grey) },
    operations: [sprite('quarters', -32, -24, 64, 48), sprite('quarters', 48, 36, 64, 48)],
    checks: [check(2, 2, 28, 20, grey), check(50, 38, 14, 10, white), check(33, 0, 15, 35, black)],
  }),
  paintingCase('a sprite wholly outside is not seen', {
    pictures: { white: plain(8, 8, white) },
    operations: [
      sprite('white', -20, 0, 20, 48),
      sprite('white', 64, 0, 20, 48),
      sprite('white', 0, -30, 64, 30),
      sprite('white', 0, 48, 64, 10),
      sprite('white', -1e6, -1e6, 10, 10),
      sprite('white', 10, 10, 0, 20),
    ],
    checks: [check(0, 0, 64, 48, black)],
  }),
  paintingCase('a sprite far larger than the frame fills it', {
    pictures: { quarters: quarters(64, 64, white, red, blue, grey) },
    operations: [sprite('quarters', -10_000, -10_000, 10_050, 10_050)],
    checks: [check(0, 0, 50, 48, grey), check(50, 0, 14, 48, black)],
  }),
  paintingCase('upscaled 16 times, a step between two colours is a slope', {
    pictures: { halves: quarters(2, 2, black, white, black, white) },
    operations: [sprite('halves', 0, 0, 32, 32)],
    checks: [check(0, 4, 8, 24, black), check(24, 4, 8, 24, white), check(15, 4, 2, 24, grey, soft)],
  }),
  paintingCase('downscaled 8 times, fine lines become their mean', {
    pictures: { lines: lines(256, 256) },
    operations: [sprite('lines', 8, 8, 32, 32)],
    checks: [check(10, 10, 28, 28, grey, soft), check(20, 20, 2, 2, grey, soft), check(0, 0, 8, 48, black)],
  }),
  paintingCase('downscaled by no whole number, fine lines leave no pattern', {
    pictures: { lines: lines(256, 256) },
    operations: [sprite('lines', 8, 8, 37, 37)],
    checks: Array.from({ length: 30 }, (_, index) => check(11 + index, 20, 1, 1, grey, soft)),
  }),
  paintingCase('downscaled in one direction only', {
    pictures: { quarters: quarters(300, 30, white, red, blue, grey) },
    operations: [sprite('quarters', 10, 9, 20, 30)],
    // A painter may halve both directions at once: only the middle of each quarter is sure.
    checks: [
      check(12, 10, 4, 6, white, 12),
      check(24, 10, 4, 6, red, 12),
      check(12, 33, 4, 4, blue, 12),
      check(24, 33, 4, 4, grey, 12),
    ],
  }),
  paintingCase('a text stands at its anchor, in its own size, on whole pixels', {
    pictures: { letters: plain(20, 10, white, 254), mark: plain(9, 9, red) },
    operations: [text('letters', 32.3, 44.4, 0.5, 1), text('mark', 4.2, 3.8, 0, 0), text('letters', 70, 24, 1, 0.5)],
    checks: [
      check(22, 34, 20, 10, white),
      check(21, 34, 1, 10, black),
      check(42, 34, 1, 10, black),
      check(22, 33, 20, 1, black),
      check(22, 44, 20, 1, black),
      check(4, 4, 8, 8, red),
      check(0, 0, 3, 20, black),
      check(50, 19, 14, 10, white),
    ],
  }),
  paintingCase('pictures of one pixel and of odd sizes', {
    pictures: { one: plain(1, 1, red), odd: plain(7, 3, blue, 255), thin: plain(1, 9, white) },
    operations: [sprite('one', 0, 0, 20, 48), sprite('odd', 20, 0, 20, 48), sprite('thin', 40, 0, 24, 48)],
    checks: [check(0, 0, 20, 48, red), check(20, 0, 20, 48, blue), check(40, 0, 24, 48, white)],
  }),
  paintingCase('a fade moves everything drawn before it, and nothing after', {
    pictures: { white: plain(8, 8, white), red: plain(8, 8, red) },
    operations: [
      sprite('white', 0, 0, 64, 48),
      { op: 'fade', colour: [0, 0, 0], amount: 0.5 },
      sprite('red', 32, 0, 32, 48),
    ],
    checks: [check(0, 0, 32, 48, [127, 127, 127]), check(32, 0, 32, 48, red)],
  }),
  paintingCase('a whole fade is its colour', {
    pictures: { white: plain(8, 8, white) },
    operations: [sprite('white', 0, 0, 64, 48), { op: 'fade', colour: [40, 90, 200], amount: 1 }],
    checks: [check(0, 0, 64, 48, [40, 90, 200])],
  }),
  paintingCase('a fade of nothing leaves the frame', {
    pictures: { white: plain(8, 8, white) },
    operations: [sprite('white', 0, 0, 64, 48), { op: 'fade', colour: [0, 0, 0], amount: 0 }],
    checks: [check(0, 0, 64, 48, white)],
  }),
  paintingCase('a clip shows its frame', {
    clips: { film: { radius: 0, frame: quarters(32, 24, white, red, blue, grey) } },
    operations: [video('film', 8, 0, 48, 48)],
    checks: [check(10, 2, 20, 20, white), check(34, 26, 20, 20, grey), check(0, 0, 8, 48, black)],
  }),
  paintingCase('a clip with a radius has round corners', {
    pictures: { red: plain(8, 8, red) },
    clips: { film: { radius: 12, frame: plain(40, 40, white) } },
    operations: [sprite('red', 0, 0, 64, 48), video('film', 4, 4, 40, 40)],
    checks: [
      check(4, 4, 2, 2, red),
      check(42, 42, 2, 2, red),
      check(16, 4, 16, 40, white),
      check(4, 16, 40, 16, white),
    ],
  }),
  ...sizes([854, 480], [18, 18], [16, 16], [320, 180], [1080, 1920], [34, 22]),
];

/** Every size of frame holds its picture up to the last row and column. */
function sizes(...all: readonly (readonly [number, number])[]): PaintingCase[] {
  return all.map(([width, height]) =>
    paintingCase(`a frame of ${width}x${height}`, {
      width,
      height,
      pictures: { quarters: quarters(64, 64, white, red, blue, grey), dot: plain(2, 2, white, 200) },
      operations: [sprite('quarters', 0, 0, width, height), sprite('dot', width - 2, height - 2, 2, 2)],
      checks: [
        check(0, 0, width * 0.4, height * 0.4, white),
        check(width - 4, 0, 4, 4, red),
        check(0, height - 4, 4, 4, blue),
        check(width - 6, height - 6, 4, 4, grey),
        check(width - 2, height - 2, 2, 2, [227, 227, 227], soft),
      ],
    }),
  );
}

function paintingCase(
  name: string,
  given: Partial<Pick<PaintingCase, 'width' | 'height' | 'pictures' | 'clips'>> & {
    readonly operations: readonly DrawOperation[];
    readonly checks: readonly PixelCheck[];
  },
): PaintingCase {
  const { operations, checks, width = 64, height = 48, pictures = {}, clips = {} } = given;
  return { name, width, height, pictures, clips, list: { version: drawListVersion, operations }, checks };
}

function sprite(key: string, x: number, y: number, width: number, height: number, opacity = 1): DrawOperation {
  return { op: 'sprite', sprite: key, x, y, width, height, opacity };
}

function text(key: string, x: number, y: number, alignX: number, alignY: number): DrawOperation {
  return { op: 'text', sprite: key, x, y, alignX, alignY, opacity: 1 };
}

function video(key: string, x: number, y: number, width: number, height: number): DrawOperation {
  return { op: 'video', clip: key, seconds: 0, x, y, width, height, opacity: 1 };
}

function check(x: number, y: number, width: number, height: number, colour: Colour, tolerance = flat): PixelCheck {
  return { x, y, width: Math.floor(width), height: Math.floor(height), colour, tolerance };
}

function everyPixel(width: number, height: number, colour: Colour, tolerance: number): PixelCheck[] {
  const checks: PixelCheck[] = [];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) checks.push(check(x, y, 1, 1, colour, tolerance));
  return checks;
}

function picture(width: number, height: number, colourAt: (x: number, y: number) => Colour, alpha = 255): Rgba {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set([...colourAt(x, y), alpha], (y * width + x) * 4);
  return { data, width, height, opaque: alpha === 255 };
}

function plain(width: number, height: number, colour: Colour, alpha = 255): Rgba {
  return picture(width, height, () => colour, alpha);
}

/** Top left, top right, bottom left, bottom right. */
function quarters(width: number, height: number, ...[a, b, c, d]: readonly [Colour, Colour, Colour, Colour]): Rgba {
  return picture(width, height, (x, y) => (y < height / 2 ? (x < width / 2 ? a : b) : x < width / 2 ? c : d));
}

/** Upright lines, one pixel black, one pixel white. */
function lines(width: number, height: number): Rgba {
  return picture(width, height, (x) => (x % 2 === 0 ? black : white));
}
