import { ascii, startsWith } from './bytes.ts';

/** Who reads the bytes. It is forced on the decoding library, which is never asked to guess. */
export type Demuxer = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp' | 'mov' | 'matroska' | 'wav' | 'mp3';

export interface Sniffed {
  readonly kind: 'image' | 'video' | 'audio';
  /** IANA type. Of a container only what its first bytes tell: measuring may find that a "video" holds nothing but sound. */
  readonly mediaType: string;
  readonly demuxer: Demuxer;
}

/** Bytes of a file's start that `sniff` and `describe` look at. */
export const headBytes = 1024;

/** What is accepted, for people. */
export const acceptedTypes = 'PNG, JPEG, WebP, GIF, BMP, MP4, MOV, WebM, Matroska, WAV, MP3';

/** Reads the type from a file's first bytes; undefined if it is not one of the accepted types, then `describe` says what it is. */
export function sniff(head: Uint8Array): Sniffed | undefined {
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return image('image/png', 'png');
  if (startsWith(head, [0xff, 0xd8, 0xff])) return image('image/jpeg', 'jpeg');
  const start = ascii(head, 0, 6);
  if (start === 'GIF87a' || start === 'GIF89a') return image('image/gif', 'gif');
  if (isBmp(head)) return image('image/bmp', 'bmp');
  const form = ascii(head, 8, 12);
  if (start.startsWith('RIFF') && form === 'WEBP') return image('image/webp', 'webp');
  if ((start.startsWith('RIFF') || start.startsWith('RF64')) && form === 'WAVE') return sound('audio/wav', 'wav');
  if (startsWith(head, ebml)) return sniffMatroska(head);
  const box = ascii(head, 4, 8);
  if (box === 'ftyp') return sniffIso(head);
  // QuickTime films made before `ftyp` existed begin with any of these.
  if (['moov', 'mdat', 'wide', 'pnot'].includes(box)) return film('video/quicktime', 'mov');
  if (start.startsWith('ID3') || isMp3Frame(head)) return sound('audio/mpeg', 'mp3');
  return undefined;
}

const image = (mediaType: string, demuxer: Demuxer): Sniffed => ({ kind: 'image', mediaType, demuxer });
const film = (mediaType: string, demuxer: Demuxer): Sniffed => ({ kind: 'video', mediaType, demuxer });
const sound = (mediaType: string, demuxer: Demuxer): Sniffed => ({ kind: 'audio', mediaType, demuxer });

const ebml = [0x1a, 0x45, 0xdf, 0xa3];

function sniffMatroska(head: Uint8Array): Sniffed | undefined {
  // Element 0x4282, DocType, then its length in one byte.
  for (let at = 4; at < Math.min(head.length, 64) - 2; at++) {
    if (head[at] !== 0x42 || head[at + 1] !== 0x82) continue;
    const type = ascii(head, at + 3, at + 3 + (head[at + 2]! & 0x7f));
    if (type === 'webm') return film('video/webm', 'matroska');
    if (type === 'matroska') return film('video/x-matroska', 'matroska');
  }
  return undefined;
}

/** Brands of still and moving pictures that share the MP4 box format and are not films. */
const pictureBrands = /^(avi[fs]|he[iv][cxms]|mif1|msf1|jp2 |jpx |jxl |crx )$/;

function sniffIso(head: Uint8Array): Sniffed | undefined {
  const brand = ascii(head, 8, 12);
  if (pictureBrands.test(brand)) return undefined;
  if (brand === 'qt  ') return film('video/quicktime', 'mov');
  if (brand === 'M4A ' || brand === 'M4B ') return sound('audio/mp4', 'mov');
  return film('video/mp4', 'mov');
}

function isBmp(head: Uint8Array): boolean {
  // "BM" alone begins many a text; the size of the second header is one of few.
  return ascii(head, 0, 2) === 'BM' && [12, 40, 52, 56, 64, 108, 124].includes(head[14]!) && !head[15] && !head[16];
}

/** An MPEG audio header: sync, layer III, and neither of the reserved bit rates and sample rates. */
function isMp3Frame(head: Uint8Array): boolean {
  const [first, second, third] = head;
  if (first !== 0xff || second === undefined || third === undefined) return false;
  const reservedVersion = (second & 0x18) === 0x08;
  const bitRate = third >> 4;
  return (second & 0xe6) === 0xe2 && !reservedVersion && bitRate !== 0 && bitRate !== 15 && (third & 0x0c) !== 0x0c;
}
