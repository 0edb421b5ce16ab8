import { paintingCases } from '@refreel/core/painting-cases';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStudioPage, type StudioPage } from '../../../tests/studio-page.ts';
import type { ConformancePage } from './pages/conformance-page.ts';

declare const conformance: ConformancePage;

const browserMilliseconds = 120_000;
let opened: StudioPage;

beforeAll(async () => {
  opened = await openStudioPage('packages/studio/preview/pages/conformance-page.ts');
}, browserMilliseconds);
afterAll(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/**
 * The suite's own tolerances hold for a canvas too, and nothing is added to them: 3 levels of 255 on flat areas and 5 where coverage is part
 * of it are what 4:2:0 in limited range costs, and a canvas, which keeps colours premultiplied in bytes and rounds once for each blend, loses less.
 */
describe('every painter', () => {
  test('the canvas paints every case of the suite', { timeout: browserMilliseconds }, async () => {
    const results = await opened.page.evaluate(() => conformance.runCases());
    expect(results).toHaveLength(paintingCases.length);
    expect(results.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  });
});

test('a slow move never jumps', { timeout: browserMilliseconds }, async () => {
  const step = 0.037;
  const centres = await opened.page.evaluate(([by, count]) => conformance.barCentres(by!, count!), [step, 120]);
  const errors = centres.map((centre, index) => Math.abs(centre - centres[0]! - index * step));
  // A browser that draws on the processor places texels on sixteenths of a pixel.
  expect(Math.max(...errors)).toBeLessThan(1 / 16 + 0.01);
  const steps = centres.slice(1).map((centre, index) => centre - centres[index]!);
  expect(Math.min(...steps)).toBeGreaterThan(-0.01);
});

test('what is wrong with a list or a key is a bug of the caller', async () => {
  const refusals = await opened.page.evaluate(() => conformance.refusals());
  expect(refusals).toEqual(['Error', 'Error', 'Error', 'Error', 'Error', 'RangeError', 'RangeError']);
});
