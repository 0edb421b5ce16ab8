import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { boxLayoutOf } from '../../../media/film/boxes.ts';
import { inspectFilm } from '../../../media/film/inspect.ts';
import { EncodeError, type Encoder, presets } from './encoder.ts';
import { frameBytes, soundRate, soundSamples } from './film-facts.ts';
import { decodeSound, likenesses, loudness, pictureTrackFacts } from './measure-film.ts';
import {
  openSample,
  paintSample,
  type SampleFilm,
  sampleFilm,
  sampleSound,
  sampleTones,
  writeSample,
} from './sample-film.ts';

/** What every encoder must do. `unavailable` is the reason why it cannot run here; then all of it is skipped, saying so. */
export function describeEncoder(encoder: Encoder, unavailable?: string): void {
  const title = unavailable ? `encoder ${encoder.name} (skipped: ${unavailable})` : `encoder ${encoder.name}`;
  if (unavailable) process.emitWarning(`the suite of the encoder ${encoder.name} is skipped: ${unavailable}`);
  describe.skipIf(unavailable !== undefined)(title, () => {
    let folder: string;
    let path: (name: string) => string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), `refreel-${encoder.name}-`));
      path = (name) => join(folder, name);
    });
    afterEach(async () => {
      // Films are written to a path that the caller names, and nothing else is left beside it.
      for (const name of await readdir(folder)) expect(name).toMatch(/\.mp4$|^disk /);
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    it.each([
      { width: 320, height: 180 },
      { width: 854, height: 480 },
      { width: 16, height: 16 },
      { width: 18, height: 130 },
    ])('writes a film of exactly $width x $height', async (size) => {
      const film = sampleFilm({ ...size, title: '狐狸与海', language: 'zh' });
      const file = path(`${size.width}x${size.height}.mp4`);
      const written = await writeSample(encoder, file, film);
      const inspected = await inspectFilm(file);
      expect(inspected).toEqual({
        ...size,
        seconds: 1,
        fps: 24,
        frames: 24,
        codec: 'avc',
        profile: 'High',
        pixelFormat: 'yuv420p',
        audio: { codec: 'aac', sampleRate: 48_000, channels: 2, seconds: expect.closeTo(1, 5) },
        faststart: true,
        bytes: written.bytes,
        title: '狐狸与海',
        comment: film.format.comment,
        decodes: true,
      });
      expect(written).toEqual({ frames: 24, bytes: (await stat(file)).size });
      expect((await boxLayoutOf(file)).boxes.map((box) => box.type)).toEqual(['ftyp', 'moov', 'free', 'mdat']);
    });

    it('shows what was painted, frame by frame, in BT.709 of limited range', async () => {
      const film = sampleFilm();
      await writeSample(encoder, path('shown.mp4'), film);
      const decibels = await likenesses(path('shown.mp4'), film);
      expect(decibels).toHaveLength(film.frames);
      expect(Math.min(...decibels)).toBeGreaterThan(35);
      const { colour } = await pictureTrackFacts(path('shown.mp4'));
      expect(colour).toMatchObject({ primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false });
    });

    it.each([24, 25, 30, 60, 24_000 / 1001, 23.976, 29.97])('keeps exact time at %f frames a second', async (fps) => {
      const film = { ...sampleFilm({ fps }), frames: 23 };
      const exact = Number.isInteger(fps) ? fps : (Math.ceil(fps) * 1000) / 1001;
      const file = path(`rate-${fps}.mp4`);
      await writeSample(encoder, file, film);
      const { seconds, audio, frames } = await inspectFilm(file);
      const { times } = await pictureTrackFacts(file);
      expect(frames).toBe(23);
      expect(seconds).toBeCloseTo(23 / exact, 6);
      expect(times[0]).toBe(0);
      times.forEach((time, number) => {
        expect(time).toBeCloseTo(number / exact, 6);
      });
      expect(Math.abs(audio!.seconds - seconds)).toBeLessThan(1024 / soundRate);
    });

    it('starts every shot with an IDR frame, at 24000/1001 too', async () => {
      for (const fps of [24, 24_000 / 1001]) {
        const film: SampleFilm = { ...sampleFilm({ fps, audio: false }), frames: 40, shots: [0, 7, 8, 19, 33] };
        await writeSample(encoder, path('shots.mp4'), film);
        expect((await pictureTrackFacts(path('shots.mp4'))).idrFrames).toEqual([0, 7, 8, 19, 33]);
      }
    });

    it.each(presets)('is of the High profile with the preset %s', async (preset) => {
      await writeSample(encoder, path(`${preset}.mp4`), { ...sampleFilm(), frames: 12 }, { preset });
      expect(await inspectFilm(path(`${preset}.mp4`))).toMatchObject({ profile: 'High', frames: 12, decodes: true });
    });

    it('has no sound track at all without sound', async () => {
      await writeSample(encoder, path('silent.mp4'), sampleFilm({ audio: false }));
      const inspected = await inspectFilm(path('silent.mp4'));
      expect(inspected.audio).toBeUndefined();
      expect(inspected).toMatchObject({ frames: 24, seconds: 1, title: undefined, decodes: true });
    });

    it.each([0, 5, 24])('keeps the sound on its side and in time when it comes after %i frames', async (soundAfter) => {
      const film = sampleFilm();
      const file = path(`sound-${soundAfter}.mp4`);
      await writeSample(encoder, file, film, { soundAfter });
      const { left, right } = await decodeSound(file);
      expect(Math.abs(left.length - soundSamples(film.frames, film.format.fps))).toBeLessThan(1024);
      const middle = soundRate / 2;
      // A tone that begins half a second in is heard within 3 ms of that time, and not before.
      expect(Math.max(...left.subarray(0, middle - 256).map(Math.abs))).toBeLessThan(0.1);
      expect(left.subarray(middle, middle + 144).some((value) => Math.abs(value) > 0.2)).toBe(true);
      const loud = { left: left.subarray(middle + 2048, -2048), right: right.subarray(middle + 2048, -2048) };
      expect(loudness(loud.left, sampleTones.left)).toBeCloseTo(0.4, 1);
      expect(loudness(loud.right, sampleTones.right)).toBeCloseTo(0.4, 1);
      expect(loudness(loud.left, sampleTones.right)).toBeLessThan(0.02);
      expect(loudness(loud.right, sampleTones.left)).toBeLessThan(0.02);
    });

    it('gives the same bytes for the same input, whenever the sound comes', async () => {
      const film = sampleFilm({ width: 854, height: 480, title: 'Twice' });
      const hashes = new Set<string>();
      for (const soundAfter of [0, 0, 0, 0, 9, 24]) {
        await writeSample(encoder, path('again.mp4'), film, { soundAfter });
        hashes.add(
          createHash('sha256')
            .update(await readFile(path('again.mp4')))
            .digest('hex'),
        );
      }
      expect(hashes.size).toBe(1);
    });

    it('overwrites what stood at the path', async () => {
      await writeSample(encoder, path('over.mp4'), sampleFilm({ width: 854, height: 480 }));
      await writeSample(encoder, path('over.mp4'), sampleFilm({ width: 64, height: 64 }));
      expect(await inspectFilm(path('over.mp4'))).toMatchObject({ width: 64, height: 64 });
    });

    it('writes where the path has colons, spaces, percent signs and other scripts', async () => {
      const name = 'pipe:1 %03d 草稿.mp4';
      await writeSample(encoder, path(name), sampleFilm());
      expect((await inspectFilm(path(name))).frames).toBe(24);
    });

    describe('that cannot write', () => {
      it.each([
        ['a folder that does not exist', 'nowhere/film.mp4'],
        ['a path that is a folder', 'folder.mp4'],
      ])('names %s', async (_, name) => {
        await mkdir(path('folder.mp4'), { recursive: true });
        const failure = await openSample(encoder, path(name), sampleFilm()).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(EncodeError);
        expect(failure).toMatchObject({ code: 'not-writable', file: path(name) });
        expect((await stat(path('folder.mp4'))).isDirectory()).toBe(true);
      });

      it.for(['before the first frame', 'after the last'])(
        'names a full disk and leaves nothing, sound given %s',
        async (when, { skip }) => {
          const disk = path(`disk ${when}`);
          await mkdir(disk);
          skip(!mountSmallDisk(disk), 'only root may mount a small disk');
          try {
            const film = { ...sampleFilm({ width: 854, height: 480 }), frames: 48 };
            const failure = await writeNoise(encoder, join(disk, 'film.mp4'), film, when === 'after the last' ? 48 : 0);
            expect(failure).toBeInstanceOf(EncodeError);
            expect(failure).toMatchObject({ code: 'disk-full', file: join(disk, 'film.mp4') });
            expect(await readdir(disk)).toEqual([]);
          } finally {
            execFileSync('umount', [disk]);
          }
        },
      );
    });

    describe('session', () => {
      it('leaves nothing when it is aborted, at any point and twice', async () => {
        for (const frames of [0, 1, 20]) {
          const film = sampleFilm();
          const before = await readdir(folder);
          const session = await openSample(encoder, path('aborted.mp4'), film);
          const { left, right } = sampleSound(film);
          if (frames !== 20) session.audio(left, right);
          const memory = new Uint8Array(frameBytes(film.format));
          for (let number = 0; number < frames; number += 1) await session.video(memory);
          await session.abort();
          await session.abort();
          expect(await readdir(folder)).toEqual(before);
          await expect(session.video(memory)).rejects.toThrow('aborted');
        }
      });

      it('can be aborted while it takes a frame', async () => {
        const film = sampleFilm({ width: 854, height: 480 });
        const session = await openSample(encoder, path('interrupted.mp4'), film);
        const taken = session.video(new Uint8Array(frameBytes(film.format))).catch(() => {});
        await session.abort();
        await taken;
        expect(await readdir(folder)).not.toContain('interrupted.mp4');
      });

      it('can be aborted while it finishes', async () => {
        for (const milliseconds of [0, 5, 40, 80]) {
          const film = sampleFilm();
          const session = await openSample(encoder, path('late.mp4'), { ...film, shots: [0] });
          await session.video(new Uint8Array(frameBytes(film.format)));
          session.audio(new Float32Array(2000), new Float32Array(2000));
          const finished = session.finish().then(
            () => true,
            () => false,
          );
          await new Promise((resolve) => setTimeout(resolve, milliseconds));
          await session.abort();
          expect((await readdir(folder)).includes('late.mp4')).toBe(await finished);
          await rm(path('late.mp4'), { force: true });
        }
      });

      it('takes one frame at a time', async () => {
        const film = sampleFilm({ audio: false });
        const session = await openSample(encoder, path('hasty.mp4'), film);
        const memory = new Uint8Array(frameBytes(film.format));
        const first = session.video(memory);
        await expect(session.video(memory)).rejects.toThrow('await each call');
        await first;
        await session.abort();
      });

      it('keeps a finished film when it is aborted afterwards', async () => {
        const film = sampleFilm({ audio: false });
        const session = await openSample(encoder, path('kept.mp4'), { ...film, shots: [0] }, { keyframes: [0] });
        await session.video(new Uint8Array(frameBytes(film.format)));
        await session.finish();
        await session.abort();
        expect((await inspectFilm(path('kept.mp4'))).frames).toBe(1);
      });

      it('refuses what does not fit together', async () => {
        const film = { ...sampleFilm(), frames: 1 };
        const session = await openSample(encoder, path('unfit.mp4'), film, { keyframes: [0, 1] });
        const memory = new Uint8Array(frameBytes(film.format));
        await expect(session.video(memory.subarray(1))).rejects.toThrow(RangeError);
        await expect(session.finish()).rejects.toThrow('at least one frame');
        await session.video(memory);
        await expect(session.finish()).rejects.toThrow('keyframe 1');
        await session.video(memory);
        await expect(session.finish()).rejects.toThrow('4000 samples of sound, found none');
        session.audio(new Float32Array(3000), new Float32Array(3000));
        await expect(session.finish()).rejects.toThrow('found 3000');
        expect(() => session.audio(new Float32Array(1), new Float32Array(1))).toThrow('already');
        await session.abort();
      });

      it.each([{ width: 321 }, { height: 14 }, { fps: 23.5 }, { fps: 0 }])('refuses the format %o', async (change) => {
        await expect(openSample(encoder, path('refused.mp4'), sampleFilm(change))).rejects.toThrow(RangeError);
        expect(await readdir(folder)).not.toContain('refused.mp4');
      });
    });
  });
}

/** A disk of 256 KiB at the folder; false where that is not allowed. */
function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes a film that cannot be made small, and gives back the error that ended it. */
async function writeNoise(encoder: Encoder, file: string, film: SampleFilm, soundAfter: number): Promise<unknown> {
  const session = await openSample(encoder, file, film);
  const memory = new Uint8Array(frameBytes(film.format));
  const { left, right } = sampleSound(film);
  let state = 1;
  try {
    if (soundAfter === 0) session.audio(left, right);
    for (let number = 0; number < film.frames; number += 1) {
      paintSample(film, number, memory);
      for (let index = 0; index < memory.length; index += 1) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        memory[index] = memory[index]! ^ (state >>> 26);
      }
      await session.video(memory);
    }
    if (soundAfter > 0) session.audio(left, right);
    await session.finish();
    return undefined;
  } catch (error) {
    await expect(session.finish()).rejects.toBe(error);
    await session.abort();
    return error;
  }
}
