import { makeNote } from '@refreel/core/model';
import { expect, test } from 'vitest';
import type { StoredQuote } from './quoted.ts';
import { toldAnew } from './told-anew.ts';

const ofReading = makeNote('media_animated', 'references[1].image');
const outdated = makeNote('media_animated', 'references[0].image');
const unmeasured = makeNote('media_unmeasured', 'references[0].clip');
const still = makeNote('media_animated', 'startFrame');
const quote = { total: null, lines: [] } as unknown as StoredQuote;

test('what was said before it was measured makes way, what its reading said stays', () => {
  const generation = { notes: [ofReading, outdated, still], quote: { ...quote, region: 'us-east-1' } };
  const told = toldAnew(generation, { notes: [outdated, still, unmeasured] }, { notes: [still, unmeasured], quote });
  expect(told).toEqual({ notes: [ofReading, still], quote: { ...quote, region: 'us-east-1' } });
});

test('a review without a quote is a bug', () => {
  expect(() => toldAnew({ notes: [], quote: null }, { notes: [] }, { notes: [], quote: undefined })).toThrow();
});
