import { readRequest, review } from '@refreel/core/authoring';
import { explainProblem } from '@refreel/core/model';
import { decodeFrames } from '../../packages/server/media/film/decode.ts';
import type { Animatic, DrawnFilm } from '../../packages/server/producers/animatic/index.ts';

/** sRGB, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** One decoded frame of a film, kept. */
export interface SeenFrame {
  readonly width: number;
  readonly height: number;
  readonly keyframe: boolean;
  /** Luma plane, tight, limited range. */
  readonly luma: Uint8Array;
  /** Colour at fractions of the frame, by the equations of ITU-R BT.709 in limited range. */
  at(x: number, y: number): Rgb;
}

/** Draws a request as people write it; media are absolute paths. Anything refused fails the test. */
export async function draw(animatic: Animatic, written: Record<string, unknown>, file: string): Promise<DrawnFilm> {
  const { request, problems } = readRequest(written);
  if (request === undefined) throw new Error(JSON.stringify(problems));
  const files = Object.fromEntries(mediaIn(written).map((media) => [media, media]));
  const measured = await animatic.measure(request, files);
  const reviewed = review(request, measured.facts);
  const all = [...problems, ...measured.problems, ...reviewed.problems];
  if (all.length > 0 || reviewed.film === undefined)
    throw new Error(all.map((one) => explainProblem(one, 'en').message).join('\n'));
  return animatic.draw(request, reviewed.film, measured.facts, files, file);
}

/** Every absolute path that stands somewhere in a request. */
function mediaIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('/') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(mediaIn) : [];
}

/** All frames of a film. Keep films small. */
export async function seeFrames(file: string): Promise<SeenFrame[]> {
  const frames: SeenFrame[] = [];
  for await (const frame of decodeFrames(file)) {
    const { width, height, keyframe } = frame;
    const planes = Uint8Array.from(frame.pixels());
    const area = width * height;
    const at = (x: number, y: number): Rgb => {
      const [column, row] = [Math.floor(x * width), Math.floor(y * height)];
      const chroma = (row >> 1) * (width >> 1) + (column >> 1);
      const luma = (planes[row * width + column]! - 16) / 219;
      const blue = (planes[area + chroma]! - 128) / 224;
      const red = (planes[(area * 5) / 4 + chroma]! - 128) / 224;
      const colour = [luma + 1.5748 * red, luma - 0.18732 * blue - 0.46812 * red, luma + 1.8556 * blue];
      return colour.map((value) => Math.round(Math.min(1, Math.max(0, value)) * 255)) as [number, number, number];
    };
    frames.push({ width, height, keyframe, luma: planes.subarray(0, area), at });
  }
  return frames;
}

/** Mean absolute difference of the luma of two frames within a part of the frame, in levels. */
export function difference(
  one: SeenFrame,
  other: SeenFrame,
  part: { left: number; top: number; right: number; bottom: number } = { left: 0, top: 0, right: 1, bottom: 1 },
): number {
  const { width, height } = one;
  let [sum, count] = [0, 0];
  for (let row = Math.floor(part.top * height); row < Math.floor(part.bottom * height); row += 1)
    for (let column = Math.floor(part.left * width); column < Math.floor(part.right * width); column += 1) {
      sum += Math.abs(one.luma[row * width + column]! - other.luma[row * width + column]!);
      count += 1;
    }
  return sum / count;
}

/** How far apart two colours are in their worst channel. */
export function apart(one: Rgb, other: Rgb): number {
  return Math.max(...one.map((value, channel) => Math.abs(value - other[channel]!)));
}
