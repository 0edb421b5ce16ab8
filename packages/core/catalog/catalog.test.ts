import { describe, expect, test } from 'vitest';
import { Card, holds, type InputName, inputNames, type Setting, type Situation } from '../model/index.ts';
import { cards } from './cards.ts';
import { engineCards } from './engines.ts';
import { findCard } from './find.ts';
import { findSource, sources } from './sources.ts';

const card = (id: string): Card => {
  const found = findCard(id);
  if (found === undefined) throw new Error(`no card ${id}`);
  return found;
};

const situation = (inputs: Partial<Record<InputName, number>> = {}, more: Partial<Situation> = {}): Situation => ({
  inputs: { ...(Object.fromEntries(inputNames.map((name) => [name, 0])) as Record<InputName, number>), ...inputs },
  ...more,
});

/** The whole numbers from 1 to 61 that a setting allows; with `newer`, those that a newer page adds. */
function allowed(setting: Setting, at: Situation, newer = false): number[] {
  const inForce = setting.limits.filter((limit) => holds(limit.when, at));
  const meets = (value: number, limit: (typeof inForce)[number]) =>
    limit.oneOf?.includes(value) ?? (value >= (limit.from ?? 0) && value <= (limit.to ?? 99));
  const whole = Array.from({ length: 61 }, (_, index) => index + 1);
  const documented = (value: number) => inForce.every((limit) => limit.newer === true || meets(value, limit));
  if (!newer) return whole.filter(documented);
  return whole.filter(
    (value) => !documented(value) && inForce.some((limit) => limit.newer === true && meets(value, limit)),
  );
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('every card', () => {
  test('is what the schema says, and nothing more', () => {
    for (const one of [...cards, ...engineCards]) expect(Card.parse(one), one.id).toEqual(one);
    expect(cards).toHaveLength(13);
  });

  test('names only documents that the catalog lists', () => {
    const named = new Set<string>();
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'source') named.add(inner as string);
        else look(inner);
      }
    };
    look([cards, engineCards]);
    expect([...named].filter((key) => findSource(key) === undefined)).toEqual([]);
    expect(Object.keys(sources).filter((key) => !named.has(key))).toEqual([]);
    for (const source of Object.values(sources)) expect(source.date).toMatch(/^2\d{3}-\d\d-\d\d$/);
  });

  test('has an id and aliases of its own', () => {
    const ids = cards.flatMap((one) => [one.id, ...(one.aliases ?? [])]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('offers what it defaults to', () => {
    for (const one of cards) {
      const [first] = one.formats.list;
      const at = situation(
        { picture: 1 },
        { tier: first?.tier, mode: one.mode?.default as string | undefined, audio: one.audio.default === true },
      );
      for (const setting of [one.seconds, one.mode, one.fps, one.audio, one.watermark, one.count, one.expand]) {
        if (setting?.default === undefined) continue;
        const value = setting.default;
        for (const limit of setting.limits.filter((limit) => limit.newer !== true && holds(limit.when, at))) {
          if (limit.oneOf !== undefined && limit.from === undefined) expect(limit.oneOf, one.id).toContain(value);
          if (limit.from !== undefined) expect(value, one.id).toBeGreaterThanOrEqual(limit.from);
          if (limit.to !== undefined) expect(value, one.id).toBeLessThanOrEqual(limit.to);
        }
      }
    }
  });

  test('lists even pixels, and no shape twice in one mode', () => {
    for (const one of cards) {
      for (const format of one.formats.list) {
        expect(format.width % 2, one.id).toBe(0);
        expect(format.height % 2, one.id).toBe(0);
      }
      const shapes = one.formats.list.map((format) => `${format.mode} ${format.tier} ${format.ratio}`);
      expect(new Set(shapes).size, one.id).toBe(shapes.length);
    }
  });

  test('takes a video reference with the uses it names', () => {
    for (const one of cards) if (one.inputs.video !== null) expect(one.inputs.video.uses, one.id).not.toHaveLength(0);
  });
});

const plain = situation();

describe('the numbers of the documents', () => {
  const sizes = (id: string, mode?: string) =>
    card(id)
      .formats.list.filter((format) => mode === undefined || format.mode === mode)
      .map((format) => `${format.width}x${format.height}`);

  test.each([
    // id, seconds by default, seconds offered, prompt, fps, days that a film is kept
    ['kling-o3-pro-reference-to-video', 5, from(3, 15), 2500, 24, 1],
    ['kling-o3-standard-reference-to-video', 5, from(3, 15), 2500, 24, 1],
    ['grok-imagine-reference-to-video', 8, [5, 8, 10], 2500, 24, 1],
    ['sora-2', 4, [4, 8, 12], 2500, 24, 7],
    ['kling-video-o1', 5, [5, 10], 2500, 24, 7],
    ['kling-v2-1', 5, [5, 10], 2500, 24, 7],
    ['kling-v2-5-turbo', 5, [5, 10], 2500, 24, 7],
    ['PixVerse-v4.5-MR2V', 5, [5, 8], null, 24, 1],
    ['wan2.7-r2v', 5, from(2, 10), 5000, 30, 1],
    ['wan2.6-r2v', 5, from(2, 10), 1500, 30, 1],
    ['wan2.6-r2v-flash', 5, from(2, 10), 1500, 30, 1],
    ['kling-v3', 5, [5, 10, 15], null, 24, 1],
    ['animatic', 5, from(1, 60), 20_000, 24, null],
  ] as const)('%s', (id, usual, seconds, prompt, fps, days) => {
    const one = card(id);
    expect(one.seconds.default).toBe(usual);
    expect(allowed(one.seconds, situation({}, { tier: '720p' }))).toEqual(seconds);
    expect(one.prompt.most).toBe(prompt);
    expect(one.fps.default).toBe(fps);
    expect(one.expiry.seconds).toBe(days === null ? null : days * 24 * 60 * 60);
  });

  test('how long films live is a document’s word at Qiniu, DashScope and ToAPIs, and ours elsewhere', () => {
    const ours = cards.filter(({ expiry }) => expiry.source === 'ours').map(({ dialect }) => dialect);
    expect(new Set(ours)).toEqual(new Set(['venice', 'baicai', card('animatic').dialect]));
    for (const { dialect, expiry } of cards)
      if (['qiniu', 'dashscope', 'toapis'].includes(dialect)) expect(expiry.source, dialect).not.toBe('ours');
  });

  test('seconds that hang on something', () => {
    expect(allowed(card('PixVerse-v4.5-MR2V').seconds, situation({}, { tier: '1080p' }))).toEqual([5]);
    expect(allowed(card('kling-v3').seconds, situation({ picture: 1, image: 1 }))).toEqual([5, 10]);
    expect(allowed(card('wan2.7-r2v').seconds, plain, true)).toEqual([11, 12, 13, 14, 15]);
    expect(allowed(card('wan2.7-r2v').seconds, situation({ footage: 1 }), true)).toEqual([]);
    expect(allowed(card('wan2.6-r2v').seconds, plain, true)).toEqual([]);
  });

  test('pixels, the default first', () => {
    expect(sizes('kling-o3-pro-reference-to-video')).toEqual(['1920x1080', '1080x1920', '1080x1080']);
    expect(sizes('kling-o3-standard-reference-to-video')).toEqual(['1280x720', '720x1280', '720x720']);
    expect(sizes('grok-imagine-reference-to-video')).toEqual([
      ...['854x480', '640x480', '720x480', '480x480', '480x720', '480x640', '480x854'],
      ...['1280x720', '960x720', '1080x720', '720x720', '720x1080', '720x960', '720x1280'],
    ]);
    expect(sizes('sora-2')).toEqual(['720x1280', '1280x720']);
    expect(sizes('kling-video-o1')).toEqual(['1080x1920', '1920x1080', '1080x1080']);
    for (const id of ['kling-v2-1', 'kling-v2-5-turbo']) {
      expect(sizes(id, 'std')).toEqual(['720x1280', '1280x720', '720x720']);
      expect(sizes(id, 'pro')).toEqual(['1080x1920', '1920x1080', '1080x1080']);
      expect(sizes(id)[0]).toBe('720x1280');
    }
    expect(sizes('wan2.7-r2v')).toEqual([
      ...['1920x1080', '1080x1920', '1440x1440', '1648x1248', '1248x1648'],
      ...['1280x720', '720x1280', '960x960', '1104x832', '832x1104'],
    ]);
    for (const id of ['wan2.6-r2v', 'wan2.6-r2v-flash']) {
      expect(sizes(id)).toEqual([
        ...['1920x1080', '1080x1920', '1440x1440', '1632x1248', '1248x1632'],
        ...['1280x720', '720x1280', '960x960', '1088x832', '832x1088'],
      ]);
      expect(card(id).formats.size).toBe('pixels');
    }
    expect(sizes('kling-v3', 'std')).toEqual(['1280x720', '720x1280', '720x720']);
    expect(sizes('kling-v3', 'pro')).toEqual(['1920x1080', '1080x1920', '1080x1080']);
    expect(card('PixVerse-v4.5-MR2V').formats.list.map((format) => format.tier)).toEqual([
      '720p',
      '360p',
      '540p',
      '1080p',
    ]);
    expect(card('animatic').formats.anySide).toEqual({ from: 64, to: 4096 });
  });

  test('sizes of which only the ratio counts', () => {
    const six = ['1920x1080', '1080x1920', '1280x720', '720x1280', '1080x1080', '720x720'].sort();
    for (const id of ['kling-video-o1', 'kling-v2-1', 'kling-v2-5-turbo']) {
      const named = card(id).formats.namedSizes?.map((size) => `${size.width}x${size.height}`);
      expect(named?.sort()).toEqual(six);
      expect(card(id).formats.size).toBe('ratio');
    }
  });

  test('what films take over from a picture', () => {
    expect(card('wan2.7-r2v').formats.follows).toEqual(['startFrame']);
    expect(card('PixVerse-v4.5-MR2V').formats.follows).toEqual(['firstPicture']);
    const followers = cards.filter((one) => one.formats.follows !== undefined);
    expect(followers).toHaveLength(2);
  });

  test('modes', () => {
    const values = (id: string) => card(id).mode?.limits.map((limit) => [limit.oneOf, limit.newer === true]);
    expect(card('kling-video-o1').mode?.default).toBe('pro');
    expect(values('kling-video-o1')).toEqual([
      [['pro'], false],
      [['std'], true],
    ]);
    for (const id of ['kling-v2-1', 'kling-v2-5-turbo', 'kling-v3']) {
      expect(card(id).mode?.default).toBe('std');
      expect(values(id)).toEqual([[['std', 'pro'], false]]);
    }
    expect(cards.filter((one) => one.mode !== null)).toHaveLength(4);
  });

  test('sound: on, off, or as one likes', () => {
    const sound = (id: string) => [card(id).audio.limits[0]?.oneOf?.toSorted().join(), card(id).audio.default];
    for (const id of ['wan2.7-r2v', 'wan2.6-r2v']) expect(sound(id)).toEqual(['true', true]);
    for (const id of ['kling-o3-pro-reference-to-video', 'wan2.6-r2v-flash', 'kling-v3'])
      expect(sound(id)).toEqual(['false,true', false]);
    expect(sound('animatic')).toEqual(['false,true', true]);
    for (const id of ['grok-imagine-reference-to-video', 'sora-2', 'kling-video-o1', 'PixVerse-v4.5-MR2V'])
      expect(sound(id)).toEqual(['false', false]);
    // What a vendor's own clients get who leave the field out.
    expect(cards.filter((one) => one.audio.vendorDefault === true).map((one) => one.id)).toEqual([
      'kling-o3-pro-reference-to-video',
      'kling-o3-standard-reference-to-video',
      'wan2.6-r2v-flash',
    ]);
  });

  test('films at once', () => {
    const most = Object.fromEntries(cards.map((one) => [one.id, one.count.limits[0]?.to]));
    expect(most).toMatchObject({ animatic: 4, 'PixVerse-v4.5-MR2V': 4, 'sora-2': 1, 'wan2.7-r2v': 1, 'kling-v3': 1 });
  });

  test('how prompts point at references', () => {
    expect(Object.fromEntries(cards.map((one) => [one.id, one.prompt.mentions]))).toEqual({
      animatic: 'any',
      'kling-o3-pro-reference-to-video': 'venice-elements',
      'kling-o3-standard-reference-to-video': 'venice-elements',
      'grok-imagine-reference-to-video': 'venice-images',
      'sora-2': null,
      'kling-video-o1': null,
      'kling-v2-1': null,
      'kling-v2-5-turbo': null,
      'PixVerse-v4.5-MR2V': 'names',
      'wan2.7-r2v': 'wan-2.7',
      'wan2.6-r2v': 'wan-2.6',
      'wan2.6-r2v-flash': 'wan-2.6',
      'kling-v3': null,
    });
  });

  test('several shots', () => {
    expect(card('kling-o3-pro-reference-to-video').shots).toMatchObject({
      form: 'shot-list',
      each: { from: 3, to: 15 },
    });
    expect(card('grok-imagine-reference-to-video').shots.most).toBe(1);
    expect(card('wan2.7-r2v').shots.form).toBe('storyboard');
    expect(card('wan2.6-r2v').shots.form).toBe('flag');
    expect(card('animatic').shots).toMatchObject({ form: 'own', most: 30 });
    for (const id of ['sora-2', 'kling-video-o1', 'kling-v2-1', 'PixVerse-v4.5-MR2V', 'kling-v3'])
      expect(card(id).shots.form).toBe('text');
  });

  test('angles, clips, voices and videos', () => {
    const subject = (id: string) => card(id).inputs.subject;
    expect(subject('kling-o3-pro-reference-to-video')).toMatchObject({ image: 'required', mostAngles: 3, clip: true });
    expect(subject('PixVerse-v4.5-MR2V')).toMatchObject({ image: 'required', mostAngles: 2, clip: false });
    expect(card('PixVerse-v4.5-MR2V').inputs.scene?.mostAngles).toBe(2);
    expect(subject('wan2.7-r2v')).toMatchObject({ image: 'optional', clip: true, oneMedium: true, voice: true });
    expect(subject('wan2.6-r2v')).toMatchObject({ image: 'optional', clip: true, oneMedium: true, voice: false });
    expect(subject('kling-video-o1')).toMatchObject({ as: 'image', clip: false });
    expect(card('kling-video-o1').inputs.video).toMatchObject({ uses: ['feature', 'edit'], keepSound: true });
    expect(card('wan2.7-r2v').inputs.video).toMatchObject({ uses: ['subject'], voice: true });
    expect(card('kling-o3-pro-reference-to-video').inputs.video).toBeNull();
    expect(card('kling-video-o1').exclusions).toMatchObject([{ one: 'edit', other: 'frame' }]);
  });

  test('frames', () => {
    const frames = (id: string) => {
      const { startFrame, endFrame, framesMatchSize } = card(id).inputs;
      return [startFrame, endFrame, framesMatchSize === true];
    };
    for (const id of ['kling-o3-pro-reference-to-video', 'kling-video-o1', 'kling-v3', 'animatic'])
      expect(frames(id), id).toEqual([true, true, false]);
    for (const id of ['kling-v2-1', 'kling-v2-5-turbo']) expect(frames(id), id).toEqual([true, true, true]);
    expect(frames('sora-2')).toEqual([true, false, true]);
    expect(frames('wan2.7-r2v')).toEqual([true, false, false]);
    for (const id of ['grok-imagine-reference-to-video', 'PixVerse-v4.5-MR2V', 'wan2.6-r2v'])
      expect(frames(id), id).toEqual([false, false, false]);
  });

  test('media', () => {
    const { image, video } = card('kling-video-o1').media;
    expect(image).toMatchObject({ mostBytes: 10_485_760, leastSide: 300, mostRatio: 2.5 });
    expect(video).toMatchObject({ mostBytes: 209_715_200, leastSide: 720, mostSide: 2160, leastFps: 24, mostFps: 60 });
    expect(video).toMatchObject({ leastSeconds: 3, mostSeconds: 10, types: ['video/mp4', 'video/quicktime'] });
    const wan27 = card('wan2.7-r2v').media;
    expect(wan27.image).toMatchObject({
      mostBytes: 20_971_520,
      leastSide: 240,
      mostSide: 8000,
      mostRatio: 8,
      alpha: false,
    });
    expect(wan27.video).toMatchObject({ mostBytes: 104_857_600, leastSeconds: 1, mostSeconds: 30, mostSide: 4096 });
    expect(wan27.voice).toMatchObject({ mostBytes: 15_728_640, leastSeconds: 1, mostSeconds: 10 });
    expect(card('wan2.6-r2v').media.image).toMatchObject({ mostBytes: 10_485_760, leastSide: 240, mostSide: 5000 });
    expect(card('PixVerse-v4.5-MR2V').media.image).toMatchObject({ mostBytes: 20_971_520, mostSide: 10_000 });
    expect(card('kling-v3').media.image).toMatchObject({ mostBytes: 10_485_760 });
  });

  test('remix is Qiniu’s, and ours', () => {
    const ids = cards.filter((one) => one.remix).map((one) => one.id);
    expect(ids).toEqual(['animatic', 'sora-2', 'kling-video-o1', 'kling-v2-1', 'kling-v2-5-turbo']);
  });
});

describe('counted limits', () => {
  /** Whether the totals of a card allow these inputs. */
  function fits(id: string, inputs: Partial<Record<InputName, number>>, newer = false): boolean {
    const at = situation(inputs);
    return card(id).totals.every((total) => {
      if (!holds(total.when, at)) return true;
      const count = total.of.reduce((sum, name) => sum + at.inputs[name], 0);
      const ends = newer ? { ...total, ...total.newer } : total;
      return count >= (ends.least ?? 0) && count <= (ends.most ?? Number.POSITIVE_INFINITY);
    });
  }

  const first = { startFrame: 1, frame: 1 };
  const both = { startFrame: 1, endFrame: 1, frame: 2 };

  test.each([
    // The guide's own examples.
    [true, { subject: 7 }],
    [true, { subject: 5, scene: 2 }],
    [true, { ...first, subject: 3, scene: 3 }],
    [true, { ...both, subject: 3, scene: 2 }],
    [false, { ...first, subject: 4 }],
    [false, { ...both, subject: 4 }],
    // And what follows from its table.
    [false, { subject: 8 }],
    [false, { subject: 6, scene: 2 }],
    [false, { scene: 5 }],
    [false, { scene: 3, image: 2 }],
    [true, { scene: 4, subject: 3 }],
    [true, first],
    [false, { endFrame: 1, frame: 1 }],
    [false, {}],
  ])('Kling O3: %s for %o', (fine, inputs) => {
    expect(fits('kling-o3-pro-reference-to-video', inputs)).toBe(fine);
    expect(fits('kling-o3-standard-reference-to-video', inputs)).toBe(fine);
  });

  test('the others', () => {
    expect(fits('grok-imagine-reference-to-video', {})).toBe(false);
    expect(fits('grok-imagine-reference-to-video', { image: 3, subject: 4 })).toBe(true);
    expect(fits('grok-imagine-reference-to-video', { image: 8 })).toBe(false);
    expect(fits('kling-video-o1', {})).toBe(true);
    expect(fits('kling-video-o1', { image: 2, ...both })).toBe(true);
    expect(fits('kling-video-o1', { image: 3, ...both })).toBe(false);
    expect(fits('kling-video-o1', { video: 2 })).toBe(false);
    expect(fits('kling-v2-1', {})).toBe(false);
    expect(fits('kling-v2-1', { endFrame: 1, frame: 1 })).toBe(true);
    expect(fits('kling-v2-5-turbo', {})).toBe(false);
    expect(fits('kling-v2-5-turbo', {}, true)).toBe(true);
    expect(fits('kling-v2-1', {}, true)).toBe(false);
    expect(fits('PixVerse-v4.5-MR2V', {})).toBe(false);
    expect(fits('PixVerse-v4.5-MR2V', { subject: 2, scene: 1 })).toBe(true);
    expect(fits('PixVerse-v4.5-MR2V', { subject: 3, scene: 1 })).toBe(false);
    expect(fits('wan2.7-r2v', { ...first })).toBe(false);
    expect(fits('wan2.7-r2v', { ...first, reference: 5, footage: 5 })).toBe(true);
    expect(fits('wan2.7-r2v', { reference: 6 })).toBe(false);
    expect(fits('wan2.6-r2v', { reference: 4, footage: 3 })).toBe(true);
    expect(fits('wan2.6-r2v', { reference: 4, footage: 4 })).toBe(false);
    expect(fits('animatic', { reference: 16 })).toBe(true);
    expect(fits('animatic', { reference: 17 })).toBe(false);
  });
});

test('the animatic takes whatever any other model takes', () => {
  const animatic = card('animatic');
  for (const one of cards) {
    for (const kind of ['subject', 'scene', 'image', 'video'] as const) {
      const input = one.inputs[kind];
      if (input === null) continue;
      expect(animatic.inputs[kind]?.mostAngles ?? 0, one.id).toBeGreaterThanOrEqual(input.mostAngles ?? 0);
      expect(animatic.inputs[kind]?.uses ?? [], one.id).toEqual(expect.arrayContaining(input.uses ?? []));
    }
    for (const medium of ['image', 'video', 'voice'] as const) {
      const types = one.media[medium]?.types ?? [];
      expect(animatic.media[medium]?.types, one.id).toEqual(expect.arrayContaining(types));
    }
    for (const { width, height } of one.formats.list) {
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(64);
      expect(Math.max(width, height)).toBeLessThanOrEqual(4096);
    }
    expect(animatic.prompt.most, one.id).toBeGreaterThanOrEqual(one.prompt.most ?? 0);
    expect(one.fps.default, one.id).toSatisfy((fps: number) => fps >= 1 && fps <= 60 && Number.isInteger(fps));
    expect(animatic.count.limits[0]?.to, one.id).toBeGreaterThanOrEqual(one.count.limits[0]?.to ?? 0);
  }
});
