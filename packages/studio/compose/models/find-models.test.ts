import { expect, test } from 'vitest';
import { anyModel, findModels, type ModelWish } from './find-models.ts';

const ids = (wish: Partial<ModelWish>, search = '') =>
  findModels(search, { ...anyModel, ...wish }, 'en').map(({ id }) => id);

test('every word of a search must be said of the model', () => {
  expect(ids({}, 'kling o3 ITERATION')).toEqual(['kling-o3-standard-reference-to-video']);
  expect(ids({}, 'kling wan')).toEqual([]);
  expect(findModels('多角色', anyModel, 'zh').map(({ id }) => id)).toContain('kling-o3-pro-reference-to-video');
});

test('what is wished holds together', () => {
  expect(ids({ inputs: ['voice', 'endFrame'] })).toEqual(['animatic']);
  const spoken = ids({ inputs: ['voice'] });
  expect(spoken).toContain('wan2.7-r2v');
  expect(spoken).not.toContain('kling-o3-pro-reference-to-video');
  expect(ids({ audio: true, seconds: 15 })).toContain('kling-o3-pro-reference-to-video');
  expect(ids({ audio: true })).not.toContain('grok-imagine-reference-to-video');
  expect(ids({ price: 'free' })).toEqual(['animatic']);
  expect(ids({ price: 'known' })).not.toContain('sora-2');
});

test('ready within some minutes: only what a document says, and what is drawn here', () => {
  expect(ids({ minutes: 5 })).not.toContain('kling-o3-pro-reference-to-video');
  expect(ids({ minutes: 10 })).toContain('kling-o3-pro-reference-to-video');
  expect(ids({ minutes: 10 })).not.toContain('grok-imagine-reference-to-video');
  expect(ids({ minutes: 5 })).toContain('animatic');
});

test('sorted: what is free first, what nobody knows last, two currencies apart', () => {
  const byPrice = ids({ order: 'price' });
  expect(byPrice[0]).toBe('animatic');
  expect(byPrice.indexOf('grok-imagine-reference-to-video')).toBeLessThan(
    byPrice.indexOf('kling-o3-pro-reference-to-video'),
  );
  expect(byPrice.indexOf('sora-2')).toBeGreaterThan(byPrice.indexOf('wan2.7-r2v'));
  const bySpeed = ids({ order: 'speed' });
  expect(bySpeed[0]).toBe('animatic');
  expect(bySpeed.indexOf('kling-o3-standard-reference-to-video')).toBeLessThan(
    bySpeed.indexOf('kling-o3-pro-reference-to-video'),
  );
});
