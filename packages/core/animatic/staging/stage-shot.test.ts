import { describe, expect, test } from 'vitest';
import type { PlannedFigure } from '../index.ts';
import { bind, bust, picture, scene, subject, tell, wholeBody } from '../test-request.ts';

const references = [subject('mei'), subject('bob'), subject('cat'), scene('park')];
const tags = { '@mei': 'mei', '@bob': 'bob', '@cat': 'cat', '@park': 'park' };

/** The figures of the last of some shots, by reference. */
function stage(...prompts: string[]): Record<string, PlannedFigure> {
  const { plan } = tell({ references, prompt: prompts.map((prompt) => bind(prompt, tags)) });
  return Object.fromEntries(plan.shots.at(-1)!.figures.map((figure) => [figure.reference, figure]));
}

describe('where the words put somebody', () => {
  test.each([
    '@mei stands on the left and @bob on the right, @cat lies in the foreground.',
    'On the left @mei waves, on the right @bob reads, @cat sits in the foreground.',
    '左侧@mei站着，右侧@bob坐着，@cat趴在前景。',
    '@mei在画面左侧，@bob在画面右侧，前景是@cat。',
  ])('%s', (prompt) => {
    const { mei, bob, cat } = stage(prompt);
    expect(mei!.to.x).toBeLessThan(0.35);
    expect(bob!.to.x).toBeGreaterThan(0.65);
    expect(cat!.to.depth).toBeLessThan(mei!.to.depth - 0.8);
  });

  test.each([
    '@mei enters from the right.',
    '@mei comes in from the right',
    '@mei从右侧走进来。',
    '@mei从画面右边入画',
  ])('%s', (prompt) => {
    const { mei } = stage(prompt);
    expect(mei!.from.x - mei!.width / 2).toBeGreaterThan(1);
    expect(mei!.to.x).toBeGreaterThan(0.4);
    expect(mei!.to.x).toBeLessThan(0.7);
  });

  test.each(['@mei exits left.', '@mei向左走出画面'])('%s', (prompt) => {
    const { mei } = stage(prompt);
    expect(mei!.to.x + mei!.width / 2).toBeLessThan(0);
  });

  test.each(['@mei in the background, @bob waves', '@mei在远处，@bob挥手'])('%s', (prompt) => {
    const { mei, bob } = stage(prompt);
    expect(mei!.from.depth).toBeGreaterThan(bob!.from.depth + 2);
  });

  test.each(['@cat sits between @mei and @bob.', '@cat坐在@mei和@bob之间。'])('%s', (prompt) => {
    const { mei, bob, cat } = stage(prompt);
    expect(cat!.to.x).toBeGreaterThan(mei!.to.x);
    expect(cat!.to.x).toBeLessThan(bob!.to.x);
  });

  test.each(['@cat sits to the left of @mei.', '@cat坐在@mei左边'])('%s', (prompt) => {
    const { mei, cat } = stage(prompt);
    expect(cat!.to.x).toBeLessThan(mei!.to.x - 0.1);
  });

  test.each(['@bob stands behind @mei in @park.', '@bob站在@mei身后'])('%s', (prompt) => {
    const { mei, bob } = stage(prompt);
    expect(bob!.to.depth).toBeGreaterThan(mei!.to.depth + 1);
    expect(Math.abs(bob!.to.x - mei!.to.x)).toBeLessThan(0.3);
  });

  test('left of a place is the left of the frame', () => {
    const { mei, cat } = stage('Wide shot of @mei on the left of @park at sunrise, @cat sits on the right.');
    expect(mei!.to.x).toBeLessThan(0.35);
    expect(cat!.to.x).toBeGreaterThan(0.65);
  });

  test('a hand at the left is no place', () => {
    expect(stage('@mei raises her left hand.').mei!.to.x).toBeCloseTo(0.5);
  });
});

describe('whom the words mean', () => {
  const walk = '@mei and @bob walk in @park.';

  test.each([
    'Medium shot: they stop and look at each other.',
    '他们停下来，互相看着。',
    'The two smile.',
    '两人微笑。',
  ])('after two of the shot before: %s', (prompt) => {
    expect(Object.keys(stage(walk, prompt)).sort()).toEqual(['bob', 'mei']);
  });

  test('walking in a place is not coming in', () => {
    const { mei } = stage(walk);
    expect(mei!.from.x).toBeGreaterThan(0.1);
  });

  test('"they" after one name of the same shot is that one', () => {
    expect(Object.keys(stage(walk, 'Close-up of @mei as they smile.'))).toEqual(['mei']);
  });

  test('"she" is who was there before', () => {
    expect(Object.keys(stage('@mei walks in @park.', 'She turns to the camera.'))).toEqual(['mei']);
  });

  test('a clause without a doer goes on with those of the shot before', () => {
    expect(Object.keys(stage('@mei walks in @park.', 'Close-up, smiling.'))).toEqual(['mei']);
    expect(Object.keys(stage('@mei walks in @park.', '特写，微笑着看向远方。'))).toEqual(['mei']);
  });

  test('a landscape has nobody in it, and those of before come back', () => {
    expect(stage('@mei walks in @park.', 'Wide shot of the empty valley.')).toEqual({});
    expect(Object.keys(stage('@mei walks.', 'Wide shot of the empty valley.', 'She smiles.'))).toEqual(['mei']);
  });

  test('吉他 holds no he', () => {
    const { mei, bob } = stage('@mei 弹吉他，@bob 走过来。');
    expect(mei!.gait).toBe('stand');
    expect(bob!.gait).toBe('walk');
  });

  test('who is watched does what is said of it', () => {
    const { mei, bob } = stage('@mei watches @bob running past the trees.');
    expect(mei!.gait).toBe('stand');
    expect(bob!.gait).toBe('run');
    const chinese = stage('@mei看着@bob跑步。');
    expect([chinese.mei!.gait, chinese.bob!.gait]).toEqual(['stand', 'run']);
  });
});

describe('what the photograph cuts off', () => {
  const cutAt = (side: 'left' | 'right') =>
    picture(800, 1000, {
      ...bust,
      box: { left: side === 'left' ? 0 : 0.2, top: 0.1, right: side === 'right' ? 1 : 0.8, bottom: 1 },
      cut: { ...bust.cut, left: side === 'left', right: side === 'right' },
    });
  const alone = (prompt: string, media: object) => {
    const told = tell({
      references: [subject('mei')],
      prompt: bind(prompt, tags),
      media: { 'mei.png': media as never },
    });
    return { figure: told.plan.shots[0]!.figures[0]!, plan: told.plan };
  };

  test('stands at that side of the frame, without a soft edge there', () => {
    const { figure, plan } = alone('@mei smiles.', cutAt('right'));
    expect(figure.to.x + figure.width / 2).toBeGreaterThan(1);
    expect(figure.sticks).toEqual(['bottom', 'right']);
    expect('sprite' in figure.look && plan.sprites[figure.look.sprite]).toMatchObject({ feather: [] });
    expect(alone('@mei smiles.', cutAt('left')).figure.sticks).toEqual(['bottom', 'left']);
  });

  test('fades out there where the words put it elsewhere', () => {
    const { figure, plan } = alone('@mei smiles on the left.', cutAt('right'));
    expect(figure.to.x).toBeLessThan(0.5);
    expect(figure.sticks).toEqual(['bottom']);
    expect('sprite' in figure.look && plan.sprites[figure.look.sprite]).toMatchObject({ feather: ['right'] });
  });

  test('two who are cut off at opposite sides face each other from them', () => {
    const { plan } = tell({
      references: [subject('mei'), subject('bob')],
      prompt: bind('@mei and @bob look at each other.', tags),
      media: { 'mei.png': cutAt('right'), 'bob.png': cutAt('left') },
    });
    const at = Object.fromEntries(plan.shots[0]!.figures.map(({ reference, to }) => [reference, to.x]));
    expect(at.bob).toBeLessThan(0.4);
    expect(at.mei).toBeGreaterThan(0.6);
  });

  test('gives way where the words put somebody else', () => {
    const { plan } = tell({
      references: [subject('mei'), subject('bob')],
      prompt: bind('@mei smiles, @bob sits on the right.', tags),
      media: { 'mei.png': cutAt('right') },
    });
    const at = Object.fromEntries(plan.shots[0]!.figures.map(({ reference, to }) => [reference, to.x]));
    expect(at.mei).toBeLessThan(0.5);
  });

  test('half a body walks away less far than a whole one', () => {
    const far = (mask: typeof bust) => alone('@mei walks away.', picture(800, 1000, mask)).figure.to.depth;
    expect(far(bust)).toBeLessThan(far(wholeBody));
  });

  test('a picture in which nothing stands out is a card', () => {
    const { figure, plan } = alone('@mei is shown.', picture(1200, 800));
    expect('sprite' in figure.look && plan.sprites[figure.look.sprite]).toMatchObject({ make: 'picture' });
    expect(figure.foot - figure.height).toBeGreaterThan(0);
  });
});

test('an angle that the prompt names is the picture that is shown', () => {
  const { plan } = tell({
    references: [subject('mei', { angles: ['side.png', 'back.png'] })],
    prompt: [{ mention: 'mei', media: { angle: 0 } }, ' smiles.'],
  });
  const [figure] = plan.shots[0]!.figures;
  expect(figure !== undefined && 'sprite' in figure.look && plan.sprites[figure.look.sprite]).toMatchObject({
    media: 'side.png',
  });
});
