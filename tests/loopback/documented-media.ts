import { existsSync, mkdirSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import type { Ask } from '@refreel/core/dialects';
import sharp from 'sharp';
import { makeFilm, makeTone } from '../../packages/server/media/test-media.ts';
import { media } from '../e2e/command.ts';

const photographs = ['coffee.png', 'cat.png', 'astronaut.png', 'mountains.jpg', 'sunset.jpg', 'rocket.jpg'];

/**
 * Makes a small file for every address that the examples name, by its ending and within the limits of every model, and gives the map that
 * leads a server to them (`REFREEL_MEDIA_MAP`).
 */
export async function makeDocumentedMedia(asks: readonly Ask[], folder: string): Promise<Record<string, string>> {
  const map: Record<string, string> = {};
  for (const [index, { body }] of asks.entries())
    for (const [place, address] of addressesIn(body).entries()) {
      const url = new URL(address);
      const own = join(folder, url.hostname);
      map[`${url.origin}/`] = own;
      const file = join(own, decodeURIComponent(url.pathname));
      if (existsSync(file)) continue;
      mkdirSync(dirname(file), { recursive: true });
      await makeMedium(file, photographs[(index + place) % photographs.length]!, isUpright(body));
    }
  return map;
}

/** A picture to be sent as a file with one of the examples. */
export async function makeDocumentedPicture({ body }: Ask, folder: string): Promise<string> {
  const file = join(folder, isUpright(body) ? 'upright.png' : 'wide.png');
  await makeMedium(file, 'coffee.png', isUpright(body));
  return file;
}

async function makeMedium(file: string, photograph: string, upright: boolean): Promise<void> {
  const ending = extname(file).slice(1).toLowerCase();
  // Films of 3 s at 24 frames a second with sides of 720 pixels and more, sounds of 2 s: what all of the models take.
  if (ending === 'mp4') makeFilm(file, { width: 1280, height: 720, fps: 24, frames: 72, sound: true });
  else if (ending === 'mp3') makeTone(file, 'mp3', 1, 2);
  else if (ending === 'jpg' || ending === 'png' || ending === 'webp')
    await sharp(join(media, photograph))
      .resize(...(upright ? ([720, 1280] as const) : ([1280, 720] as const)))
      .flatten({ background: '#888' })
      .toFormat(ending === 'jpg' ? 'jpeg' : ending)
      .toFile(file);
  else throw new Error(`nobody knows what ${file} is`);
}

/** A start frame must have the size of the film, which is 720x1280 where an example says none. */
function isUpright(body: Ask['body']): boolean {
  const text = JSON.stringify(body);
  return text.includes('"input_reference') && !text.includes('"size"');
}

function addressesIn(value: unknown): string[] {
  if (typeof value === 'string') return /^https?:\/\/[^/]+\/./.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(addressesIn) : [];
}
