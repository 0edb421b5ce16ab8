import { describe, expect, test } from 'vitest';
import { Card } from '../card.ts';
import { noFacts } from '../facts.ts';
import type { Request } from '../request.ts';
import { type Checked, check } from './check.ts';

/** A card such as an account may bring: it says things that no card of the catalog says. */
const source = 'theirs';
const usual: Card = {
  id: 'their-model',
  dialect: 'openai',
  name: { en: 'Theirs', zh: '自有模型' },
  method: { en: 'Pictures', zh: '图像' },
  bestFor: { en: 'Tests', zh: '测试' },
  prompt: { required: false, most: null, negativeMost: null, negative: false, mentions: null, source },
  inputs: {
    subject: { image: 'optional', source },
    scene: null,
    image: { source },
    video: { source },
    startFrame: true,
    endFrame: true,
    source,
  },
  totals: [],
  media: { image: null, video: null, voice: null },
  shots: { form: 'own', each: { from: 1, to: 4 }, source },
  seconds: { limits: [{ from: 1, to: 8, source }], source },
  formats: {
    list: [
      { width: 1280, height: 720, ratio: '16:9', tier: '720p' },
      { width: 1920, height: 1080, ratio: '16:9', tier: '1080p' },
    ],
    size: 'pixels',
    source,
  },
  mode: null,
  fps: { limits: [{ from: 12, source }], source },
  audio: { default: true, limits: [{ oneOf: [true, false], source }], source },
  watermark: null,
  seed: false,
  count: { limits: [{ from: 1, to: 1, source }], source },
  expand: null,
  price: null,
  typical: [],
  expiry: { seconds: null, source },
  remix: true,
};

const shots = [{ prompt: ['A cat.'], seconds: 4 }];
const look = (more: Partial<Request>, card: Partial<Card> = {}): Checked =>
  check({ model: usual.id, references: [], shots, ...more }, { ...usual, ...card }, noFacts);
const refusals = ({ problems }: Checked) => problems.map(({ code, path }) => `${code} ${path}`);
const noted = ({ notes }: Checked) =>
  notes
    .filter(({ code }) => !code.endsWith('_unmentioned') && code !== 'media_unmeasured')
    .map(({ code, path }) => `${code} ${path}`);
const cat = { kind: 'subject', id: 'r', name: 'cat' } as const;

test('the card is one', () => {
  expect(Card.parse(usual)).toEqual(usual);
  expect(look({}).problems).toEqual([]);
});

test('a prompt may be left out where the card says so', () => {
  expect(look({ shots: [{ prompt: [], seconds: 4 }] }).problems).toEqual([]);
});

test('seconds without a default must be said, and the first shot that says none is named', () => {
  const silent = look({ shots: [{ prompt: ['A'], seconds: 2 }, { prompt: ['B'] }] });
  expect(refusals(silent)).toEqual(['setting_required shots[1].seconds']);
  expect(silent.film).toBeUndefined();
});

test('each shot is held to its shortest and longest', () => {
  const of = (...seconds: number[]) =>
    refusals(look({ shots: seconds.map((one) => ({ prompt: ['A'], seconds: one })) }));
  expect(of(1, 4)).toEqual([]);
  expect(of(0.99, 4.01)).toEqual([]);
  expect(of(0.9, 4)).toEqual(['shot_seconds shots[0].seconds']);
  expect(of(1, 4.1)).toEqual(['shot_seconds shots[1].seconds']);
});

describe('a subject with less than the model wants', () => {
  const of = (more: { image?: string; clip?: string }, input: Partial<NonNullable<Card['inputs']['subject']>>) =>
    look({ references: [{ ...cat, ...more }] }, { inputs: { ...usual.inputs, subject: { source, ...input } } });
  const both = { image: 'cat.png', clip: 'cat.mp4' };

  test('a clip alone, where no clips are taken', () => {
    expect(refusals(of({ clip: 'cat.mp4' }, { image: 'optional' }))).toEqual(['input_unsupported references[0].clip']);
    expect(refusals(of({ clip: 'cat.mp4' }, {}))).toEqual(['image_required references[0]']);
    expect(refusals(of({ clip: 'cat.mp4' }, { image: 'optional', clip: true }))).toEqual([]);
  });

  test('a picture, where only clips are taken', () => {
    expect(refusals(of({ image: 'cat.png' }, { image: 'none', clip: true }))).toEqual([
      'input_unsupported references[0].image',
    ]);
    const clipOnly = of(both, { image: 'none', clip: true });
    expect(noted(clipOnly)).toEqual(['image_dropped references[0].image']);
    expect(clipOnly.taken.references[0]).not.toHaveProperty('image');
  });

  test('what is left out is not sent either', () => {
    const noClip = of(both, { image: 'optional' });
    expect(noted(noClip)).toEqual(['clip_dropped references[0].clip']);
    expect(noClip.taken.references[0]).not.toHaveProperty('clip');
  });

  test('where subjects become videos, the clip is the video', () => {
    const taken = of({ clip: 'cat.mp4' }, { as: 'video', image: 'optional', clip: true });
    expect(taken.taken.references).toEqual([{ kind: 'video', id: 'r', name: 'cat', video: 'cat.mp4', use: 'subject' }]);
    expect(noted(taken)).toEqual(['kind_converted references[0].kind']);
  });
});

test("a video's sound and voice, where the card says nothing of them", () => {
  const walk = {
    kind: 'video',
    id: 'r',
    name: 'walk',
    video: 'w.mp4',
    use: 'edit',
    keepSound: true,
    voice: 'v.wav',
  } as const;
  const checked = look({ references: [walk] });
  expect(noted(checked)).toEqual(['voice_dropped references[0].voice', 'setting_ignored references[0].keepSound']);
  expect(checked.taken.references[0]).not.toHaveProperty('keepSound');
  expect(checked.taken.references[0]).not.toHaveProperty('voice');
});

describe('limits that hang on other settings', () => {
  const audio = {
    default: false,
    limits: [
      { when: { tier: ['1080p'] }, oneOf: [false], source },
      { when: { tier: ['720p'] }, oneOf: [true, false], source },
    ],
    source,
  };

  test('sound only at one tier', () => {
    expect(refusals(look({ audio: true, tier: '720p' }, { audio }))).toEqual([]);
    const refused = look({ audio: true, tier: '1080p' }, { audio });
    expect(refused.problems).toMatchObject([{ code: 'setting_not_offered', path: 'audio', values: { found: true } }]);
  });

  test('longer films only without sound, which is on unless asked', () => {
    const seconds = {
      limits: [
        { when: { audio: true }, from: 1, to: 4, source },
        { when: { audio: false }, from: 1, to: 8, source },
      ],
      source,
    };
    const long = [{ prompt: ['A'], seconds: 8 }];
    expect(refusals(look({ shots: long }, { seconds }))).toEqual(['setting_not_offered shots[0].seconds']);
    expect(refusals(look({ shots: long, audio: false }, { seconds }))).toEqual([]);
    // Asked to be silent, made with sound: then the shorter limit holds.
    const always = { default: true, limits: [{ oneOf: [true], source }], source };
    const loud = look({ shots: long, audio: false }, { seconds, audio: always });
    expect(refusals(loud)).toEqual(['setting_not_offered shots[0].seconds']);
    expect(noted(loud)).toEqual(['audio_always audio']);
  });

  test('several films only of short ones', () => {
    const count = {
      limits: [
        { when: { seconds: { to: 4 } }, from: 1, to: 4, whole: true, source },
        { when: { seconds: { from: 5 } }, from: 1, to: 1, source },
      ],
      source,
    };
    const of = (seconds: number) => refusals(look({ count: 3, shots: [{ prompt: ['A'], seconds }] }, { count }));
    expect(of(4)).toEqual([]);
    expect(of(5)).toEqual(['count_needs_split count']);
  });
});

describe('a total of which a newer page says more', () => {
  const images = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      kind: 'image' as const,
      id: `${index}`,
      name: `p${index}`,
      image: 'a.png',
    }));
  const of = (count: number, newer: { least?: number; most?: number }) =>
    look(
      { references: images(count) },
      { totals: [{ of: ['image'], least: 2, most: 3, newer: { ...newer, source }, source }] },
    );

  test('an end that it does not name stays', () => {
    expect(noted(of(1, { least: 0 }))).toEqual(['newer_edition references']);
    expect(refusals(of(4, { least: 0 }))).toEqual(['too_many references']);
    expect(noted(of(5, { most: 5 }))).toEqual(['newer_edition references']);
    expect(refusals(of(6, { most: 5 }))).toEqual(['too_many references']);
    expect(refusals(of(1, { most: 5 }))).toEqual(['too_few references']);
  });
});

test('a mode that the vendor chooses by itself is left open', () => {
  const mode = { limits: [{ oneOf: ['std', 'pro'], source }], source };
  expect(look({}, { mode })).toMatchObject({ problems: [], film: { mode: undefined } });
  expect(look({ mode: 'pro' }, { mode })).toMatchObject({ problems: [], film: { mode: 'pro' } });
  expect(refusals(look({ mode: 'max' }, { mode }))).toEqual(['setting_not_offered mode']);
});

test('a frame rate without an upper end', () => {
  expect(look({ fps: 120 }).film?.fps).toBe(120);
  expect(look({ fps: 11 }).problems).toMatchObject([
    { code: 'setting_not_offered', values: { limit: { en: 'at least 12' } } },
  ]);
  expect(look({}).film?.fps).toBe(24);
});

test('limits on media of one end only', () => {
  const video = { types: ['video/mp4'], mostFps: 30, source };
  const walk = { kind: 'video', id: 'r', name: 'walk', video: 'w.mp4', use: 'edit' } as const;
  const facts = {
    media: {
      'w.mp4': {
        ...{ kind: 'video' as const, mediaType: 'video/mp4', bytes: 1, sha256: '', width: 2, height: 2, seconds: 1 },
        ...{ fps: 60, codec: 'h264', sound: false, mean: [0, 0, 0] as [number, number, number] },
      },
    },
    lines: {},
  };
  const card = { ...usual, media: { ...usual.media, video } };
  const { problems } = check({ model: usual.id, references: [walk], shots }, card, facts);
  expect(problems).toMatchObject([{ code: 'media_fps', values: { found: 60, limit: { en: 'at most 30' } } }]);
});
