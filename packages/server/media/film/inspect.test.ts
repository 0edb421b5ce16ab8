import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeAvEncoder } from '../../producers/animatic/encoder/node-av.ts';
import { sampleFilm, writeSample } from '../../producers/animatic/encoder/sample-film.ts';
import { boxLayoutOf } from './boxes.ts';
import { decodeFrames } from './decode.ts';
import { InspectError, type InspectFailure, inspectFilm } from './inspect.ts';

let folder: string;
let film: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refreel-inspect-'));
  film = path('film.mp4');
  await writeSample(nodeAvEncoder, film, sampleFilm({ width: 96, height: 64, fps: 25, title: 'Fox' }));
});
afterAll(() => rm(folder, { recursive: true }));

it('tells what a film is', async () => {
  expect(await inspectFilm(film)).toEqual({
    seconds: 1,
    width: 96,
    height: 64,
    fps: 25,
    frames: 25,
    codec: 'avc',
    profile: 'High',
    pixelFormat: 'yuv420p',
    audio: { codec: 'aac', sampleRate: 48_000, channels: 2, seconds: 1 },
    faststart: true,
    bytes: (await readFile(film)).length,
    title: 'Fox',
    comment: 'A draft, not a finished film',
    decodes: true,
  });
});

it('sees an index behind the media', async () => {
  const bytes = await readFile(film);
  const { boxes } = await boxLayoutOf(film);
  const parts = ['ftyp', 'free', 'mdat', 'moov'].map((type) => {
    const box = boxes.find((one) => one.type === type)!;
    return bytes.subarray(box.start, box.start + box.bytes);
  });
  await writeFile(path('slow.mp4'), Buffer.concat(parts));
  expect((await boxLayoutOf(path('slow.mp4'))).faststart).toBe(false);
});

it('sees that a well formed film cannot be shown', async () => {
  const { boxes } = await boxLayoutOf(film);
  const media = boxes.find((box) => box.type === 'mdat')!;
  await writeFile(path('garbage.mp4'), await readFile(film));
  const handle = await open(path('garbage.mp4'), 'r+');
  await handle.write(Buffer.alloc(media.bytes - 8, 0xa5), 0, media.bytes - 8, media.start + 8);
  await handle.close();
  expect(await inspectFilm(path('garbage.mp4'))).toMatchObject({ frames: 25, decodes: false, pixelFormat: undefined });
});

it('sees that only the last pictures are damaged', async () => {
  await writeSample(nodeAvEncoder, path('end.mp4'), sampleFilm({ width: 96, height: 64, audio: false }));
  const damaged = await readFile(path('end.mp4'));
  damaged.fill(0xa5, damaged.length - 100);
  await writeFile(path('end.mp4'), damaged);
  expect((await inspectFilm(path('end.mp4'))).decodes).toBe(false);
});

describe('refuses, with a reason,', () => {
  const cases: [string, InspectFailure, (whole: Buffer) => Buffer][] = [
    ['an empty file', 'empty', () => Buffer.alloc(0)],
    ['a film without its last byte', 'truncated', (whole) => whole.subarray(0, -1)],
    ['half a film', 'truncated', (whole) => whole.subarray(0, whole.length / 2)],
    ['a film cut inside its index', 'truncated', (whole) => whole.subarray(0, 400)],
    ['a film without its index', 'truncated', (whole) => whole.subarray(0, 32)],
    ['20 bytes', 'truncated', (whole) => whole.subarray(0, 20)],
    ['5 bytes', 'not-a-film', (whole) => whole.subarray(0, 5)],
    ['an error page', 'not-a-film', () => Buffer.from('<!doctype html><title>404</title>'.repeat(40))],
    ['noise', 'not-a-film', () => Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) & 0xff))],
    ['a sound', 'no-pictures', () => silentWave()],
  ];
  it.each(cases)('%s', async (_, code, make) => {
    await writeFile(path('refused'), make(await readFile(film)));
    const failure = await inspectFilm(path('refused')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InspectError);
    expect(failure).toMatchObject({ code, file: path('refused') });
  });

  it('a path without a file, and a folder', async () => {
    await expect(inspectFilm(path('nothing.mp4'))).rejects.toMatchObject({ code: 'missing' });
    await expect(inspectFilm(folder)).rejects.toMatchObject({ code: 'missing' });
  });
});

it('decodes from the last keyframe on', async () => {
  const times: number[] = [];
  for await (const frame of decodeFrames(film, 'end')) times.push(frame.seconds);
  expect(times[0]).toBeCloseTo(10 / 25, 6);
  expect(times.at(-1)).toBeCloseTo(24 / 25, 6);
});

/** A WAV file of a tenth of a second. */
function silentWave(): Buffer {
  const samples = 4800;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(48_000, 24);
  header.writeUInt32LE(96_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples * 2, 40);
  return Buffer.concat([header, Buffer.alloc(samples * 2)]);
}
