import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeEncoder } from './encoder.suite.ts';
import { ffmpegEncoder } from './ffmpeg.ts';
import { findFfmpeg, hasEncoders } from './ffmpeg-process.ts';
import { openSample, sampleFilm, writeSample } from './sample-film.ts';

const program = await findFfmpeg();
const usable = program !== undefined && (await hasEncoders(program));
describeEncoder(ffmpegEncoder, usable ? undefined : 'no ffmpeg with libx264 on PATH or at REFREEL_FFMPEG');

describe('a machine without a usable ffmpeg', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refreel-no-ffmpeg-'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  it('is told so, and nothing is left at the path', async () => {
    vi.stubEnv('REFREEL_FFMPEG', join(folder, 'ffmpeg'));
    await expect(openSample(ffmpegEncoder, join(folder, 'film.mp4'), sampleFilm())).rejects.toMatchObject({
      name: 'EncodeError',
      code: 'encoder-missing',
    });
    vi.stubEnv('REFREEL_FFMPEG', '');
    vi.stubEnv('PATH', folder);
    await expect(openSample(ffmpegEncoder, join(folder, 'film.mp4'), sampleFilm())).rejects.toMatchObject({
      code: 'encoder-missing',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it('is told so too by a program without the encoders', async () => {
    vi.stubEnv('REFREEL_FFMPEG', process.execPath);
    await expect(writeSample(ffmpegEncoder, join(folder, 'film.mp4'), sampleFilm())).rejects.toMatchObject({
      name: 'EncodeError',
      code: 'encoder-missing',
    });
    expect(await readdir(folder)).toEqual([]);
  });
});
