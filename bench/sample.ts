import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { readRequest } from '../packages/core/authoring/index.ts';
import { type Media, mediaOfRequest, type Request } from '../packages/core/model/index.ts';

// What every benchmark of the animatic draws: the sample request in exactly five seconds.

export const root = resolve(import.meta.dirname, '..');
export const sample = join(root, 'samples/sunrise.yaml');

/** Seconds of the three shots. */
const seconds = [2.1, 1.6, 1.3];

/** The sample in this size, at 30 frames a second. */
export function sampleRequest(width: number, height: number): Request {
  const written = parse(readFileSync(sample, 'utf8')) as Record<string, unknown> & { shots: { seconds: number }[] };
  const shots = written.shots.map((shot, index) => ({ ...shot, seconds: seconds[index] }));
  const { request } = readRequest({ ...written, shots, size: `${width}x${height}`, fps: 30 });
  if (request === undefined) throw new Error('the sample request is not valid');
  return request;
}

/** The path of each medium of the sample. */
export function sampleFiles(request: Request): Record<Media, string> {
  return Object.fromEntries(mediaOfRequest(request).map(({ media }) => [media, resolve(dirname(sample), media)]));
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Prints a row of a table. */
export function row(name: string, ...cells: readonly string[]): void {
  process.stdout.write(`| ${[name, ...cells].join(' | ')} |\n`);
}
