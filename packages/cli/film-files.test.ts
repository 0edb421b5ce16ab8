import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download } from '@refreel/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertWritable, writeFilm } from './film-files.ts';
import { numbered, takenPlace } from './film-place.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-film-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function downloadOf(chunks: readonly string[], failure?: Error): Download {
  const left = [...chunks];
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const chunk = left.shift();
      if (chunk !== undefined) controller.enqueue(new TextEncoder().encode(chunk));
      else if (failure !== undefined) controller.error(failure);
      else controller.close();
    },
  });
  return { mediaType: 'video/mp4', bytes: 6, sha256: 'ab', stream, blob: () => new Response(stream).blob() };
}

test('a film is written whole, or what was there stays', async () => {
  const file = join(folder, 'film.mp4');
  const shares: number[] = [];
  const written = await writeFilm(downloadOf(['a f', 'ilm']), 1, file, (received, of) => shares.push(received / of));
  expect(written).toEqual({ film: 1, file, bytes: 6, sha256: 'ab' });
  expect([readFileSync(file, 'utf8'), shares]).toEqual(['a film', [0.5, 1]]);
  const cut = writeFilm(downloadOf(['half'], new Error('cut')), 1, file, () => {});
  await expect(cut).rejects.toThrow('cut');
  expect(readFileSync(file, 'utf8')).toBe('a film');
  expect(readdirSync(folder)).toEqual(['film.mp4']);
});

test('a place that cannot be written is told before anything is asked for', async () => {
  await expect(assertWritable(join(folder, 'none', 'film.mp4'))).rejects.toMatchObject({
    problems: [{ code: 'output_unwritable', path: 'output' }],
  });
  await expect(assertWritable(folder)).rejects.toMatchObject({ problems: [{ code: 'output_unwritable' }] });
  writeFileSync(join(folder, 'face.jpg'), '');
  const taken = await takenPlace(join(folder, 'face.jpg'), undefined, [join(folder, 'face.jpg')]);
  expect(taken).toMatchObject([{ code: 'output_unwritable' }]);
  expect(await takenPlace(join(folder, 'free.mp4'), join(folder, 'request.yaml'), [])).toEqual([]);
});

test('several films are numbered before their ending', () => {
  expect(['a/film.mp4', 'a.b/film', '.mp4'].map((name) => numbered(name, 2))).toEqual([
    'a/film-2.mp4',
    'a.b/film-2',
    '-2.mp4',
  ]);
});
