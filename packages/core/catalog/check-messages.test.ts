import { describe, expect, test } from 'vitest';
import {
  type Card,
  type Checked,
  check,
  explainNote,
  explainProblem,
  languages,
  type Note,
  noFacts,
  type Problem,
  type Request,
} from '../model/index.ts';
import { casesOf, everyCard } from './check-cases.ts';
import {
  ask,
  cardOf,
  clip,
  facts,
  footage,
  image,
  look,
  measuredBut,
  onlyProblem,
  picture,
  scene,
  shot,
  sound,
  subject,
  video,
} from './check-samples.ts';

/** A card that somebody brings may leave the seconds to whoever asks. */
const { default: _, ...saidSeconds } = cardOf('kling-v3').seconds;
const mustSay: Card = { ...cardOf('kling-v3'), seconds: saidSeconds };

const listed = 'Shot 1 (2s): A dog runs.\nShot 2 (3s): It sleeps.';

/** Requests with what the limits of the cards do not bring about. */
const others: readonly Checked[] = [
  check(ask('kling-v3'), mustSay, noFacts),
  look(ask('animatic', { references: [image('a'), image('a')] })),
  look(ask('animatic', { references: [image('a'), { ...image('b'), id: 'r-a' }] })),
  ...[undefined, 9].map((seconds) => look(ask('kling-o3-pro-reference-to-video', { shots: [shot(seconds, listed)] }))),
  look(ask('sora-2', { shots: [shot(8, listed)] })),
  look(ask('animatic', { references: ['a', 'b', 'c', 'd'].map((name) => image(name)) })),
  look(ask('kling-o3-pro-reference-to-video', { references: [subject('a', { angles: ['1', '2', '3', '4'] })] })),
  look(ask('animatic', { references: [{ kind: 'subject', id: 'r', name: 'nobody' }] })),
  look(ask('animatic', { shots: [shot(2, { mention: 'r-x' })] })),
  look(ask('animatic', { references: [image('a')], shots: [shot(2, { mention: 'r-a', media: 'voice' })] })),
  look(ask('animatic', { size: { width: 1280, height: 720 }, tier: '1080p' })),
  look(ask('animatic', { startFrame: 'a.png' }), noFacts),
  look(ask('animatic', { startFrame: 'a.png' }), facts({ 'a.png': picture({ animated: true }) })),
  look(ask('animatic', { startFrame: 'a.png' }), facts({ 'a.png': sound() })),
  look(ask('sora-2', { startFrame: 'a.png', endFrame: 'b.png', references: [scene('park')] })),
  look(ask('sora-2', { seed: 1, mode: 'pro', watermark: true, expand: true, shots: [shot(2), shot(2)], strict: true })),
  look(ask('kling-v2-1', { startFrame: 'a.png', ratio: '1:1' })),
  look(ask('kling-v3', { mode: 'std', ratio: '1:1', tier: '1080p' })),
  look(ask('kling-v3', { references: [image('a')], shots: [shot(15, { mention: 'r-a' })], from: 'g' })),
  look(ask('kling-video-o1', { references: [video('walk', { use: 'edit' })], startFrame: 'a.png', mode: 'std' })),
  look(ask('kling-video-o1', { references: [video('walk', { voice: 'a.wav' }), clip('b')] })),
  look(ask('kling-o3-pro-reference-to-video', { references: [clip('b')], shots: [shot(2), shot(5), shot(10)] })),
  look(
    ask('wan2.7-r2v', {
      references: [subject('a', { clip: 'a.mp4', angles: ['b.png'] })],
      startFrame: 'a.png',
      ratio: '1:1',
    }),
  ),
  look(ask('wan2.7-r2v', { references: [video('a', { keepSound: true })], shots: [shot(2), shot(3)], audio: false })),
  look(
    ask('grok-imagine-reference-to-video', {
      references: [subject('a', { clip: 'a.mp4', voice: 'a.wav' })],
      count: 3,
      allowSplit: true,
    }),
  ),
  look(
    ask('PixVerse-v4.5-MR2V', {
      references: [subject('a')],
      tier: '1080p',
      shots: [shot(8)],
      size: { width: 100, height: 100 },
    }),
  ),
];

const checked: readonly Checked[] = [
  ...everyCard.flatMap((card) => casesOf(card).map(({ request, media }) => check(request, card, measuredBut(media)))),
  ...others,
];

const problems: readonly Problem[] = checked.flatMap((one) => one.problems);
const notes: readonly Note[] = checked.flatMap((one) => one.notes);

/** These speak of the request as a whole. */
const pathless: readonly string[] = [
  ...['too_many', 'too_few', 'inputs_exclude', 'shots_seconds', 'too_many_shots', 'strict_refuses'],
];

const flat = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(flat);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(flat);
  return [String(value)];
};

describe.each(languages)('in %s', (language) => {
  const problemTexts = new Map<string, Problem>();
  for (const problem of problems) {
    const { message, remedy } = explainProblem(problem, language);
    problemTexts.set(`${message} ${remedy}`, problem);
  }
  const noteTexts = new Map(notes.map((note) => [explainNote(note, language), note] as const));
  const texts = [...problemTexts.keys(), ...noteTexts.keys()];

  test('no place is left unfilled and nothing reads like a programme', () => {
    expect(texts.length).toBeGreaterThan(200);
    for (const text of texts) expect(text).not.toMatch(/\{\w+\}|undefined|null|NaN|\[object|Infinity| {2}| [.,;:]/);
  });

  test('whole sentences, in the language that was asked for', () => {
    for (const text of texts) {
      expect(text).toMatch(language === 'zh' ? /。$/ : /[.]$/);
      // Paths, model ids and values stay as they are written in a request.
      if (language === 'en') expect(text).not.toMatch(/\p{Script=Han}/u);
      else expect(text).toMatch(/\p{Script=Han}/u);
    }
  });

  test('the limit and what was found are named', () => {
    for (const [text, { code, values, path }] of problemTexts) {
      if (path !== '' && !pathless.includes(code)) expect(text, code).toContain(path.split(/[.[]/)[0]);
      for (const name of ['found', 'limit', 'foundBytes', 'limitBytes'] as const) {
        const value = values[name];
        if (value === undefined || code === 'strict_refuses') continue;
        const bytes = code === 'media_bytes' && typeof value === 'number';
        const localized =
          typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, string>)[language] : value;
        const words = bytes ? [value.toLocaleString('en-GB')] : flat(localized);
        for (const word of words) expect(text, code).toContain(word);
      }
    }
  });
});

test('every refusal and note of check was looked at', () => {
  const codes = new Set<string>([...problems, ...notes].map(({ code }) => code));
  expect([...codes].sort()).toEqual([
    ...[
      'angles_dropped',
      'angles_not_taken',
      'audio_always',
      'clip_dropped',
      'count_needs_split',
      'count_split',
      'duplicate_id',
    ],
    ...['duplicate_name', 'end_frame_alone', 'format_not_offered', 'fps_fixed', 'frame_size', 'image_dropped'],
    ...['image_required', 'input_unsupported', 'inputs_exclude', 'kind_converted', 'listed_seconds_differ'],
    ...['listed_seconds_ignored', 'listed_shot_seconds', 'media_alpha', 'media_animated'],
    ...['media_bytes', 'media_fps', 'media_kind', 'media_ratio', 'media_too_long', 'media_too_short'],
    ...['media_too_small', 'media_too_wide', 'media_type', 'media_unmeasured', 'mention_without_media'],
    ...['mentions_as_text', 'negative_ignored', 'negative_prompt_too_long', 'newer_edition', 'prompt_cut'],
    ...[
      'prompt_empty',
      'prompt_too_long',
      'ratio_follows',
      'reference_unmentioned',
      'references_unmentioned',
      'remix_as_new',
      'seconds_of_list',
    ],
    ...['setting_ignored', 'setting_not_offered', 'setting_required', 'shot_seconds', 'shot_times_open'],
    ...['shots_as_text', 'shots_converted', 'shots_seconds', 'size_by_ratio', 'size_odd', 'strict_refuses'],
    ...['subject_without_image', 'too_few', 'too_many', 'too_many_shots', 'unknown_mention', 'voice_dropped'],
  ]);
});

test('numbers read well', () => {
  const people = Array.from({ length: 60 }, (_, index) => image(`p${index}`));
  const unnamed = look(ask('animatic', { references: people })).notes.filter(({ path }) => path === 'references');
  expect(unnamed.map((note) => explainNote(note, 'en'))).toEqual([
    '60 references are not named in any prompt: p0, p1, p2, p3, p4, p5, p6, p7 and 52 more.',
  ]);
  expect(explainNote(unnamed[0]!, 'zh')).toContain('p6、p7等 60 个');
  const sided = ask('grok-imagine-reference-to-video', { references: [subject('a', { angles: ['b.png'] })] });
  const [dropped] = look(sided).notes.filter(({ code }) => code === 'angles_not_taken');
  expect(explainNote(dropped!, 'en')).toMatch(/takes one picture of a reference; of its other views, 1 left out\.$/);
  expect(explainNote(dropped!, 'zh')).toContain('只取一张图像；舍去其他角度 1 个');
  const odd = (width: number) => onlyProblem(look(ask('animatic', { size: { width, height: 481 } })));
  expect(explainProblem(odd(99_999), 'en').message).toMatch(/99999x481.*64 to 4096|makes no film/);
  expect(odd(99_999).code).toBe('format_not_offered');
  expect(explainProblem(odd(641), 'en').remedy).toBe('Use 642x482.');
});

test('read aloud', () => {
  const en = (request: Request, of = measuredBut({})) => {
    const { problems, notes } = look(request, of);
    return [
      ...problems.map((problem) => explainProblem(problem, 'en').message),
      ...notes.filter(({ code }) => !code.endsWith('_unmentioned')).map((note) => explainNote(note, 'en')),
    ];
  };
  const kling = 'kling-o3-pro-reference-to-video';
  const four = ['a', 'b', 'c', 'd'].map((name) => subject(name));
  expect(en(ask(kling, { references: four, startFrame: 's.png' }))).toEqual([
    'kling-o3-pro-reference-to-video takes at most 3 subjects with start or end frames; found 4.',
  ]);
  expect(en(ask('kling-v3', { references: [image('a')], shots: [shot(15)] }))).toEqual([
    'shots[0].seconds is 15; kling-v3 offers 5 or 10 with pictures.',
  ]);
  expect(en(ask(kling, { references: [subject('a')], shots: [shot(8), shot(8)] }))).toEqual([
    'The shots last 16 s together; the seconds of a film that kling-o3-pro-reference-to-video offers are 3 to 15 in whole numbers.',
    "The 2 shots are written into the prompt as kling-o3-pro-reference-to-video's page shows it.",
  ]);
  expect(
    en(ask('kling-video-o1', { references: [image('a')] }), facts({ 'a.png': picture({ bytes: 12_000_000 }) })),
  ).toEqual([
    'references[0].image has 11.4 MB (12,000,000 bytes); kling-video-o1 takes at most 10 MB (10,485,760 bytes).',
  ]);
  expect(en(ask('kling-v3', { mode: 'std', tier: '1080p' }))).toEqual([
    'kling-v3 makes no film of tier 1080p with mode std.',
  ]);
  expect(en(ask('sora-2', { endFrame: 'a.png' }))).toEqual(['sora-2 takes no end frames (endFrame).']);
  expect(en(ask('kling-v2-5-turbo'))).toEqual([
    "startFrame: only a newer edition of kling-v2-5-turbo's page offers no start or end frames.",
  ]);
  const walk = video('walk', { use: 'edit' });
  expect(en(ask('kling-video-o1', { references: [walk], endFrame: 'b.png' }))).toEqual([
    'kling-video-o1 does not take videos to edit and start or end frames together.',
    'endFrame is given without startFrame.',
  ]);
  expect(en(ask('kling-video-o1', { references: [walk] }), facts({ 'walk.mp4': footage({ seconds: 12.5 }) }))).toEqual([
    'references[0].video lasts 12.5 s; at most 10 s are taken.',
  ]);
});
