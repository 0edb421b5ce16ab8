import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Card,
  type Checked,
  check,
  explainProblem,
  type Facts,
  noteEffect,
  Request,
  type Request as RequestData,
} from '../model/index.ts';
import { everyCard, leastInputs } from './check-cases.ts';
import { ask, facts, footage, measured, picture, shot, sound } from './check-samples.ts';

const mediaName = fc.constantFrom(
  'a.png',
  'b.png',
  'big.png',
  'a.mp4',
  'long.mp4',
  'a.wav',
  'unmeasured',
  '__proto__',
  'constructor',
);
const someFacts: Facts = facts({
  'a.png': picture(),
  'b.png': picture({ width: 720, height: 1280, alpha: true, animated: true, mediaType: 'image/webp' }),
  'big.png': picture({ width: 9000, height: 240, bytes: 30_000_000, mediaType: 'image/bmp' }),
  'a.mp4': footage(),
  'long.mp4': footage({ seconds: 31, fps: 15, width: 640, height: 360 }),
  'a.wav': sound(),
});

const known = { id: fc.constantFrom('r1', 'r2', 'r3'), name: fc.constantFrom('mei', 'Mei', '小明', 'dog_2') };
const reference = fc.oneof(
  fc.record(
    {
      kind: fc.constant('subject' as const),
      ...known,
      image: mediaName,
      angles: fc.array(mediaName, { maxLength: 5 }),
      clip: mediaName,
      voice: mediaName,
    },
    { requiredKeys: ['kind', 'id', 'name'] },
  ),
  fc.record(
    { kind: fc.constant('scene' as const), ...known, image: mediaName, angles: fc.array(mediaName, { maxLength: 4 }) },
    { requiredKeys: ['kind', 'id', 'name', 'image'] },
  ),
  fc.record({ kind: fc.constant('image' as const), ...known, image: mediaName }),
  fc.record(
    {
      kind: fc.constant('video' as const),
      ...known,
      video: mediaName,
      use: fc.constantFrom('subject' as const, 'feature' as const, 'edit' as const),
      keepSound: fc.boolean(),
      voice: mediaName,
    },
    { requiredKeys: ['kind', 'id', 'name', 'video', 'use'] },
  ),
);

const prompt = fc.array(
  fc.oneof(
    fc.constantFrom('', ' ', 'A cat runs. ', '小明走过来。', 'x'.repeat(3000)),
    fc.record(
      {
        mention: fc.constantFrom('r1', 'r2', 'r9'),
        media: fc.oneof(
          fc.constantFrom('image' as const, 'clip' as const, 'voice' as const),
          fc.record({ angle: fc.nat(4) }),
        ),
      },
      { requiredKeys: ['mention'] },
    ),
  ),
  { maxLength: 4 },
);

const seconds = fc.oneof(
  fc.constantFrom(1, 2, 3, 4, 5, 8, 10, 12, 15, 60, 2.5, 5.01),
  fc.double({ min: 1e-6, max: 1e308, noNaN: true }),
);

const anyRequest = (model: string): fc.Arbitrary<RequestData> =>
  fc
    .record(
      {
        model: fc.constant(model),
        references: fc.array(reference, { maxLength: 8 }),
        shots: fc.array(fc.record({ prompt, seconds }, { requiredKeys: ['prompt'] }), { minLength: 1, maxLength: 4 }),
        startFrame: mediaName,
        endFrame: mediaName,
        negativePrompt: fc.constantFrom('', 'fog', '雾'.repeat(600)),
        size: fc.oneof(
          fc.constantFrom({ width: 1280, height: 720 }, { width: 720, height: 1280 }, { width: 1648, height: 1248 }),
          fc.record({ width: fc.integer({ min: 1, max: 9000 }), height: fc.integer({ min: 1, max: 9000 }) }),
        ),
        ratio: fc.constantFrom('16:9', '9:16', '1:1', '4:3', '999:1', '7:5'),
        tier: fc.constantFrom('720p', '1080p', '480p', '540p', '9999p', '101p'),
        mode: fc.constantFrom('std', 'pro', 'max', ''),
        fps: fc.constantFrom(24, 30, 23.976, 24.01, 1e-9, 1e9),
        audio: fc.boolean(),
        watermark: fc.boolean(),
        seed: fc.constantFrom(0, 2_147_483_647),
        count: fc.constantFrom(1, 2, 4, 5, 20),
        allowSplit: fc.boolean(),
        expand: fc.boolean(),
        draftMark: fc.boolean(),
        allowUnknownPrice: fc.boolean(),
        alternatives: fc.constant<string[]>(['sora-2']),
        from: fc.constant('g1'),
      },
      { requiredKeys: ['model', 'references', 'shots'] },
    )
    .map((request) => request as RequestData);

/** A request that a card takes as it is, with some settings that it may or may not offer. */
const fittingRequest = (card: Card): fc.Arbitrary<RequestData> => {
  const offered = (limits: Card['seconds']['limits']) =>
    limits.flatMap(({ oneOf, from, to }) => [
      ...(oneOf ?? []),
      ...(from === undefined ? [] : [from]),
      ...(to === undefined ? [] : [to]),
    ]);
  // Most settings unsaid: with all of them said, next to nothing is accepted without a word.
  const pick = <Value>(values: readonly Value[]) =>
    fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) });
  const { list } = card.formats;
  return fc
    .record({
      size: pick([...list.map(({ width, height }) => ({ width, height })), { width: 320, height: 180 }]),
      ratio: pick([...list.map(({ ratio }) => ratio), '16:9']),
      tier: pick([...list.map(({ tier }) => tier), '720p']),
      mode: pick(['std', 'pro']),
      fps: pick([...offered(card.fps.limits), 25]),
      audio: pick([true, false]),
      watermark: pick([true, false]),
      expand: pick([true, false]),
      seed: pick([0, 7]),
      count: pick([1, 2, 4]),
      allowSplit: pick([true, false]),
      negativePrompt: pick(['fog']),
      from: pick(['g1']),
      shots: fc.array(
        pick([...offered(card.seconds.limits), 5, 5.01]).map((value) => shot(value as number | undefined)),
        { minLength: 1, maxLength: 3, size: 'xsmall' },
      ),
    })
    .map((settings) => {
      const said = Object.entries(settings).filter(([, value]) => value !== undefined);
      return { ...ask(card.id, leastInputs(card) ?? {}), ...Object.fromEntries(said) } as RequestData;
    });
};

const frozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
};

const names = (checked: Checked) => [...checked.problems, ...checked.notes].map(({ path }) => path);

/** A path of a request as its keys: `references[0].image` is references, 0, image. */
const keysOf = (path: string) => path.split(/[.[\]]+/).filter((key) => key !== '');

const at = (request: RequestData, path: string): unknown =>
  keysOf(path).reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], request);

const fields = new Set(Object.keys(Request.shape));

/** Whether a path leads to something that is there, or to a field that could be said where its last key stands. */
function leads(path: string, request: RequestData): boolean {
  const keys = keysOf(path);
  let at: unknown = request;
  for (const [index, key] of keys.entries()) {
    if (index === 0 && !fields.has(key)) return false;
    if (index === keys.length - 1)
      return index === 0 || (at as Record<string, unknown>)[key] !== undefined || key === 'seconds';
    at = (at as Record<string, unknown>)[key];
    if (at === undefined) return false;
  }
  return false;
}

/** Notes that speak of a medium or a reference, not of a field that was not honoured. */
const asides: readonly string[] = [
  'reference_unmentioned',
  'references_unmentioned',
  'media_unmeasured',
  'media_animated',
];

/** The fields that a request names and that a film must show, or a note or problem must name. */
function unheard(request: RequestData, card: Card, { film, taken, notes, problems }: Checked): string[] {
  const named = [...notes, ...problems].filter(({ code }) => !asides.includes(code)).map(({ path }) => path);
  const said = (field: string) =>
    named.some((path) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`));
  const lost: string[] = [];
  const hold = (field: string, honoured: boolean) => {
    if (!honoured && !said(field)) lost.push(field);
  };
  const { size, ratio, tier, mode, fps, audio, watermark, seed, count, expand, negativePrompt } = request;
  if (film !== undefined) {
    if (size !== undefined) hold('size', film.width === size.width && film.height === size.height);
    if (ratio !== undefined) hold('ratio', film.ratio === ratio);
    if (tier !== undefined) hold('tier', film.tier === tier);
    if (mode !== undefined) hold('mode', film.mode === mode);
    if (fps !== undefined) hold('fps', Math.abs(film.fps - fps) <= 0.001);
    if (audio !== undefined) hold('audio', film.audio === audio);
    if (watermark !== undefined) hold('watermark', film.watermark === watermark);
    if (count !== undefined) hold('count', film.count * film.attempts === count);
    for (const [index, { seconds }] of request.shots.entries())
      if (seconds !== undefined) hold('shots', Math.abs(film.shotSeconds[index]! - seconds) <= 0.5 / film.fps);
    hold('shots', Math.abs(film.shotSeconds.reduce((sum, one) => sum + one, 0) - film.seconds) <= 0.5 / film.fps);
  }
  if (seed !== undefined) hold('seed', card.seed);
  if (expand === true) hold('expand', card.expand !== null);
  if (negativePrompt !== undefined && negativePrompt.trim() !== '') hold('negativePrompt', card.prompt.negative);
  if (request.from !== undefined) hold('from', card.remix);
  if (request.shots.length > 1) hold('shots', card.shots.form === 'own');
  for (const frame of ['startFrame', 'endFrame'] as const)
    if (request[frame] !== undefined) hold(frame, taken[frame] === request[frame]);
  for (const [index, asked] of request.references.entries()) {
    const got = taken.references[index] as Record<string, unknown> | undefined;
    for (const [field, value] of Object.entries(asked)) {
      const empty = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
      const kept = JSON.stringify(got?.[field]) === JSON.stringify(value);
      if (!empty) hold(`references[${index}].${field}`, kept || named.includes(`references[${index}]`));
    }
  }
  return lost;
}

const runs = { numRuns: 120 };

describe.each(everyCard.map((card, index) => [`${card.id} (${index})`, card] as const))('%s', (_, card) => {
  const any = anyRequest(card.id);

  test('whatever the schema lets through has an answer, always the same, and nothing is changed', () => {
    fc.assert(
      fc.property(any, fc.constantFrom(someFacts, measured), (request, of) => {
        expect(Request.safeParse(request).success).toBe(true);
        const first = check(frozen(request), frozen(card), of === measured ? of : frozen(of));
        expect(check(structuredClone(request), card, of)).toEqual(first);
        for (const problem of first.problems) {
          const texts = [explainProblem(problem, 'en'), explainProblem(problem, 'zh')];
          for (const { message, remedy } of texts) expect(`${message}${remedy}`).not.toMatch(/\{\w+\}|undefined/);
        }
        if (first.problems.length === 0) expect(first.film).toBeDefined();
        for (const { code, path } of first.notes)
          if (['voice_dropped', 'clip_dropped', 'image_dropped'].includes(code))
            expect(at(first.taken, path), `${path} is said to be left out`).toBeUndefined();
        expect(first.taken.references.map(({ id }) => id)).toEqual(request.references.map(({ id }) => id));
        expect(Request.safeParse(first.taken).success).toBe(true);
      }),
      runs,
    );
  });

  test('strict refuses exactly what is degraded', () => {
    fc.assert(
      fc.property(fc.oneof(any, fittingRequest(card)), (request) => {
        const loose = check(request, card, someFacts);
        const strict = check({ ...request, strict: true }, card, someFacts);
        const degraded = loose.notes.filter(({ code }) => noteEffect(code) === 'degraded');
        expect(strict.notes).toEqual(loose.notes);
        expect(strict.film).toEqual(loose.film);
        expect(strict.problems.slice(0, loose.problems.length)).toEqual(loose.problems);
        const refused = strict.problems.slice(loose.problems.length);
        expect(refused.map(({ code, path, source }) => [code, path, source])).toEqual(
          degraded.map(({ path, source }) => ['strict_refuses', path, source]),
        );
      }),
      runs,
    );
  });

  test('every problem and note says where', () => {
    fc.assert(
      fc.property(any, (request) => {
        for (const path of names(check(request, card, someFacts))) expect(leads(path, request), path).toBe(true);
      }),
      runs,
    );
  });

  test('no field is dropped without a word', () => {
    fc.assert(
      fc.property(fc.oneof(any, fittingRequest(card)), fc.constantFrom(someFacts, measured), (request, of) => {
        const checked = check(request, card, of);
        expect(unheard(request, card, checked)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('what is accepted without a word comes out as it was asked', () => {
    let silent = 0;
    fc.assert(
      fc.property(fittingRequest(card), (request) => {
        const checked = check(request, card, measured);
        const notes = checked.notes.filter(({ code }) => !code.endsWith('_unmentioned'));
        if (checked.problems.length > 0 || notes.length > 0) return;
        silent += 1;
        const { film, taken } = checked;
        expect(taken).toEqual(request);
        expect(film).toBeDefined();
        expect(unheard(request, card, { ...checked, notes: [], problems: [] })).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(silent, 'requests that were accepted without a word').toBeGreaterThan(20);
  });

  test('each field alone is honoured, noted or refused, by its own name', () => {
    const base = { ...ask(card.id, leastInputs(card) ?? {}) };
    const wishes: Partial<RequestData>[] = [
      ...[
        { width: 320, height: 180 },
        { width: 1280, height: 720 },
        { width: 1920, height: 1080 },
      ].map((size) => ({ size })),
      ...['16:9', '9:16', '4:3', '2:1'].map((ratio) => ({ ratio })),
      ...['360p', '720p', '1080p', '2160p'].map((tier) => ({ tier })),
      ...['std', 'pro', 'max'].map((mode) => ({ mode })),
      ...[12, 24, 25, 30].map((fps) => ({ fps })),
      ...[true, false].flatMap((wish) => [{ audio: wish }, { watermark: wish }, { expand: wish }]),
      ...[2, 4, 9].flatMap((count) => [{ count }, { count, allowSplit: true }]),
      ...[1, 2, 4, 5, 7.5, 8, 10, 12, 15, 61].map((seconds) => ({ shots: [shot(seconds)] })),
      { seed: 7 },
      { negativePrompt: 'fog' },
      { from: 'g1' },
      { startFrame: 'a.png' },
      { endFrame: 'b.png' },
    ];
    for (const wish of wishes) {
      const request = { ...base, ...wish };
      const checked = check(request, card, measured);
      expect(unheard(request, card, checked), JSON.stringify(wish)).toEqual([]);
      // What is refused alone is refused where it stands.
      const field = Object.keys(wish)[0]!;
      const usual = check(base, card, measured).problems.length;
      if (checked.problems.length > usual) {
        const place = ['startFrame', 'endFrame', 'ratio', 'tier', 'size'].includes(field)
          ? /^(startFrame|endFrame|references|ratio|tier|size)/
          : new RegExp(`^${field}`);
        for (const { path } of checked.problems) expect(path, JSON.stringify(wish)).toMatch(place);
      }
    }
  });
});
