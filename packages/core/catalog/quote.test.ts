import { describe, expect, test } from 'vitest';
import {
  type Card,
  type Facts,
  type Film,
  noFacts,
  type Reference,
  type Request,
  showExact,
  showMoney,
  type VideoFacts,
} from '../model/index.ts';
import { inNewestEdition, inRegion } from './edition.ts';
import { findCard } from './find.ts';
import { quote } from './quote.ts';
import { typicalSeconds } from './typical.ts';

const card = (id: string): Card => {
  const found = findCard(id);
  if (found === undefined) throw new Error(`no card ${id}`);
  return found;
};

const request = (more: Partial<Request> = {}): Request => ({
  model: 'any',
  references: [],
  shots: [{ prompt: ['a walk'] }],
  ...more,
});

const film = (more: Partial<Film> = {}): Film => ({
  width: 1280,
  height: 720,
  ratio: '16:9',
  tier: '720p',
  mode: undefined,
  fps: 24,
  shotSeconds: [more.seconds ?? 5],
  seconds: 5,
  audio: false,
  watermark: false,
  count: 1,
  attempts: 1,
  ...more,
});

const picture = (name: string): Reference => ({ kind: 'image', id: name, name, image: `${name}.png` });
const clip = (name: string): Reference => ({ kind: 'video', id: name, name, video: `${name}.mp4`, use: 'subject' });

const clipFacts = (seconds: number): VideoFacts => ({
  kind: 'video',
  mediaType: 'video/mp4',
  bytes: 1000,
  sha256: '0',
  width: 1280,
  height: 720,
  seconds,
  fps: 30,
  codec: 'h264',
  sound: true,
  mean: [0, 0, 0],
});

const measured = (seconds: Record<string, number>): Facts => ({
  ...noFacts,
  media: Object.fromEntries(Object.entries(seconds).map(([media, lasts]) => [media, clipFacts(lasts)])),
});

describe("the documents' own sums", () => {
  test('Kling O3: 10 seconds with sound are exactly 1.40', () => {
    for (const id of ['kling-o3-pro-reference-to-video', 'kling-o3-standard-reference-to-video']) {
      const found = quote(request(), card(id), film({ seconds: 10, audio: true }), noFacts);
      expect(found.total).toEqual({ micros: 1_400_000, currency: 'USD' });
      expect(showMoney(found.total!)).toBe('$1.40');
      expect(found.binding).toBe(true);
      expect(found.lines).toHaveLength(1);
      expect(found.lines[0]).toMatchObject({ seconds: 10, rateMicros: 140_000, times: 1 });
      expect(found.notes).toEqual([]);
      expect(quote(request(), card(id), film({ seconds: 10 }), noFacts).total?.micros).toBe(1_120_000);
    }
  });

  test('Grok: 8 seconds at 480p are exactly 0.504, shown 0.50, about, and charged even if refused', () => {
    const found = quote(
      request(),
      card('grok-imagine-reference-to-video'),
      film({ seconds: 8, tier: '480p' }),
      noFacts,
    );
    expect(found.total).toEqual({ micros: 504_000, currency: 'USD' });
    expect(showMoney(found.total!)).toBe('$0.50');
    expect(showExact(found.total!)).toBe('$0.504');
    expect(found.cap).toEqual(found.total);
    expect(found.binding).toBe(false);
    expect(found.notes.map((note) => note.code)).toEqual(['refused_is_charged']);
    expect([found.source, found.date]).toEqual(['venice-reference-guide', '2026-11-20']);
    const sharper = film({ seconds: 10, tier: '720p' });
    expect(quote(request(), card('grok-imagine-reference-to-video'), sharper, noFacts).total?.micros).toBe(880_000);
  });

  test('Wan 2.7: 5 seconds of input and 10 of film at 720P are billed as 15', () => {
    const asked = request({ references: [clip('girl')] });
    const facts = measured({ 'girl.mp4': 12 });
    const found = quote(asked, card('wan2.7-r2v'), film({ seconds: 10 }), facts);
    expect(found.lines.map((line) => line.seconds)).toEqual([10, 5]);
    expect(found.total).toEqual({ micros: 9_000_000, currency: 'CNY' });
    expect(found.binding).toBe(true);
    expect(showMoney(found.total!)).toBe('¥9.00');
    const sharp = quote(asked, card('wan2.7-r2v'), film({ seconds: 10, tier: '1080p' }), facts);
    expect(sharp.total?.micros).toBe(15_000_000);
  });

  test('Wan flash: silent is half of sound', () => {
    const flash = card('wan2.6-r2v-flash');
    const total = (more: Partial<Film>) => quote(request(), flash, film(more), noFacts).total?.micros;
    expect(total({ audio: true })).toBe(1_500_000);
    expect(total({ audio: false })).toBe(750_000);
    expect(total({ audio: true, tier: '1080p' })).toBe(2_500_000);
    expect(total({ audio: false, tier: '1080p' })).toBe(1_250_000);
  });
});

describe('input video of Wan', () => {
  const inputSeconds = (references: Reference[], facts: Facts, on = card('wan2.7-r2v'), more: Partial<Request> = {}) =>
    quote(request({ references, ...more }), on, film(), facts).lines[1]?.seconds;

  test.each([
    [1, 5],
    [2, 2.5],
    [3, 1.65],
    [4, 1.25],
    [5, 1],
  ])('of %i references, one long video counts %d seconds', (count, seconds) => {
    const references = [clip('long'), ...['a', 'b', 'c', 'd'].slice(0, count - 1).map(picture)];
    expect(inputSeconds(references, measured({ 'long.mp4': 30 }))).toBe(seconds);
    expect(inputSeconds(references, measured({ 'long.mp4': 30 }), card('wan2.6-r2v'))).toBe(seconds);
  });

  test('each video counts by itself, a short one as long as it is', () => {
    const three = [clip('a'), clip('b'), clip('c')];
    expect(inputSeconds(three, measured({ 'a.mp4': 9, 'b.mp4': 9, 'c.mp4': 9 }))).toBe(4.95);
    expect(inputSeconds(three, measured({ 'a.mp4': 9, 'b.mp4': 1, 'c.mp4': 1.2 }))).toBe(3.85);
    const five = ['a', 'b', 'c', 'd', 'e'].map(clip);
    const facts = measured({ 'a.mp4': 2, 'b.mp4': 2, 'c.mp4': 2, 'd.mp4': 2, 'e.mp4': 2 });
    expect(inputSeconds(five, facts)).toBe(5);
  });

  test("a subject's clip is a video; pictures and a first frame cost and count nothing", () => {
    const mei: Reference = { kind: 'subject', id: 'mei', name: 'mei', clip: 'mei.mp4', voice: 'mei.mp3' };
    expect(inputSeconds([mei], measured({ 'mei.mp4': 4 }))).toBe(4);
    expect(inputSeconds([mei], measured({ 'mei.mp4': 8 }), undefined, { startFrame: 'first.png' })).toBe(5);
    const found = quote(request({ references: [picture('a')] }), card('wan2.7-r2v'), film(), noFacts);
    expect(found.lines).toHaveLength(1);
    expect(found.total?.micros).toBe(3_000_000);
  });

  test('a video that was not measured counts as its most, and the quote does not bind', () => {
    const asked = request({ references: [clip('a'), clip('b')] });
    const found = quote(asked, card('wan2.7-r2v'), film(), measured({ 'a.mp4': 1 }));
    expect(found.lines[1]).toMatchObject({ seconds: 3.5, unmeasured: ['references[1].video'] });
    expect(found.binding).toBe(false);
    expect(found.cap?.micros).toBe(Math.round(8.5 * 600_000));
  });

  test('the newest edition divides by videos only', () => {
    const newest = inNewestEdition(card('wan2.7-r2v'));
    const references = [clip('a'), picture('b'), picture('c')];
    expect(inputSeconds(references, measured({ 'a.mp4': 30 }), newest)).toBe(5);
  });

  test('three videos are cut at 1.65 s in both editions, whose tables are the same: only what is counted differs', () => {
    const newest = inNewestEdition(card('wan2.7-r2v'));
    const facts = measured({ 'a.mp4': 9, 'b.mp4': 1.66, 'c.mp4': 1.65 });
    const three = [clip('a'), clip('b'), clip('c')];
    for (const edition of [card('wan2.7-r2v'), newest]) expect(inputSeconds(three, facts, edition)).toBe(4.95);
    // Beside two pictures they are three of five in the one edition, and three of three in the other.
    const five = [...three, picture('d'), picture('e')];
    expect(inputSeconds(five, facts, card('wan2.7-r2v'))).toBe(3);
    expect(inputSeconds(five, facts, newest)).toBe(4.95);
    expect(quote(request({ references: five }), newest, film(), facts).total?.micros).toBe(Math.round(9.95 * 600_000));
  });

  test('abroad it costs what the region asks, exactly', () => {
    const abroad = inRegion(card('wan2.7-r2v'), 'ap-southeast-1') as Card;
    const found = quote(request({ references: [clip('a')] }), abroad, film(), measured({ 'a.mp4': 5 }));
    expect(found.total?.micros).toBe(7_339_240);
  });
});

describe('unknown and nothing are two things', () => {
  test.each(['sora-2', 'kling-video-o1', 'kling-v2-1', 'kling-v2-5-turbo', 'PixVerse-v4.5-MR2V'])('%s', (id) => {
    const found = quote(request(), card(id), film(), noFacts);
    expect(found).toMatchObject({ lines: [], total: null, cap: null, binding: false, currency: null, source: null });
    expect(found.notes.map((note) => note.code)).toEqual(['price_unknown']);
  });

  test('ToAPIs: sound is a line of its own, its rate unknown', () => {
    const sound = quote(request(), card('kling-v3'), film({ audio: true }), noFacts);
    const silent = quote(request(), card('kling-v3'), film(), noFacts);
    for (const found of [sound, silent]) {
      expect(found).toMatchObject({ total: null, cap: null, binding: false });
      expect(found.lines[0]).toMatchObject({ rateMicros: null, amount: null, seconds: 5 });
      expect(found.notes.map((note) => note.code)).toEqual(['price_unknown']);
    }
    expect(sound.lines[0]?.label.en).not.toBe(silent.lines[0]?.label.en);
  });

  test('a draft costs exactly nothing', () => {
    const found = quote(
      request({ references: [clip('a')] }),
      card('animatic'),
      film({ seconds: 60, count: 4 }),
      noFacts,
    );
    expect(found.total).toEqual({ micros: 0, currency: 'USD' });
    expect(found.binding).toBe(true);
    expect(found.notes).toEqual([]);
  });

  test('a tier without a rate is unknown, not free', () => {
    const found = quote(request(), card('grok-imagine-reference-to-video'), film({ tier: '1080p' }), noFacts);
    expect(found.total).toBeNull();
    expect(found.binding).toBe(false);
  });
});

test('films and attempts multiply', () => {
  const kling = card('kling-o3-pro-reference-to-video');
  const three = quote(request(), kling, film({ seconds: 10, audio: true, attempts: 3 }), noFacts);
  expect(three.total?.micros).toBe(4_200_000);
  expect(three.lines[0]?.times).toBe(3);
  expect(quote(request(), kling, film({ count: 2, attempts: 2 }), noFacts).lines[0]?.times).toBe(4);
  const wan = quote(
    request({ references: [clip('a')] }),
    card('wan2.7-r2v'),
    film({ attempts: 2 }),
    measured({ 'a.mp4': 5 }),
  );
  expect(wan.lines.map((line) => line.times)).toEqual([2, 2]);
  expect(wan.total?.micros).toBe(12_000_000);
});

test('typical times, in seconds, where a document says them', () => {
  const times = (id: string, seconds: number) => {
    const found = typicalSeconds(card(id), request(), film({ seconds }));
    return found && [found.from, found.to];
  };
  expect(times('sora-2', 4)).toEqual([120, 300]);
  expect(times('sora-2', 8)).toEqual([300, 600]);
  expect(times('sora-2', 12)).toEqual([600, 900]);
  for (const id of ['kling-video-o1', 'kling-v2-1', 'kling-v2-5-turbo']) {
    expect(times(id, 5)).toEqual([120, 300]);
    expect(times(id, 10)).toEqual([300, 600]);
  }
  expect(times('kling-o3-standard-reference-to-video', 5)).toEqual([240, 360]);
  expect(times('kling-o3-pro-reference-to-video', 5)).toEqual([360, 360]);
  for (const id of ['wan2.7-r2v', 'grok-imagine-reference-to-video', 'PixVerse-v4.5-MR2V', 'kling-v3', 'animatic'])
    expect(times(id, 5)).toBeUndefined();
});
