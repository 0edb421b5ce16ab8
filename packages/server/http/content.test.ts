import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Refusal } from '@refreel/core/model';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Files, openFolderFiles } from '../store/index.ts';
import { type Content, readRange, sendContent } from './content.ts';

const bytes = randomBytes(1000);
let folder: string;
let files: Files;
let content: Content;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-content-'));
  files = await openFolderFiles(folder);
  const { sha256 } = await files.put(Readable.from([bytes]));
  content = { sha256, bytes: bytes.length, mediaType: 'video/mp4', fileName: 'film.mp4' };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (headers: Record<string, string>, method = 'GET') =>
  sendContent(new Request('http://127.0.0.1/', { headers, method }), files, content, false);

test.each<[string, number, number, number]>([
  ['bytes=0-0', 206, 0, 1],
  ['bytes=0-499', 206, 0, 500],
  ['bytes=500-', 206, 500, 1000],
  ['bytes=-1', 206, 999, 1000],
  ['bytes=-5000', 206, 0, 1000],
  ['bytes=990-5000', 206, 990, 1000],
  ['BYTES=10-19', 206, 10, 20],
  ['bytes=0-1,5-6', 200, 0, 1000],
  ['bytes=9-3', 200, 0, 1000],
  ['bytes=-', 200, 0, 1000],
  ['bytes=a-b', 200, 0, 1000],
  ['lines=0-1', 200, 0, 1000],
  ['', 200, 0, 1000],
])('Range: %s', async (range, status, from, to) => {
  const answer = await get(range === '' ? {} : { range });
  expect(answer.status).toBe(status);
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(from, to))).toBe(true);
  expect(answer.headers.get('content-length')).toBe(String(to - from));
  expect(answer.headers.get('content-range')).toBe(status === 206 ? `bytes ${from}-${to - 1}/1000` : null);
  expect(answer.headers.get('etag')).toBe(`"${content.sha256}"`);
});

test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('Range: %s lies outside', async (range) => {
  await expect(get({ range })).rejects.toThrow(Refusal);
});

test('what the caller has is not sent again', async () => {
  for (const known of [`"${content.sha256}"`, `W/"${content.sha256}"`, `"x", "${content.sha256}"`, '*'])
    expect((await get({ 'if-none-match': known, range: 'bytes=0-1' })).status).toBe(304);
  expect((await get({ 'if-none-match': '"x"' })).status).toBe(200);
});

test('a range of another version is all of this one', async () => {
  const range = 'bytes=0-1';
  expect((await get({ range, 'if-range': `"${content.sha256}"` })).status).toBe(206);
  for (const other of ['"x"', `W/"${content.sha256}"`, 'Fri, 20 Nov 2026 07:00:00 GMT'])
    expect((await get({ range, 'if-range': other })).status).toBe(200);
});

test.each([
  [undefined, 'private, max-age=31536000, immutable'],
  [86_399.9, 'private, max-age=86399, immutable'],
  [1e9, 'private, max-age=31536000, immutable'],
  [-5, 'private, max-age=0, immutable'],
])('what expires in %s s is kept by nobody for longer', async (secondsLeft, expected) => {
  const answer = await sendContent(new Request('http://127.0.0.1/'), files, { ...content, secondsLeft }, false);
  expect(answer.headers.get('cache-control')).toBe(expected);
});

test('HEAD tells the length and sends nothing', async () => {
  const head = await get({ range: 'bytes=0-9' }, 'HEAD');
  expect([head.status, head.headers.get('content-length'), head.body]).toEqual([206, '10', null]);
});

test('a range is inside the file, outside, or ignored', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,18}-\d{0,18}$/)), fc.nat(3000), (header, size) => {
      const range = readRange(header, size);
      if (range === undefined || range === 'outside') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThanOrEqual(range.start);
      expect(range.end).toBeLessThan(size);
    }),
  );
});
