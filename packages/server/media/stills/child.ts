import sharp from 'sharp';
import { answerParent } from '../../processes/answer-parent.ts';
import { MediaRefused } from '../refusal.ts';
import type { I420 } from '../rgba.ts';
import { openClip } from '../video-frames.ts';
import type { Sheet, Single, StillAnswer, StillQuestion } from './questions.ts';

// The process in which a film is decoded for its stills. It has no environment, a folder of its own, and may die.

answerParent<StillQuestion>(async (question): Promise<StillAnswer> => {
  try {
    const picture = await ('columns' in question ? drawSheet(question) : drawSingle(question));
    return { ok: true, picture: picture.toString('base64') };
  } catch (error) {
    if (error instanceof MediaRefused) return { ok: false, found: error.message };
    throw error;
  }
});

/** Moments at equal distances, none of them the very first: films often begin in black. */
async function drawSheet({ file, width, height, columns, rows }: Sheet & { file: string }): Promise<Buffer> {
  const across = width * columns;
  const pixels = Buffer.alloc(across * height * rows * 3);
  const clip = await openClip(file, { width, height });
  try {
    const count = columns * rows;
    for (let index = 0; index < count; index += 1) {
      const frame = await clip.frameAt(((index + 0.5) / count) * clip.seconds);
      paint(frame, pixels, across, (index % columns) * width, Math.floor(index / columns) * height);
    }
  } finally {
    clip.close();
  }
  return await sharp(pixels, { raw: { width: across, height: height * rows, channels: 3 } })
    .webp({ quality: 80 })
    .toBuffer();
}

/** Before the end of the last frame, which is also where a clip begins again. */
const beforeEndSeconds = 0.001;

async function drawSingle({ file, width, height, seconds }: Single & { file: string }): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  const clip = await openClip(file, { width, height });
  try {
    const last = clip.seconds - beforeEndSeconds;
    const frame = await clip.frameAt(seconds === 'last' ? last : Math.min(seconds, last));
    paint(frame, pixels, width, 0, 0);
  } finally {
    clip.close();
  }
  return await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** BT.709, limited range (ITU-R BT.709-6, 3.3), into RGB at a place of the sheet. */
function paint({ width, height, data }: I420, pixels: Buffer, across: number, left: number, top: number): void {
  const half = width >> 1;
  const planeU = width * height;
  const planeV = planeU + half * (height >> 1);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const chroma = (y >> 1) * half + (x >> 1);
      const luma = 1.1644 * (data[y * width + x]! - 16);
      const u = data[planeU + chroma]! - 128;
      const v = data[planeV + chroma]! - 128;
      const at = ((top + y) * across + left + x) * 3;
      pixels[at] = clamp(luma + 1.7927 * v);
      pixels[at + 1] = clamp(luma - 0.2132 * u - 0.5329 * v);
      pixels[at + 2] = clamp(luma + 2.1124 * u);
    }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : Math.round(value);
}
