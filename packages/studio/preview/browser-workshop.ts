import type { Media } from '@refreel/core/model';
import type { Brush, Easel, Pixels, SpriteSources, Workshop } from '@refreel/core/painting';
import { loadFonts } from './fonts.ts';
import { resizePixels } from './lanczos.ts';

/** What sprites are made with in a browser, in a page or in a worker. */
export function openBrowserWorkshop(sources: SpriteSources): Workshop {
  return {
    ...sources,
    resize: async (picture, crop, size) => resizePixels(picture, crop, size),
    fonts: ({ lines, weight }) => loadFonts(lines.join(''), weight),
    easel,
  };
}

/** Where a medium's picture, and its subject, are fetched from; undefined for one that nobody can give. */
export interface PictureAddresses {
  picture(media: Media): string | undefined;
  cutout(media: Media): string | undefined;
}

/** A medium that cannot be shown; the draft goes on without it. */
export class PictureMissing extends Error {
  override readonly name = 'PictureMissing';
  readonly media: Media;
  constructor(media: Media, why: string) {
    super(`${media} cannot be shown: ${why}`);
    this.media = media;
  }
}

/** Larger pictures are scaled down, as the server does. */
const mostSide = 2600;
/** Decoded pictures that are kept, 27 MB each at most. */
const mostKept = 10;

/** Fetches and decodes pictures; the last ones are kept. */
export function openPictures(addresses: () => PictureAddresses): SpriteSources {
  const kept = new Map<string, Promise<Pixels>>();
  const read = (media: Media, address: string | undefined): Promise<Pixels> => {
    if (address === undefined) return Promise.reject(new PictureMissing(media, 'it has no address'));
    const known = kept.get(address);
    const reading = known ?? fetchPixels(media, address);
    kept.delete(address);
    kept.set(address, reading);
    // What failed may come another time.
    reading.catch(() => kept.delete(address));
    for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(old);
    return reading;
  };
  return {
    picture: (media) => read(media, addresses().picture(media)),
    cutout: (media) => read(media, addresses().cutout(media)),
  };
}

async function fetchPixels(media: Media, address: string): Promise<Pixels> {
  const answer = await fetch(address).catch((error: unknown) => {
    throw new PictureMissing(media, String(error));
  });
  if (!answer.ok) throw new PictureMissing(media, `status ${answer.status}`);
  const bitmap = await createImageBitmap(await answer.blob(), { imageOrientation: 'from-image' }).catch(
    (error: unknown) => {
      throw new PictureMissing(media, String(error));
    },
  );
  const scale = Math.min(1, mostSide / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  ];
  const context = contextOf(width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data: new Uint8Array(data.buffer) };
}

const easel: Easel = {
  canvas(width, height) {
    const context = contextOf(width, height);
    // Letters stand where their font puts them, not on whole pixels: as the server sets them.
    context.textRendering = 'geometricPrecision';
    return context as Brush;
  },
  path: (outline) => new Path2D(outline),
};

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('The browser gives no canvas.');
  return context;
}
