import type { Rgba } from '@refreel/core/painting';
import { type PaintingCase, type PixelCheck, paintingCases } from '@refreel/core/painting-cases';
import { createCanvasPainter } from '../canvas-painter.ts';

// The page on which the suite of every painter is run for the canvas.

/** What a case came to: each check that is beyond its tolerance, in words. */
export interface CaseResult {
  readonly name: string;
  readonly wrong: readonly string[];
}

async function runCases(): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const one of paintingCases) results.push({ name: one.name, wrong: await runCase(one) });
  return results;
}

async function runCase({ width, height, pictures, clips, list, checks }: PaintingCase) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no canvas');
  const painter = createCanvasPainter(context);
  for (const [key, picture] of Object.entries(pictures)) painter.addPicture(key, await bitmapOf(picture));
  for (const [key, { radius, frame }] of Object.entries(clips)) {
    painter.addClip(key, { width: frame.width, height: frame.height, radius });
    painter.setClipFrame(key, await bitmapOf(frame));
  }
  painter.paint(list);
  const { data } = context.getImageData(0, 0, width, height);
  return checks.flatMap((check) => {
    const found = meanColour(data, width, check);
    const furthest = Math.max(...found.map((value, channel) => Math.abs(value - check.colour[channel]!)));
    return furthest <= check.tolerance ? [] : [`${JSON.stringify(check)} is ${found.map(Math.round)}`];
  });
}

async function bitmapOf({ data, width, height, opaque }: Rgba) {
  const pixels = new Uint8ClampedArray(data);
  // The alpha of an opaque picture is not looked at.
  if (opaque) for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  return { width, height, source: await createImageBitmap(new ImageData(pixels, width, height)) };
}

function meanColour(data: Uint8ClampedArray, stride: number, { x, y, width, height }: PixelCheck): number[] {
  const sums = [0, 0, 0];
  for (let row = y; row < y + height; row++)
    for (let column = x; column < x + width; column++)
      for (let channel = 0; channel < 3; channel++) sums[channel]! += data[(row * stride + column) * 4 + channel]!;
  return sums.map((sum) => sum / (width * height));
}

/** Where the middle of a bright bar is seen that moves by `step` pixels a frame, in x. */
async function barCentres(step: number, count: number): Promise<number[]> {
  const canvas = new OffscreenCanvas(64, 64);
  const context = canvas.getContext('2d', { alpha: false })!;
  const painter = createCanvasPainter(context);
  const bar = new Uint8ClampedArray(40 * 40 * 4).map((_, at) =>
    at % 4 === 3 || (Math.floor(at / 4) % 40 >= 15 && Math.floor(at / 4) % 40 < 25) ? 255 : 0,
  );
  painter.addPicture('bar', { width: 40, height: 40, source: await createImageBitmap(new ImageData(bar, 40, 40)) });
  return Array.from({ length: count }, (_, index) => {
    const place = { x: 8 + index * step, y: 4, width: 36.3, height: 36.3 };
    painter.paint({ version: 1, operations: [{ op: 'sprite', sprite: 'bar', opacity: 1, ...place }] });
    const { data } = context.getImageData(0, 20, 64, 1);
    let [sum, weighted] = [0, 0];
    for (let x = 0; x < 64; x++) {
      sum += data[x * 4]!;
      weighted += data[x * 4]! * (x + 0.5);
    }
    return weighted / sum;
  });
}

/** What the tests call. */
export interface ConformancePage {
  readonly runCases: typeof runCases;
  readonly barCentres: typeof barCentres;
  /** Names what a painter refuses. */
  readonly refusals: () => readonly string[];
}

function refusals(): string[] {
  const painter = createCanvasPainter(new OffscreenCanvas(16, 16).getContext('2d')!);
  painter.addPicture('one', { width: 1, height: 1, source: new OffscreenCanvas(1, 1) });
  painter.addClip('clip', { width: 2, height: 2, radius: 0 });
  const place = { x: 0, y: 0, width: 1, height: 1 };
  const tries: (() => void)[] = [
    () => painter.addPicture('one', { width: 1, height: 1, source: new OffscreenCanvas(1, 1) }),
    () => painter.addClip('clip', { width: 2, height: 2, radius: 0 }),
    () => painter.paint({ version: 2 as 1, operations: [] }),
    () => painter.paint({ version: 1, operations: [{ op: 'sprite', sprite: 'none', opacity: 1, ...place }] }),
    () => painter.paint({ version: 1, operations: [{ op: 'video', clip: 'clip', seconds: 0, opacity: 1, ...place }] }),
    () => painter.paint({ version: 1, operations: [{ op: 'sprite', sprite: 'one', opacity: 2, ...place }] }),
    () =>
      painter.paint({ version: 1, operations: [{ op: 'sprite', sprite: 'one', opacity: 1, ...place, x: Number.NaN }] }),
  ];
  return tries.map((one) => {
    try {
      one();
      return 'nothing';
    } catch (error) {
      return error instanceof RangeError ? 'RangeError' : 'Error';
    }
  });
}

const page: ConformancePage = { runCases, barCentres, refusals };
Object.assign(globalThis, { conformance: page });
