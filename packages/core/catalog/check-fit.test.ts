import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beyondLimits } from '../model/check/media.ts';
import {
  type AudioFacts,
  check,
  explainNote,
  explainProblem,
  type FitTarget,
  type ImageFacts,
  type MediaFacts,
  planFit,
  type Request,
  replaceMediaAt,
  type VideoFacts,
} from '../model/index.ts';
import { cards, findCard } from './index.ts';

const grey = { mean: [90, 90, 90], meanTop: [90, 90, 90], meanBottom: [90, 90, 90] } as const;
const stored = { bytes: 9000, sha256: 'a'.repeat(64) };
const picture = (more: Partial<ImageFacts> = {}): ImageFacts =>
  ({
    kind: 'image',
    mediaType: 'image/png',
    ...stored,
    width: 1000,
    height: 800,
    alpha: false,
    animated: false,
    ...grey,
    ...more,
  }) as ImageFacts;
const film = (more: Partial<VideoFacts> = {}): VideoFacts =>
  ({
    kind: 'video',
    mediaType: 'video/mp4',
    ...stored,
    width: 1280,
    height: 720,
    seconds: 5,
    fps: 30,
    codec: 'h264',
    sound: true,
    mean: [90, 90, 90],
    ...more,
  }) as VideoFacts;
const sound = (more: Partial<AudioFacts> = {}): AudioFacts => ({
  ...{ kind: 'audio', mediaType: 'audio/wav', ...stored, seconds: 5, sampleRate: 48_000, channels: 2, codec: 'pcm' },
  ...more,
});

const wan = findCard('wan2.7-r2v')!;
const request = (more: Partial<Request> = {}): Request => ({
  model: wan.id,
  references: [{ kind: 'subject', id: 'mei', name: 'mei', image: 'mei.png', voice: 'mei.wav' }],
  shots: [{ prompt: [{ mention: 'mei' }, ' waves.'] }],
  ...more,
});
const checked = (image: ImageFacts, more: Partial<Request> = {}, voice = sound()) =>
  check(request(more), wan, { media: { 'mei.png': image, 'mei.wav': voice }, lines: {} });

describe('a medium that breaks a limit', () => {
  it('is refused, and the remedy names the flag; not to whoever asks by a vendor wire', () => {
    const { problems, fits } = checked(picture({ alpha: true }));
    expect(problems.map(({ code }) => code)).toEqual(['media_alpha']);
    expect(fits).toEqual([]);
    expect(explainProblem(problems[0]!, 'en').remedy).toContain('fitMedia: true');
    expect(explainProblem(problems[0]!, 'zh').remedy).toContain('fitMedia: true');
    expect(explainProblem(problems[0]!, 'en', { wire: true }).remedy).not.toContain('fitMedia');
  });

  it('is made to fit where the request allows it, and a note shows the change and whose limit it is', () => {
    const { problems, notes, fits } = checked(picture({ alpha: true }), { fitMedia: true });
    expect(problems).toEqual([]);
    expect(fits).toEqual([
      expect.objectContaining({
        path: 'references[0].image',
        media: 'mei.png',
        to: expect.objectContaining({ kind: 'image', background: '#ffffff', width: 1000, height: 800 }),
      }),
    ]);
    const [note] = notes.filter(({ code }) => code === 'media_fitted');
    expect(note).toMatchObject({ path: 'references[0].image', source: 'wan-2.7-api' });
    expect(explainNote(note!, 'en')).toBe(
      'references[0].image (PNG, 1000x800, with transparency, 9,000 bytes) is made to fit wan2.7-r2v: PNG, 1000x800, on #ffffff, at most 20 MB (20,971,520 bytes).',
    );
    expect(explainNote(note!, 'zh')).toContain('背景 #ffffff');
  });

  it('loses edges or seconds only as something less than asked, which strict refuses', () => {
    const wide = checked(picture({ width: 9000, height: 300 }), { fitMedia: true });
    expect(wide.notes.map(({ code }) => code)).toContain('media_cut');
    expect(wide.fits[0]?.to).toMatchObject({ width: 2400, height: 300 });
    expect(checked(picture({ width: 9000, height: 300 }), { fitMedia: true, strict: true }).problems).toMatchObject([
      { code: 'strict_refuses', path: 'references[0].image' },
    ]);
    const long = checked(picture(), { fitMedia: true }, sound({ seconds: 12 }));
    expect(long.fits).toMatchObject([{ path: 'references[0].voice', to: { seconds: 10, mediaType: 'audio/wav' } }]);
    expect(long.notes.map(({ code }) => code)).toContain('media_cut');
    // Scaling shows the same picture.
    expect(checked(picture({ width: 9000, height: 4500 }), { fitMedia: true, strict: true }).problems).toEqual([]);
  });

  it('that is too small or too short stays refused', () => {
    expect(checked(picture({ width: 100 }), { fitMedia: true }).problems.map(({ code }) => code)).toEqual([
      'media_too_small',
    ]);
    expect(checked(picture(), { fitMedia: true }, sound({ seconds: 0.5 })).problems.map(({ code }) => code)).toEqual([
      'media_too_short',
    ]);
    // Nothing can be done about one of two faults: both are told.
    const both = checked(picture({ width: 100, alpha: true }), { fitMedia: true });
    expect(both.problems.map(({ code }) => code)).toEqual(['media_too_small', 'media_alpha']);
    expect(both.fits).toEqual([]);
  });

  it('a frame becomes exactly the size that is asked', () => {
    const sora = findCard('sora-2')!;
    const frame: Request = {
      model: sora.id,
      references: [],
      startFrame: 'first.png',
      shots: [{ prompt: ['Rain.'], seconds: 4 }],
      size: { width: 1280, height: 720 },
      fitMedia: true,
    };
    const facts = { media: { 'first.png': picture({ width: 1920, height: 1080 }) }, lines: {} };
    const { problems, fits, notes } = check(frame, sora, facts);
    expect(problems).toEqual([]);
    expect(fits).toMatchObject([{ path: 'startFrame', to: { width: 1280, height: 720 } }]);
    expect(notes.map(({ code }) => code)).toContain('media_fitted');
  });
});

/** What would be measured of a medium that was made to fit. */
function madeOf(facts: MediaFacts, to: FitTarget): MediaFacts {
  if (to.kind === 'image')
    return picture({
      ...{ mediaType: to.mediaType, width: to.width, height: to.height },
      alpha: (facts as ImageFacts).alpha && to.background === undefined,
      bytes: Math.min(facts.bytes, to.mostBytes ?? facts.bytes),
    });
  if (to.kind === 'video')
    return film({
      width: to.width,
      height: to.height,
      fps: to.fps,
      seconds: to.seconds,
      bytes: Math.min(facts.bytes, to.mostBytes ?? facts.bytes),
    });
  return sound({
    seconds: to.seconds,
    sampleRate: to.sampleRate,
    channels: to.channels,
    bytes: 44 + to.seconds * to.sampleRate * to.channels * 2,
  });
}

it.each(cards.map((card) => [card.id, card] as const))('%s: whatever is planned keeps every limit', (_, card) => {
  const side = fc.integer({ min: 1, max: 12_000 });
  const bytes = fc.integer({ min: 1, max: 300 * 1_048_576 });
  const pictures = fc
    .record({
      width: side,
      height: side,
      bytes,
      alpha: fc.boolean(),
      mediaType: fc.constantFrom('image/png', 'image/jpeg', 'image/gif', 'image/webp'),
    })
    .map(picture);
  const seconds = fc.double({ min: 0.1, max: 120, noNaN: true });
  const fps = fc.constantFrom(12, 23.976, 24, 29.97, 30, 60, 120);
  const films = fc
    .record({ width: side, height: side, bytes, seconds, fps, mediaType: fc.constantFrom('video/mp4', 'video/webm') })
    .map(film);
  const sounds = fc
    .record({
      seconds,
      bytes,
      channels: fc.constantFrom(1, 2, 6),
      mediaType: fc.constantFrom('audio/wav', 'audio/mpeg', 'audio/mp4'),
    })
    .map(sound);
  fc.assert(
    fc.property(fc.oneof(pictures, films, sounds), (facts) => {
      const limit = card.media[facts.kind === 'audio' ? 'voice' : facts.kind];
      const plan = limit === null ? undefined : planFit(facts, limit);
      if (limit === null || plan === undefined) return;
      expect(beyondLimits(limit, madeOf(facts, plan.to), 'media', card.id)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('media are replaced where they stand', () => {
  const replaced = replaceMediaAt(
    request({
      startFrame: 'mei.png',
      references: [{ kind: 'subject', id: 'm', name: 'm', image: 'mei.png', angles: ['a', 'b'] }],
    }),
    new Map([
      ['references[0].angles[1]', 'asset:b'],
      ['startFrame', 'asset:s'],
    ]),
  );
  expect(replaced.references[0]).toMatchObject({ image: 'mei.png', angles: ['a', 'asset:b'] });
  expect(replaced.startFrame).toBe('asset:s');
  expect(() => replaceMediaAt(request(), new Map([['endFrame', 'x']]))).toThrow('endFrame');
});
