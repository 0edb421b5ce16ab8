import type { DrawList, Plan } from '../packages/core/animatic/index.ts';
import type { Media } from '../packages/core/model/index.ts';
import { openCutter } from '../packages/server/media/cutout.ts';
import { readPicture } from '../packages/server/media/picture.ts';
import { createPainter, makeSprite } from '../packages/server/producers/animatic/painter/index.ts';

/** The server's painter with the pictures of a plan. */
export interface ServerFrames {
  /** A frame as RGBA: what a player makes of it before anything is encoded. */
  paint(list: DrawList): Uint8Array;
  free(): void;
}

/** Makes the pictures of a plan without reference videos. */
export async function openServerFrames(plan: Plan, fileOf: (media: Media) => string): Promise<ServerFrames> {
  const cutter = await openCutter();
  const painter = createPainter(plan);
  const most = { width: 1600, height: 1600 };
  const sources = {
    picture: (media: Media) => readPicture(fileOf(media), { most: { width: 2600, height: 2600 } }),
    async cutout(media: Media) {
      const picture = await readPicture(fileOf(media), { most });
      return (await cutter.cut(picture))?.picture ?? picture;
    },
  };
  for (const [key, sprite] of Object.entries(plan.sprites)) painter.addPicture(key, await makeSprite(sprite, sources));
  await cutter.close();
  return {
    paint(list) {
      painter.paint(list);
      return rgbaOf(painter.frame(), plan.width, plan.height);
    },
    free: () => painter.free(),
  };
}

/** I420 of BT.709 in limited range as RGBA; chroma, sited left, is blended between its samples as players do. */
function rgbaOf(frame: Uint8Array, width: number, height: number): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  const full = width * height;
  const [halfWidth, halfHeight] = [width / 2, height / 2];
  const chroma = (plane: number, x: number, y: number): number => {
    const column = x / 2;
    const row = Math.min(Math.max((y + 0.5) / 2 - 0.5, 0), halfHeight - 1);
    const [left, top] = [Math.floor(column), Math.floor(row)];
    const [right, bottom] = [Math.min(left + 1, halfWidth - 1), Math.min(top + 1, halfHeight - 1)];
    const at = (across: number, down: number) => frame[plane + down * halfWidth + across]!;
    const upper = at(left, top) + (at(right, top) - at(left, top)) * (column - left);
    const lower = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * (column - left);
    return upper + (lower - upper) * (row - top) - 128;
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const luma = ((frame[y * width + x]! - 16) * 255) / 219;
      const blue = (chroma(full, x, y) * 255) / 224;
      const red = (chroma(full * 1.25, x, y) * 255) / 224;
      const into = (y * width + x) * 4;
      rgba[into] = byte(luma + 1.5748 * red);
      rgba[into + 1] = byte(luma - 0.187324 * blue - 0.468124 * red);
      rgba[into + 2] = byte(luma + 1.8556 * blue);
      rgba[into + 3] = 255;
    }
  return rgba;
}

function byte(value: number): number {
  return Math.round(Math.min(Math.max(value, 0), 255));
}

/** PSNR of two RGBA pictures over red, green and blue, in decibels. */
export function peakSignalToNoise(one: Uint8Array, other: Uint8Array): number {
  if (one.length !== other.length) throw new RangeError(`pictures of ${one.length} and ${other.length} bytes`);
  let sum = 0;
  for (let at = 0; at < one.length; at++) if (at % 4 !== 3) sum += (one[at]! - other[at]!) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / (one.length * 0.75)));
}
