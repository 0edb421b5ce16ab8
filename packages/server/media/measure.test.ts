import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { MediaFacts } from '@refreel/core/model';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultLimits, type MeasureLimits } from './limits.ts';
import { measureFile } from './measure.ts';
import type { MediaRefusal } from './refusal.ts';
import { makeBmp, makeFilm, makeTone, pngChunk, quarterClockwise } from './test-media.ts';

const samples = join(import.meta.dirname, '../../../media');
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'measure-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function factsOf(file: string, limits?: MeasureLimits): Promise<MediaFacts> {
  const result = await measureFile(file, limits);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.facts;
}

async function refusalOf(file: string, limits?: Partial<MeasureLimits>): Promise<MediaRefusal> {
  const result = await measureFile(file, { ...defaultLimits, ...limits });
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.facts)}`);
  return result.refusal;
}

function write(name: string, bytes: string | Uint8Array): string {
  writeFileSync(at(name), bytes);
  return at(name);
}

/** A red picture, 60 x 40. */
const red = (channels: 3 | 4 = 3) =>
  sharp({ create: { width: 60, height: 40, channels, background: { r: 200, g: 30, b: 40, alpha: 1 } } });

describe('what is no medium', () => {
  test('a file that is missing', async () => {
    expect(await refusalOf(at('nothing.png'))).toEqual({ code: 'media_missing' });
    expect(await refusalOf(join(write('a file', 'x'), 'below'))).toEqual({ code: 'media_missing' });
  });
  test('a folder and a pipe', async () => {
    expect(await refusalOf(folder)).toEqual({ code: 'media_unreadable', found: 'a folder' });
    execFileSync('mkfifo', [at('pipe')]);
    expect(await refusalOf(at('pipe'))).toEqual({ code: 'media_unreadable', found: 'a pipe' });
  });
  test('no bytes', async () => {
    expect(await refusalOf(write('empty.png', ''))).toMatchObject({ code: 'media_empty' });
  });
  test.each([
    ['passwd.mp4', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n', 'an HLS playlist'],
    ['near.mp4', '#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/secret\n', 'an HLS playlist'],
    ['list.mkv', 'ffconcat version 1.0\nfile /etc/passwd\n', 'a list of files for FFmpeg'],
    [
      'drawing.png',
      '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
      'an SVG drawing',
    ],
    ['page.jpg', '<!doctype html><script>alert(1)</script>', 'an HTML page'],
  ])('%s, whatever its name says', async (name, text, found) => {
    expect(await refusalOf(write(name, text))).toMatchObject({ code: 'media_type_unsupported', found });
  });
  test('AVIF is named', async () => {
    const file = write('picture.avif', Buffer.from('\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf', 'latin1'));
    expect(await refusalOf(file)).toMatchObject({ code: 'media_type_unsupported', found: 'an AVIF picture' });
  });
});

describe('pictures', () => {
  test('a photograph', async () => {
    const file = join(samples, 'mountains.jpg');
    const bytes = readFileSync(file);
    expect(await factsOf(file)).toEqual({
      kind: 'image',
      mediaType: 'image/jpeg',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      width: 1920,
      height: 1440,
      alpha: false,
      animated: false,
      mean: [105, 107, 109],
      meanTop: [108, 132, 169],
      meanBottom: [93, 78, 51],
      look: expect.objectContaining({ light: expect.closeTo(0.416, 2), palette: expect.any(Number) }),
    });
  });

  test.each([
    ['plain.png', () => red().png()],
    ['palette.png', () => red().png({ palette: true })],
    ['deep.png', () => red().toColourspace('rgb16').png()],
    ['wide-gamut.png', () => red().withIccProfile('p3').png()],
    ['opaque.png', () => red(4).png()],
    ['plain.webp', () => red().webp({ lossless: true })],
    ['plain.gif', () => red().gif()],
    ['plain.jpg', () => red().jpeg({ quality: 100 })],
  ])('%s is red', async (name, make) => {
    await make().toFile(at(name));
    const facts = await factsOf(at(name));
    expect(facts).toMatchObject({ kind: 'image', width: 60, height: 40, alpha: false, animated: false });
    if (facts.kind === 'image') expectNear(facts.mean, [200, 30, 40], 3);
  });

  test('printing colours and greys become sRGB', async () => {
    await red().toColourspace('cmyk').jpeg().toFile(at('cmyk.jpg'));
    const printed = await factsOf(at('cmyk.jpg'));
    if (printed.kind !== 'image') throw new Error(printed.kind);
    expect(printed.mean[0]).toBeGreaterThan(170);
    expect(printed.mean[1]).toBeLessThan(60);
    await red().greyscale().toColourspace('grey16').png().toFile(at('grey.png'));
    expect(await factsOf(at('grey.png'))).toMatchObject({ mean: [102, 102, 102] });
  });

  test('a BMP', async () => {
    expect(await factsOf(makeBmp(at('plain.bmp'), 21, 10, [200, 30, 40]))).toMatchObject({
      mediaType: 'image/bmp',
      width: 21,
      height: 10,
      alpha: false,
      mean: [200, 30, 40],
    });
  });

  test('the orientation flag turns the size and the colours', async () => {
    // Stored: left half blue, right half red. Flag 6: shown turned a quarter clockwise, so blue is at the top.
    const blue = { create: { width: 30, height: 40, channels: 3, background: '#0000ff' } } as const;
    await red()
      .composite([{ input: blue, left: 0, top: 0 }])
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toFile(at('turned.jpg'));
    const facts = await factsOf(at('turned.jpg'));
    expect(facts).toMatchObject({ width: 40, height: 60 });
    if (facts.kind !== 'image') throw new Error(facts.kind);
    expectNear(facts.meanTop, [0, 0, 255], 4);
    expectNear(facts.meanBottom, [200, 30, 40], 4);
  });

  test('one clear pixel is alpha, also of 16 bits', async () => {
    const pixels = Buffer.alloc(300 * 200 * 4, 255);
    pixels[4 * 1234 + 3] = 254;
    const raw = { width: 300, height: 200, channels: 4 } as const;
    await sharp(pixels, { raw }).png().toFile(at('nearly.png'));
    expect(await factsOf(at('nearly.png'))).toMatchObject({ alpha: true });
    await sharp(pixels, { raw }).toColourspace('rgb16').png().toFile(at('nearly16.png'));
    expect(await factsOf(at('nearly16.png'))).toMatchObject({ alpha: true });
  });

  test('clear pixels have no part in the mean', async () => {
    const pixels = Buffer.alloc(64 * 64 * 4);
    for (let index = 0; index < 64 * 16; index++) pixels.set([10, 200, 30, 255], index * 4);
    await sharp(pixels, { raw: { width: 64, height: 64, channels: 4 } })
      .png()
      .toFile(at('clear.png'));
    expect(await factsOf(at('clear.png'))).toMatchObject({ alpha: true, mean: [10, 200, 30], meanBottom: [0, 0, 0] });
  });

  test('of an animated picture the first frame', async () => {
    const frames = Buffer.concat([Buffer.alloc(20 * 10 * 3, 200), Buffer.alloc(20 * 10 * 3, 10)]);
    const animated = () => sharp(frames, { raw: { width: 20, height: 20, channels: 3, pageHeight: 10 } });
    await animated()
      .gif({ delay: [100, 100] })
      .toFile(at('moving.gif'));
    await animated().webp({ lossless: true }).toFile(at('moving.webp'));
    for (const name of ['moving.gif', 'moving.webp']) {
      expect(await factsOf(at(name))).toMatchObject({ animated: true, width: 20, height: 10, mean: [200, 200, 200] });
      expect(await refusalOf(at(name), { imageFrames: 1 })).toEqual({
        code: 'media_too_many_frames',
        unit: 'frames',
        limit: 1,
        found: 2,
      });
    }
    const still = await red().png().toBuffer();
    const control = pngChunk('acTL', Buffer.from([0, 0, 0, 3, 0, 0, 0, 0]));
    const moving = write('moving.png', Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]));
    expect(await factsOf(moving)).toMatchObject({ animated: true });
  });

  test('a bomb is refused from its header', async () => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(60_000, 0);
    header.writeUInt32BE(60_000, 4);
    header.set([8, 2], 8);
    const rows = deflateSync(Buffer.alloc(1_000_000));
    const magic = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
    const file = write(
      'bomb.png',
      Buffer.concat([magic, pngChunk('IHDR', header), pngChunk('IDAT', rows), pngChunk('IEND', Buffer.alloc(0))]),
    );
    expect(await refusalOf(file)).toEqual({
      code: 'media_too_many_pixels',
      unit: 'pixels',
      limit: 100_000_000,
      found: 3_600_000_000,
    });
    const bmp = readFileSync(makeBmp(at('small.bmp'), 4, 4, [0, 0, 0]));
    bmp.writeInt32LE(50_000, 18);
    bmp.writeInt32LE(50_000, 22);
    // As if compressed, so that no rows are missed.
    bmp.writeUInt32LE(1, 30);
    expect(await refusalOf(write('bomb.bmp', bmp))).toMatchObject({
      code: 'media_too_many_pixels',
      found: 2_500_000_000,
    });
  });

  test.each(['jpg', 'progressive.jpg', 'png', 'gif', 'webp', 'bmp'])(
    'a cut %s is truncated, wherever it is cut',
    async (ending) => {
      const source = sharp(join(samples, 'cat.png')).resize(150);
      const whole = at(`whole.${ending}`);
      if (ending === 'bmp') makeBmp(whole, 150, 100, [1, 2, 3]);
      else await (ending === 'progressive.jpg' ? source.jpeg({ progressive: true }) : source).toFile(whole);
      await factsOf(whole);
      const bytes = readFileSync(whole);
      for (const keep of [30, bytes.length * 0.1, bytes.length * 0.5, bytes.length * 0.9, bytes.length - 1].map(
        Math.floor,
      )) {
        expect(await refusalOf(write(`cut.${ending}`, bytes.subarray(0, keep)))).toMatchObject({
          code: 'media_truncated',
          found: keep,
        });
      }
    },
  );

  test('bytes after the end do no harm', async () => {
    for (const ending of ['jpg', 'png', 'gif']) {
      await red().toFile(at(`long.${ending}`));
      const bytes = Buffer.concat([readFileSync(at(`long.${ending}`)), Buffer.from('and a motion photo')]);
      expect(await factsOf(write(`long.${ending}`, bytes))).toMatchObject({ width: 60 });
    }
  });

  test('damaged but whole is corrupt', async () => {
    const bytes = await sharp(join(samples, 'cat.png')).resize(150).png().toBuffer();
    const rowsAt = bytes.indexOf('IDAT') + 4;
    bytes.fill(0x55, rowsAt + 200, rowsAt + 400);
    expect(await refusalOf(write('damaged.png', bytes))).toMatchObject({ code: 'media_corrupt' });
  });

  test('too many bytes', async () => {
    const file = join(samples, 'rocket.jpg');
    expect(await refusalOf(file, { bytes: 1000 })).toEqual({
      code: 'media_too_large',
      unit: 'bytes',
      limit: 1000,
      found: 54_547,
    });
  });
});

describe('films', () => {
  test.each([
    ['film.mp4', 'video/mp4', 'h264', {}],
    ['fast.mp4', 'video/mp4', 'h264', { faststart: true }],
    ['film.mov', 'video/quicktime', 'mpeg4', { container: 'mov', encoder: 'mpeg4' }],
    ['film.webm', 'video/webm', 'vp8', { container: 'webm', encoder: 'libvpx' }],
    ['film.mkv', 'video/x-matroska', 'h264', { container: 'matroska' }],
  ] as const)('%s', async (name, mediaType, codec, recipe) => {
    const facts = await factsOf(makeFilm(at(name), { ...recipe, fps: 30, frames: 45, sound: true }));
    expect(facts).toMatchObject({ kind: 'video', mediaType, codec, width: 64, height: 48, fps: 30, sound: true });
    if (facts.kind !== 'video') throw new Error(facts.kind);
    expect(facts.seconds).toBeCloseTo(1.5, 2);
    // Y 100 of 16 to 235.
    expectNear(facts.mean, [98, 98, 98], 2);
  });

  test('without sound, turned, with pixels that are not square', async () => {
    const file = makeFilm(at('turned.mp4'), { displayMatrix: quarterClockwise, aspect: [2, 1] });
    expect(await factsOf(file)).toMatchObject({ width: 48, height: 128, sound: false, seconds: 1, fps: 25 });
  });

  test('a film with no pictures in it is a sound', async () => {
    expect(await factsOf(makeFilm(at('heard.mp4'), { pictures: false, sound: true }))).toMatchObject({
      kind: 'audio',
      mediaType: 'audio/mp4',
      codec: 'aac',
      channels: 2,
    });
  });

  test('cut, wherever', async () => {
    for (const recipe of [{}, { faststart: true }, { container: 'matroska' }] as const) {
      const bytes = readFileSync(makeFilm(at('whole.film'), { ...recipe, sound: true }));
      for (const keep of [40, bytes.length * 0.2, bytes.length * 0.6, bytes.length - 1].map(Math.floor)) {
        expect(await refusalOf(write('cut.mp4', bytes.subarray(0, keep)))).toMatchObject({ code: 'media_truncated' });
      }
    }
  });

  test('an index that is noise, and an index with nothing behind it', async () => {
    const bytes = readFileSync(makeFilm(at('whole.mp4'), {}));
    const index = bytes.indexOf('moov');
    bytes.fill(0xee, index + 12, bytes.length - 4);
    expect(await refusalOf(write('damaged.mp4', bytes))).toMatchObject({
      code: 'media_type_unsupported',
      found: 'a file without pictures or sound',
    });
    const hollow = readFileSync(at('whole.mp4'));
    const data = hollow.indexOf('mdat');
    hollow.fill(0, data + 4, hollow.indexOf('moov') - 4);
    expect(await refusalOf(write('hollow.mp4', hollow))).toMatchObject({ code: 'media_corrupt' });
  });

  test('too long, too many frames, too large', async () => {
    const file = makeFilm(at('long.mp4'), { frames: 60, fps: 30 });
    expect(await refusalOf(file, { videoSeconds: 1 })).toEqual({
      code: 'media_too_long',
      unit: 'seconds',
      limit: 1,
      found: 2,
    });
    expect(await refusalOf(file, { videoFrames: 59 })).toMatchObject({
      code: 'media_too_many_frames',
      limit: 59,
      found: 60,
    });
    expect(await refusalOf(file, { videoSidePixels: 63 })).toEqual({
      code: 'media_too_many_pixels',
      unit: 'pixels-a-side',
      limit: 63,
      found: 64,
    });
    expect(await refusalOf(file, { videoPixels: 64 * 47 })).toMatchObject({
      code: 'media_too_many_pixels',
      found: 64 * 48,
    });
  });

  test('a film of which the container lies about its size', async () => {
    const bytes = readFileSync(makeFilm(at('honest.mp4'), { width: 320, height: 240 }));
    // The sample entry says 16 x 16 (shown as 4:3); the stream itself knows better, and is held to the limit.
    const entry = bytes.indexOf('avc1', bytes.indexOf('stsd'));
    bytes.writeUInt16BE(16, entry + 28);
    bytes.writeUInt16BE(16, entry + 30);
    const file = write('lying.mp4', bytes);
    expect(await factsOf(file)).toMatchObject({ height: 240 });
    expect(await refusalOf(file, { videoPixels: 10_000 })).toMatchObject({
      code: expect.stringMatching(/corrupt|pixels/),
    });
  });

  test('a film whose pictures lie in another file is refused, and that file is not read', async () => {
    const other = makeFilm(at('other.mov'), { container: 'mov', encoder: 'mpeg4' });
    const own = readFileSync(other);
    const referring = write(
      'referring.mov',
      replaceBox(own, ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref'], aliasTo(other)),
    );
    // Whole and readable but for its pictures: with its own data back in place it measures.
    const restored = write(
      'restored.mov',
      replaceBox(readFileSync(referring), ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref'], ownData),
    );
    expect(await factsOf(restored)).toMatchObject({ kind: 'video' });
    expect(await refusalOf(referring)).toMatchObject({ code: 'media_corrupt' });
  });
});

describe('sounds', () => {
  test.each([
    ['wav', 'audio/wav', 'pcm_s16le', 2],
    ['mp3', 'audio/mpeg', 'mp3', 1],
    ['m4a', 'audio/mp4', 'aac', 2],
  ] as const)('%s', async (format, mediaType, codec, channels) => {
    const facts = await factsOf(makeTone(at(`tone.${format}`), format, channels, 1.5));
    expect(facts).toMatchObject({ kind: 'audio', mediaType, codec, channels, sampleRate: 48_000 });
    if (facts.kind === 'audio') expect(facts.seconds).toBeCloseTo(1.5, 1);
  });

  test('cut, too long, noise', async () => {
    const bytes = readFileSync(makeTone(at('whole.wav'), 'wav'));
    expect(await refusalOf(write('cut.wav', bytes.subarray(0, 5000)))).toMatchObject({ code: 'media_truncated' });
    expect(await refusalOf(at('whole.wav'), { audioSeconds: 0.5 })).toMatchObject({
      code: 'media_too_long',
      limit: 0.5,
      found: 1,
    });
    const noise = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.alloc(4000, 0x21)]);
    expect(await refusalOf(write('noise.mp3', noise))).toMatchObject({ code: 'media_corrupt' });
  });

  test('a WAV that was written as a stream goes to its end', async () => {
    const bytes = readFileSync(makeTone(at('streamed.wav'), 'wav'));
    bytes.writeUInt32LE(0xffffffff, 4);
    bytes.writeUInt32LE(0xffffffff, bytes.indexOf('data') + 4);
    expect(await factsOf(write('streamed.wav', bytes))).toMatchObject({ kind: 'audio', seconds: 1 });
  });
});

function expectNear(found: readonly number[], wanted: readonly number[], tolerance: number): void {
  for (const [index, value] of wanted.entries()) expect(Math.abs(found[index]! - value)).toBeLessThanOrEqual(tolerance);
}

/** The file with the content of the box at a path replaced, all sizes above it set right. */
function replaceBox(bytes: Buffer, path: readonly string[], content: Buffer): Buffer {
  const [name, ...rest] = path;
  if (name === undefined) return content;
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const size = bytes.readUInt32BE(start);
    const box = bytes.subarray(start, start + size);
    if (box.toString('latin1', 4, 8) === name) {
      const inside = replaceBox(box.subarray(8), rest, content);
      const head = Buffer.from(box.subarray(0, 8));
      head.writeUInt32BE(inside.length + 8, 0);
      parts.push(head, inside);
    } else parts.push(box);
    start += size;
  }
  return Buffer.concat(parts);
}

/** A data reference to the film's own file. */
const ownData = Buffer.from('\0\0\0\0\0\0\0\x01\0\0\0\x0curl \0\0\0\x01', 'latin1');

/** A data reference by Macintosh alias to another file: what FFmpeg would follow if its option for it were on. */
function aliasTo(file: string): Buffer {
  const path = Buffer.from(file.length % 2 ? `${file}\0` : file, 'latin1');
  const tag = Buffer.alloc(4);
  tag.writeUInt16BE(2, 0);
  tag.writeUInt16BE(path.length, 2);
  const record = Buffer.concat([
    Buffer.alloc(10 + 28 + 12 + 64 + 16 + 4 + 16),
    tag,
    path,
    Buffer.from([0xff, 0xff, 0, 0]),
  ]);
  const entry = Buffer.alloc(12);
  entry.writeUInt32BE(12 + record.length, 0);
  entry.write('alis', 4, 'latin1');
  return Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), entry, record]);
}
