import { expect, test } from 'vitest';
import { type Card, explainProblem, type Problem } from '../model/index.ts';
import { inNewestEdition, inRegion } from './edition.ts';
import { findCard } from './find.ts';

const isProblem = (found: Card | Problem): found is Problem => 'code' in found;

function cardIn(id: string, region: string): Card {
  const found = inRegion(findCard(id)!, region);
  if (isProblem(found)) throw new Error(explainProblem(found, 'en').message);
  return found;
}

const rates = (card: Card) => card.price?.rates.map((rate) => rate.micros);

test('in Virginia there is only wan2.6-r2v, from text and video, of 5 or 10 seconds', () => {
  const card = cardIn('wan2.6-r2v', 'us-east-1');
  expect(card.inputs.image).toBeNull();
  expect(card.inputs.scene).toBeNull();
  expect(card.inputs.subject).toMatchObject({ image: 'none', clip: true });
  expect(card.inputs.video).toMatchObject({ uses: ['subject'] });
  expect(card.totals).toMatchObject([{ of: ['footage'], least: 1, most: 3 }]);
  expect(card.seconds).toMatchObject({ default: 5, limits: [{ oneOf: [5, 10] }] });
  expect(rates(card)).toEqual([600_000, 1_000_000]);

  for (const id of ['wan2.7-r2v', 'wan2.6-r2v-flash']) {
    const problem = inRegion(findCard(id)!, 'us-east-1') as Problem;
    expect(problem.code).toBe('region_not_offered');
    expect(explainProblem(problem, 'en').remedy).toContain('cn-beijing (China, Beijing)');
    expect(explainProblem(problem, 'zh').remedy).toMatch(/cn-beijing（华北2，北京）、/);
    const { message, remedy } = explainProblem(problem, 'en');
    expect(message).toContain('us-east-1');
    expect(remedy).toContain('cn-beijing');
    expect(remedy).toContain('ap-southeast-1');
    expect(explainProblem(problem, 'zh').remedy).toContain('新加坡');
  }
});

test('prices of each region, yuan a second', () => {
  expect(rates(cardIn('wan2.7-r2v', 'cn-beijing'))).toEqual([600_000, 1_000_000]);
  expect(rates(cardIn('wan2.7-r2v', 'ap-southeast-1'))).toEqual([733_924, 1_100_886]);
  expect(rates(cardIn('wan2.6-r2v', 'cn-beijing'))).toEqual([600_000, 1_000_000]);
  expect(rates(cardIn('wan2.6-r2v', 'ap-southeast-1'))).toEqual([733_924, 1_100_886]);
  expect(rates(cardIn('wan2.6-r2v-flash', 'cn-beijing'))).toEqual([300_000, 500_000, 150_000, 250_000]);
  expect(rates(cardIn('wan2.6-r2v-flash', 'ap-southeast-1'))).toEqual([366_962, 550_443, 183_481, 275_221]);
});

test('a region changes nothing of the card that the catalog holds', () => {
  const card = findCard('wan2.6-r2v')!;
  const before = structuredClone(card);
  cardIn('wan2.6-r2v', 'us-east-1');
  expect(card).toEqual(before);
  expect(cardIn('wan2.6-r2v', 'cn-beijing')).toEqual(card);
});

test('a model of a vendor without regions is the same everywhere', () => {
  const card = findCard('sora-2')!;
  expect(inRegion(card, 'eu-central-1')).toBe(card);
});

test('the newest edition, for accounts that ask for it', () => {
  const wan = inNewestEdition(findCard('wan2.7-r2v')!);
  expect(wan.price?.inputSeconds).toMatchObject({ dividedBy: 'footage', source: 'wan-newest-guide' });
  expect(findCard('wan2.7-r2v')!.price?.inputSeconds?.dividedBy).toBe('reference');
  const abroad = inNewestEdition(cardIn('wan2.7-r2v', 'ap-southeast-1'));
  expect(rates(abroad)).toEqual([733_924, 1_100_886]);
  expect(abroad.price?.inputSeconds?.dividedBy).toBe('footage');

  const kling = inNewestEdition(findCard('kling-o3-pro-reference-to-video')!);
  expect(kling.totals.find((total) => total.when?.lacks !== undefined)).toMatchObject({ of: ['subject'], most: 4 });
  const sora = findCard('sora-2')!;
  expect(inNewestEdition(sora)).toBe(sora);
});
