import { describe, expect, test } from 'vitest';
import type { Facts, ImageFacts, Look, Mask } from '../../facts.ts';
import { languages } from '../../language.ts';
import type { Reference } from '../../reference.ts';
import type { Request } from '../../request.ts';
import { type AdviceCode, advise, explainAdvice } from '../index.ts';

/** As a good photograph measures. */
const photograph: Look = {
  sharpness: 0.6,
  light: 0.45,
  dark: 0.1,
  bright: 0.01,
  chroma: 0.2,
  flat: 0.3,
  busyness: 0.16,
  palette: 90,
};
/** As a cartoon of flat colours measures. */
const drawing: Look = { ...photograph, light: 0.75, dark: 0, flat: 0.87, busyness: 0.06, palette: 5 };
const whole: Mask = {
  box: { left: 0.1, top: 0.1, right: 0.9, bottom: 1 },
  coverage: 0.5,
  cut: { left: false, top: false, right: false, bottom: true },
};

interface Measured {
  readonly look?: Partial<Look> | undefined;
  readonly mask?: Partial<Mask>;
  readonly size?: readonly [number, number];
}

function picture({ look = {}, mask, size: [width, height] = [1024, 1024] }: Measured): ImageFacts {
  return {
    ...{ kind: 'image', mediaType: 'image/png', bytes: 1, sha256: '', alpha: false, animated: false },
    ...{ width, height, mean: [0, 0, 0], meanTop: [0, 0, 0], meanBottom: [0, 0, 0] },
    look: { ...photograph, ...look },
    ...(mask !== undefined && { mask: { ...whole, ...mask } }),
  };
}

const mei: Reference = { kind: 'subject', id: 'M', name: 'mei', image: 'mei', angles: ['side'] };
const bob: Reference = { kind: 'subject', id: 'B', name: 'bob', image: 'bob' };
const pier: Reference = { kind: 'scene', id: 'P', name: 'pier', image: 'pier' };

/** What is said of these pictures before a word is written. */
function said(media: Readonly<Record<string, ImageFacts>>, more: Partial<Request> = {}) {
  const request: Request = { model: 'x', references: [mei, bob, pier], shots: [{ prompt: [] }], ...more };
  const facts: Facts = { media, lines: {} };
  const all = advise(request, undefined, facts);
  for (const one of all)
    for (const language of languages) {
      const { message, remedy } = explainAdvice(one, language);
      expect(`${message} ${remedy}`).not.toMatch(/[{}]|undefined|object/);
    }
  return all.map(({ code, path, values }) => ({ code: code as AdviceCode, path, values }));
}

const at = (path: string, code: AdviceCode) => expect.objectContaining({ path, code });

test('good pictures, and pictures that were not measured so, are left in peace', () => {
  const good = picture({ mask: { look: photograph, around: 0.18 } });
  expect(said({ mei: good, side: good, bob: good, pier: picture({}) }, { startFrame: 'pier' })).toEqual([]);
  const { look: _, ...old } = picture({ mask: {} });
  expect(said({ mei: old, bob: old, pier: old })).toEqual([]);
});

describe('blurred', () => {
  test('wherever a picture stands', () => {
    const blurred = picture({ look: { sharpness: 0.19 } });
    expect(said({ mei: blurred, side: blurred, pier: blurred, last: blurred }, { endFrame: 'last' })).toEqual([
      at('references[0].image', 'picture_blurred'),
      at('references[0].angles[0]', 'picture_blurred'),
      at('references[2].image', 'picture_blurred'),
      at('endFrame', 'picture_blurred'),
    ]);
    expect(said({ mei: picture({ look: { sharpness: 0.2 } }) })).toEqual([]);
  });
  test('the subject counts, not what is behind it', () => {
    const soft = { ...photograph, sharpness: 0.1 };
    expect(said({ mei: picture({ mask: { look: soft } }) })).toEqual([at('references[0].image', 'picture_blurred')]);
    expect(said({ mei: picture({ look: { sharpness: 0.1 }, mask: { look: photograph } }) })).toEqual([]);
  });
  test('so much that no edge is left; one colour is no blur', () => {
    const { sharpness: _, ...none } = picture({}).look!;
    const without = (flat: number) => ({ ...picture({}), look: { ...none, flat } });
    expect(said({ mei: without(0.7) })).toEqual([at('references[0].image', 'picture_blurred')]);
    expect(said({ mei: without(0.95) })).toEqual([]);
  });
});

describe('light', () => {
  const dark = (subject: number, light: number) =>
    picture({ look: { light }, mask: { look: { ...photograph, dark: subject } } });
  test('too dark, unless the subject is black and the picture is not', () => {
    expect(said({ mei: dark(0.6, 0.08) })).toEqual([
      { code: 'picture_dark', path: 'references[0].image', values: { found: 60 } },
    ]);
    expect(said({ mei: dark(0.6, 0.4) })).toEqual([]);
    expect(said({ mei: dark(0.5, 0.08) })).toEqual([]);
  });
  test('burnt out, unless it is the wall behind', () => {
    const burnt = (subject: number) =>
      picture({ look: { bright: 0.6 }, mask: { look: { ...photograph, bright: subject } } });
    expect(said({ mei: burnt(0.13) })).toEqual([at('references[0].image', 'picture_bright')]);
    expect(said({ mei: burnt(0.12) })).toEqual([]);
    expect(said({ mei: picture({ look: { bright: 0.51 } }) })).toEqual([at('references[0].image', 'picture_bright')]);
  });
  test('places may be dark', () => {
    expect(said({ pier: picture({ look: { light: 0.05, dark: 0.9 } }) })).toEqual([]);
  });
});

describe('the frontal picture', () => {
  const boxed = (height: number) => ({ mask: { box: { left: 0.4, top: 0.1, right: 0.5, bottom: 0.1 + height } } });
  test('its subject is large enough', () => {
    expect(said({ mei: picture(boxed(0.39)) })).toEqual([at('references[0].image', 'subject_small')]);
    expect(said({ mei: picture(boxed(0.4)) })).toEqual([]);
    // An angle shows what the frontal picture does not.
    expect(said({ side: picture(boxed(0.39)) })).toEqual([]);
  });
  test('and has pixels enough', () => {
    expect(said({ mei: picture({ ...boxed(0.9), size: [280, 280] }) })).toEqual([
      { code: 'picture_few_pixels', path: 'references[0].image', values: { found: 252, use: 512 } },
    ]);
    expect(said({ mei: picture({ size: [256, 200] }) })).toEqual([]);
    expect(said({ mei: picture({ size: [255, 200] }) })).toEqual([at('references[0].image', 'picture_few_pixels')]);
  });
  test('before a clean background', () => {
    expect(said({ mei: picture({ mask: { around: 0.26 } }) })).toEqual([at('references[0].image', 'background_busy')]);
    expect(said({ mei: picture({ mask: { around: 0.25 } }) })).toEqual([]);
  });
});

test('a cluttered scene', () => {
  expect(said({ pier: picture({ look: { busyness: 0.31 } }) })).toEqual([at('references[2].image', 'scene_cluttered')]);
  expect(said({ pier: picture({ look: { busyness: 0.3 } }) })).toEqual([]);
  expect(said({ pier: picture({ look: { busyness: 0.5 }, size: [255, 400] }) })).toEqual([]);
});

describe('styles', () => {
  const taken = picture({ mask: { look: photograph } });
  const drawn = picture({ look: drawing, mask: { look: drawing } });
  const grey = picture({ look: { chroma: 0, palette: 13 } });
  test('a drawing among photographs, and a photograph among drawings', () => {
    const [one, ...others] = said({ mei: taken, bob: drawn, pier: taken });
    expect(one).toEqual(at('references[1].image', 'picture_styles_mixed'));
    expect(others).toEqual([]);
    expect(one!.values).toMatchObject({ found: { en: 'like a drawing' }, others: { en: 'like photographs' } });
    expect(said({ mei: drawn, side: taken, bob: drawn })).toEqual([
      at('references[0].angles[0]', 'picture_styles_mixed'),
    ]);
    expect(said({ mei: drawn, bob: drawn })).toEqual([]);
  });
  test('black and white among colours', () => {
    expect(said({ mei: taken, bob: grey })).toEqual([at('references[1].image', 'picture_styles_mixed')]);
    expect(said({ mei: grey, bob: grey })).toEqual([]);
  });
  test('what lies between is not told apart', () => {
    const between = picture({ look: { flat: 0.55, palette: 30, chroma: 0.03 } });
    expect(said({ mei: taken, bob: between })).toEqual([]);
  });
});
