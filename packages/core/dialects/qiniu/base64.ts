import type { Media } from '../../model/index.ts';

/** How the base64 of a picture begins, by its type. The page takes JPEG and PNG; of the others the model's card says what is wrong. */
const starts: readonly (readonly [string, string])[] = [
  ['/9j/', 'image/jpeg'],
  ['iVBORw0KGgo', 'image/png'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['Qk', 'image/bmp'],
];

/** Bare base64 of a picture as a data URI; undefined for anything else. "No prefix such as data:image/png;base64," says the page. */
export function readBareBase64(text: string): Media | undefined {
  const type = starts.find(([start]) => text.startsWith(start))?.[1];
  if (type === undefined || text.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  return `data:${type};base64,${text}`;
}

/** The bare base64 of a data URI; undefined for anything else. */
export function writeBareBase64(media: Media): string | undefined {
  const comma = /^data:[^,]{0,200};base64$/i.test(media.slice(0, Math.max(0, media.indexOf(','))))
    ? media.indexOf(',')
    : -1;
  return comma === -1 ? undefined : media.slice(comma + 1);
}
