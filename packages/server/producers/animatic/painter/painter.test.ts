import type { DrawList, DrawOperation, Place } from '@refreel/core/animatic';
import { drawListVersion } from '@refreel/core/animatic';
import { type PaintingCase, type PixelCheck, paintingCases } from '@refreel/core/painting-cases';
import { describe, expect, test } from 'vitest';
import type { I420 } from '../../../media/rgba.ts';
import type { Painter } from './painter.ts';
import { createPainter } from './painter.ts';
import type { Rgba } from './rgba.ts';

describe('every painter', () => {
  test.each(paintingCases.map((each) => [each.name, each] as const))('%s', (_, given) => {
    const frame = paintCase(given);
    expect(frame.length).toBe((given.width * given.height * 3) / 2);
    for (const check of given.checks) {
      const found = meanColour(frame, given.width, given.height, check);
      const furthest = Math.max(...found.map((value, channel) => Math.abs(value - check.colour[channel]!)));
      expect(furthest, `${JSON.stringify(check)} is ${found}`).toBeLessThanOrEqual(check.tolerance);
    }
  });
});

describe('the WASM painter', () => {
  test.each([
    ['white', [255, 255, 255], [235, 128, 128]],
    ['black', [0, 0, 0], [16, 128, 128]],
    ['grey', [128, 128, 128], [126, 128, 128]],
    // BT.709 limited range, as colour bars at full amplitude have it.
    ['red', [255, 0, 0], [63, 102, 240]],
    ['green', [0, 255, 0], [173, 42, 26]],
    ['blue', [0, 0, 255], [32, 240, 118]],
    ['yellow', [255, 255, 0], [219, 16, 138]],
    ['cyan', [0, 255, 255], [188, 154, 16]],
    ['magenta', [255, 0, 255], [78, 214, 230]],
  ] as const)('%s has the exact values of BT.709', (_, [red, green, blue], values) => {
    for (const opaque of [true, false]) {
      const painter = createPainter({ width: 16, height: 16 });
      const data = new Uint8Array(4 * 4 * 4).map((_byte, index) => [red, green, blue, 255][index % 4]!);
      painter.addPicture('plain', { data, width: 4, height: 4, opaque });
      painter.paint(list(sprite('plain', 0, 0, 16, 16)));
      const frame = painter.frame();
      expect([frame[0], frame[256], frame[320]]).toEqual(values);
      painter.paint(list({ op: 'fade', colour: [red, green, blue], amount: 1 }));
      const faded = painter.frame();
      expect([faded[0], faded[256], faded[320]]).toEqual(values);
    }
  });

  test.each(['opaque', 'with alpha'])('a slow move goes in even steps far below a pixel: %s', (kind) => {
    const painter = createPainter({ width: 64, height: 64 });
    painter.addPicture('bar', { ...bar(40, 40), opaque: kind === 'opaque' });
    const step = 0.037;
    for (const axis of ['x', 'y'] as const) {
      const centres = Array.from({ length: 120 }, (_, index) => {
        const along = 8 + index * step;
        painter.paint(list(sprite('bar', axis === 'x' ? along : 4, axis === 'y' ? along : 4, 36.3, 36.3)));
        return centre(painter.frame(), 64, 64)[axis];
      });
      expectEvenSteps(centres, step, 0.012);
    }
  });

  test('a slow zoom goes in even steps far below a pixel', () => {
    const painter = createPainter({ width: 320, height: 180 });
    // A bright spot at three quarters of the width, which the zoom pushes to the right.
    const spot = blob(400, 225, 300, 112, 9);
    painter.addPicture('scene', spot);
    const frames = 100;
    const zoom = 0.0004;
    const centres = Array.from({ length: frames }, (_, index) => {
      const scale = (320 / 400) * (1.05 + index * zoom);
      const [width, height] = [400 * scale, 225 * scale];
      painter.paint(list(sprite('scene', (320 - width) / 2, (180 - height) / 2, width, height)));
      return centre(painter.frame(), 320, 180).x;
    });
    // A point 100 pixels right of the picture's middle.
    expectEvenSteps(centres, (320 / 400) * zoom * 100, 0.02);
  });

  test('the same calls give the same bytes', () => {
    for (const given of paintingCases) expect(Buffer.compare(paintCase(given), paintCase(given))).toBe(0);
  });

  test('what was there before never shines through', () => {
    const painter = createPainter({ width: 34, height: 22 });
    painter.addPicture('bar', bar(20, 20));
    painter.addPicture('half', { ...bar(20, 20), data: bar(20, 20).data.fill(128), opaque: false });
    const wanted = list(sprite('half', 3, 3, 20, 10));
    painter.paint(wanted);
    const first = Buffer.from(painter.frame());
    painter.paint(list(sprite('bar', 0, 0, 34, 22)));
    painter.paint(wanted);
    expect(Buffer.compare(painter.frame(), first)).toBe(0);
  });

  test('what something in front hides is left out, and never missed', () => {
    const [width, height] = [200, 120];
    const painter = createPainter({ width, height });
    const random = randomNumbers(7);
    const within = (from: number, to: number) => from + random() * (to - from);
    for (const key of ['a', 'b', 'c', 'd']) painter.addPicture(key, ragged(90, 70, random));
    painter.addPicture('scene', bar(64, 36));
    for (let round = 0; round < 60; round++) {
      const places = ['a', 'b', 'c', 'd', 'a', 'scene', 'b'].map((key): readonly [string, Place] => {
        const size = within(0.6, 3);
        return [key, { x: within(-90, 180), y: within(-60, 100), width: 90 * size, height: 70 * size }];
      });
      const layers = (opacity: number): DrawOperation[] =>
        places.map(
          ([key, { x, y, width: w, height: h }]) => ({ ...sprite(key, x, y, w, h), opacity }) as DrawOperation,
        );
      const tint: DrawOperation = { op: 'fade', colour: [200, 40, 90], amount: 0.3 };
      const paint = (opacity: number) => {
        const [first, second, ...others] = layers(opacity);
        painter.paint(list(first!, second!, tint, ...others));
        return Buffer.from(painter.frame());
      };
      // A hair's breadth of transparency hides nothing, and changes no pixel by more than its rounding.
      const [solid, clear] = [paint(1), paint(0.9999)];
      const furthest = solid.reduce((most, value, at) => Math.max(most, Math.abs(value - clear[at]!)), 0);
      expect(furthest, `round ${round}`).toBeLessThanOrEqual(4);
    }
  });

  test.each([48, 50])('a frame stays as it is while the next one is painted: width %i', (width) => {
    const painter = createPainter({ width, height: 18 });
    painter.addPicture('white', bar(4096, 4096));
    painter.paint(list());
    const frame = painter.frame();
    const { buffer } = frame;
    // Smaller sizes of the picture are made on the way.
    painter.paint(list(sprite('white', 0, 0, width, 18)));
    expect(frame.every((value, at) => value === (at < width * 18 ? 16 : 128))).toBe(true);
    expect(painter.frame()[0]).toBe(235);
    expect(painter.frame().buffer).toBe(buffer);
  });

  test('a clip takes planes as they are, and a new frame replaces the old one at every size', () => {
    const painter = createPainter({ width: 64, height: 48 });
    painter.addClip('film', { width: 64, height: 48, radius: 0 });
    const planes = (luma: number): I420 => ({
      data: new Uint8Array(64 * 48 * 1.5).fill(luma, 0, 64 * 48).fill(90, 64 * 48),
      width: 64,
      height: 48,
    });
    for (const luma of [50, 200]) {
      painter.setClipFrame('film', planes(luma));
      for (const size of [64, 12]) {
        painter.paint(
          list({ op: 'video', clip: 'film', seconds: 0, x: 0, y: 0, width: size, height: size, opacity: 1 }),
        );
        const frame = painter.frame();
        expect([frame[65], frame[64 * 48], frame[64 * 48 * 1.25]]).toEqual([luma, 90, 90]);
      }
    }
  });

  test('a clip at its own size keeps every byte', () => {
    const painter = createPainter({ width: 64, height: 48 });
    painter.addClip('film', { width: 64, height: 48, radius: 0 });
    const data = new Uint8Array(64 * 48 * 1.5).map((_, at) => 16 + ((at * 7919) % 224));
    painter.setClipFrame('film', { data, width: 64, height: 48 });
    painter.paint(list({ op: 'video', clip: 'film', seconds: 0, x: 0, y: 0, width: 64, height: 48, opacity: 1 }));
    expect(Buffer.compare(painter.frame(), data)).toBe(0);
  });

  test('chroma sits on the left pixel: a colour that rises along the row is met there', () => {
    const painter = createPainter({ width: 64, height: 16 });
    const ramp = new Uint8Array(64 * 16 * 4).map((_, at) => [2 * ((at >> 2) % 64), 0, 128, 255][at % 4]!);
    painter.addPicture('ramp', { data: ramp, width: 64, height: 16, opaque: true });
    painter.paint(list(sprite('ramp', 0, 0, 64, 16)));
    const frame = painter.frame();
    for (let column = 4; column < 28; column++) {
      // Cr of (2 * pixel, 0, 128), at pixel 2 * column.
      const red = 2 * 2 * column;
      const wanted = 128 + (224 / 255) * ((red - (0.2126 * red + 0.0722 * 128)) / 1.5748);
      expect(Math.abs(frame[64 * 16 * 1.25 + column]! - wanted)).toBeLessThan(0.8);
    }
  });

  test('memory is counted, grows with what is added, and is let go', () => {
    const painter = createPainter({ width: 64, height: 48 });
    const before = painter.bytes;
    painter.addPicture('large', { ...bar(1000, 1000) });
    expect(painter.bytes - before).toBeGreaterThanOrEqual(1_500_000);
    expect(painter.bytes - before).toBeLessThan(1_510_000);
    painter.free();
    expect(painter.bytes).toBe(0);
    expect(() => painter.frame()).toThrow('freed');
  });

  test('bugs of the caller throw', () => {
    const painter = createPainter({ width: 64, height: 48 });
    painter.addPicture('bar', bar(8, 8));
    painter.addClip('film', { width: 8, height: 8, radius: 0 });
    const at = { x: 0, y: 0, width: 8, height: 8, opacity: 1 };
    expect(() => painter.paint(list({ op: 'sprite', sprite: 'other', ...at }))).toThrow('"other"');
    expect(() => painter.paint(list({ op: 'video', clip: 'other', seconds: 0, ...at }))).toThrow('"other"');
    expect(() => painter.paint(list({ op: 'video', clip: 'film', seconds: 0, ...at }))).toThrow(
      'before its first frame',
    );
    expect(() => painter.setClipFrame('film', bar(9, 8))).toThrow(RangeError);
    expect(() => painter.setClipFrame('film', { ...bar(8, 8), data: new Uint8Array(9) })).toThrow(RangeError);
    expect(() => painter.addPicture('bar', bar(8, 8))).toThrow('already');
    expect(() => painter.addClip('film', { width: 8, height: 8, radius: 0 })).toThrow('already');
    expect(() => painter.addPicture('empty', { data: new Uint8Array(0), width: 0, height: 8, opaque: true })).toThrow(
      RangeError,
    );
    expect(() => painter.paint(list({ op: 'sprite', sprite: 'bar', ...at, opacity: 1.1 }))).toThrow(RangeError);
    expect(() => painter.paint(list({ op: 'sprite', sprite: 'bar', ...at, x: Number.NaN }))).toThrow(RangeError);
    expect(() => painter.paint(list({ op: 'sprite', sprite: 'bar', ...at, width: -1 }))).toThrow(RangeError);
    expect(() => painter.paint({ version: 2 as 1, operations: [] })).toThrow('version 2');
    for (const [width, height] of [
      [65, 48],
      [64, 47],
      [14, 48],
      [64, Number.NaN],
    ] as const)
      expect(() => createPainter({ width, height })).toThrow(RangeError);
  });
});

function paintCase(given: PaintingCase): Buffer {
  const painter: Painter = createPainter(given);
  for (const [key, picture] of Object.entries(given.pictures)) painter.addPicture(key, picture);
  for (const [key, { radius, frame }] of Object.entries(given.clips)) {
    painter.addClip(key, { width: frame.width, height: frame.height, radius });
    painter.setClipFrame(key, frame);
  }
  painter.paint(given.list);
  return painter.frame();
}

function list(...operations: readonly DrawOperation[]): DrawList {
  return { version: drawListVersion, operations };
}

function sprite(key: string, x: number, y: number, width: number, height: number): DrawOperation {
  return { op: 'sprite', sprite: key, x, y, width, height, opacity: 1 };
}

/** The mean over an area of the frame, back in sRGB. */
function meanColour(frame: Uint8Array, width: number, height: number, area: PixelCheck): [number, number, number] {
  let [luma, blue, red] = [0, 0, 0];
  const blues = width * height;
  const reds = blues * 1.25;
  for (let y = area.y; y < area.y + area.height; y++)
    for (let x = area.x; x < area.x + area.width; x++) {
      luma += frame[y * width + x]!;
      const half = (y >> 1) * (width / 2) + (x >> 1);
      blue += frame[blues + half]!;
      red += frame[reds + half]!;
    }
  const count = area.width * area.height;
  const y = ((luma / count - 16) * 255) / 219;
  const cb = ((blue / count - 128) * 255) / 224;
  const cr = ((red / count - 128) * 255) / 224;
  const clip = (value: number) => Math.min(Math.max(value, 0), 255);
  return [clip(y + 1.5748 * cr), clip(y - 0.187324 * cb - 0.468124 * cr), clip(y + 1.8556 * cb)];
}

/** The centre of all light on the frame, in pixels. */
function centre(frame: Uint8Array, width: number, height: number): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const light = frame[row * width + column]! - 16;
      sum += light;
      x += light * (column + 0.5);
      y += light * (row + 0.5);
    }
  return { x: x / sum, y: y / sum };
}

/** Each step forwards, none off by more than `tolerance`, and no drift over the whole way. */
function expectEvenSteps(positions: readonly number[], step: number, tolerance: number): void {
  for (const [index, position] of positions.entries()) {
    if (index === 0) continue;
    expect(position, `step ${index}`).toBeGreaterThan(positions[index - 1]!);
    expect(Math.abs(position - positions[index - 1]! - step), `step ${index}`).toBeLessThan(tolerance);
  }
  const whole = positions.at(-1)! - positions[0]!;
  expect(Math.abs(whole - step * (positions.length - 1))).toBeLessThan(2 * tolerance);
}

function grey(width: number, height: number, valueAt: (x: number, y: number) => number): Rgba {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = valueAt(x, y);
      data.set([value, value, value, 255], (y * width + x) * 4);
    }
  return { data, width, height, opaque: true };
}

/** Noise with holes, soft places and solid ones, whose rows begin and end anywhere. */
function ragged(width: number, height: number, random: () => number): Rgba {
  const data = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const [from, to, hole] = [random() * 30, width - random() * 30, random() * width];
    for (let column = 0; column < width; column++) {
      const edge = Math.min(column - from, to - column, Math.abs(column - hole) * (row % 5 === 0 ? 1 : 9));
      const alpha = row === 20 ? 0 : Math.min(Math.max(edge * 60, 0), 255);
      data.set([random() * 255, random() * 255, random() * 255, alpha], (row * width + column) * 4);
    }
  }
  return { data, width, height, opaque: false };
}

/** 0 to 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** White. */
function bar(width: number, height: number): Rgba {
  return grey(width, height, () => 255);
}

/** A soft bright spot on black. */
function blob(width: number, height: number, x: number, y: number, radius: number): Rgba {
  return grey(width, height, (column, row) => {
    const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
    return Math.round(255 * Math.exp(-((distance / radius) ** 2)));
  });
}
