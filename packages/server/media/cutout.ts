import { fileURLToPath } from 'node:url';
import type { Mask } from '@refreel/core/model';
import { readMask } from './cutout/mask-facts.ts';
import { applyMatte } from './cutout/matte.ts';
import { openSaliency } from './cutout/saliency.ts';
import { dropScraps } from './cutout/scraps.ts';
import type { Rgba } from './rgba.ts';

/** Frees subjects from their backgrounds. Holds the model in memory: close it. */
export interface Cutter {
  /** The subject with its matte as alpha, and what it fills; undefined if nothing in the picture stands out. */
  cut(picture: Rgba): Promise<Cutout | undefined>;
  close(): Promise<void>;
}

export interface Cutout {
  /** As large as the picture that was given; soft edges are free of the old background's colour. */
  readonly picture: Rgba;
  readonly mask: Mask;
}

/** Less of the picture than this is no subject: a glint, a star. */
const leastCoverage = 0.002;

/** The model's best point must be at least this sure. */
const leastCertainty = 0.5;

/** A picture is cut out already if at least this share of it is more clear than not. */
const leastClear = 0.005;

/** Opens a salient-object model of the U-2-Net family; `builtInModel` is the one that comes with this package. */
export async function openCutter(modelFile: string = builtInModel): Promise<Cutter> {
  const saliency = await openSaliency(modelFile);
  return {
    async cut(picture) {
      if (clearShare(picture) >= leastClear) return accept(picture);
      const found = await saliency.find(picture);
      if (!found.mask.data.some((certainty) => certainty > leastCertainty)) return undefined;
      return accept(keepAlpha(await applyMatte(picture, dropScraps(found.mask, found.pixels)), picture));
    },
    close: () => saliency.close(),
  };
}

/** File of the model that comes with this package. */
export const builtInModel = fileURLToPath(new URL('./models/u2netp.onnx', import.meta.url));

function accept(picture: Rgba): Cutout | undefined {
  const mask = readMask(picture);
  return mask && mask.coverage >= leastCoverage ? { picture, mask } : undefined;
}

function clearShare({ data }: Rgba): number {
  let clear = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at]! < 128) clear += 1;
  return clear / (data.length / 4);
}

/** The few clear pixels that a picture had of its own stay clear. */
function keepAlpha(cut: Rgba, picture: Rgba): Rgba {
  for (let at = 3; at < cut.data.length; at += 4) cut.data[at] = Math.round((cut.data[at]! * picture.data[at]!) / 255);
  return cut;
}
