import { ascii, startsWith } from './bytes.ts';

/** Names what was found where an accepted medium was expected, so that a message can say it: "an HTML page", "text", "unknown". */
export function describe(head: Uint8Array): string {
  if (head.length === 0) return 'empty';
  return describeBox(head) ?? describeMagic(head) ?? describeText(head) ?? 'unknown';
}

const magics: readonly (readonly [at: number, magic: string, name: string])[] = [
  [0, '%PDF', 'a PDF'],
  [0, 'PK\x03\x04', 'a ZIP'],
  [8, 'AVI ', 'an AVI'],
  [0, 'fLaC', 'a FLAC sound'],
  [0, 'OggS', 'an Ogg file'],
  [0, 'FORM', 'an AIFF sound'],
  [0, '.snd', 'an AU sound'],
  [0, '#!AMR', 'an AMR sound'],
  [0, 'FLV\x01', 'a Flash video'],
  [0, '\x30\x26\xb2\x75', 'a Windows Media file'],
  [0, '\x00\x00\x01\xba', 'an MPEG programme stream'],
  [0, 'II*\x00', 'a TIFF picture'],
  [0, 'MM\x00*', 'a TIFF picture'],
  [0, '8BPS', 'a Photoshop file'],
  [0, '\xff\x0a', 'a JPEG XL picture'],
  [0, '\x00\x00\x01\x00', 'an icon'],
  [0, '\x1f\x8b', 'a gzip archive'],
  [0, 'Rar!', 'a RAR archive'],
  [0, '7z\xbc\xaf', 'a 7z archive'],
  [0, '\x7fELF', 'a program'],
  [0, 'MZ', 'a program'],
];

function describeMagic(head: Uint8Array): string | undefined {
  for (const [at, magic, name] of magics) if (ascii(head, at, at + magic.length) === magic) return name;
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0) return 'an AAC stream';
  if (head[0] === 0x47 && head[188] === 0x47) return 'an MPEG transport stream';
  if (startsWith(head, [0x1a, 0x45, 0xdf, 0xa3])) return 'a file of the Matroska kind';
  return undefined;
}

function describeBox(head: Uint8Array): string | undefined {
  if (ascii(head, 4, 8) === 'JXL ') return 'a JPEG XL picture';
  if (ascii(head, 4, 8) === 'jP  ') return 'a JPEG 2000 picture';
  if (ascii(head, 4, 8) !== 'ftyp') return undefined;
  const brands = ascii(head, 8, Math.min(head.length, 64));
  if (/avi[fs]/.test(brands)) return 'an AVIF picture';
  if (/he[iv][cxms]|mif1|msf1/.test(brands)) return 'a HEIC picture';
  return 'a picture of the MP4 kind';
}

function describeText(head: Uint8Array): string | undefined {
  const text = decodeText(head);
  if (text === undefined) return undefined;
  const start = text.trimStart().toLowerCase();
  if (start.startsWith('#extm3u')) return 'an HLS playlist';
  if (start.startsWith('ffconcat')) return 'a list of files for FFmpeg';
  if (start.startsWith('<')) {
    if (/<mpd[\s>]/.test(start)) return 'a DASH playlist';
    const drawing = start.search(/<svg[\s>]/);
    const page = start.search(/<(!doctype html|html|head|body|script|title|iframe|div|p)[\s>]/);
    if (drawing >= 0 && (page < 0 || drawing < page)) return 'an SVG drawing';
    if (page >= 0) return 'an HTML page';
    return 'an XML text';
  }
  if (/^[{[]/.test(start)) return 'a JSON text';
  return 'text';
}

/** The bytes as text, if they are text: no control characters, valid UTF-8 or UTF-16 with its mark. */
function decodeText(head: Uint8Array): string | undefined {
  const wide = startsWith(head, [0xff, 0xfe]) ? 'utf-16le' : startsWith(head, [0xfe, 0xff]) ? 'utf-16be' : undefined;
  try {
    // `stream` forgives a character that the end of the head cuts in two.
    const text = new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text.
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
