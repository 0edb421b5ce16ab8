import type { ImageFacts, Request } from '@refreel/core/model';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assetHash } from './asset-hash.ts';
import { accepted, dataUri, ended, type Ground, openGround, submission } from './test-ground.ts';

const hookMilliseconds = 60_000;
const timeout = 120_000;

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
}, hookMilliseconds);
afterAll(() => ground.close());

/** A red disc on nothing. */
async function disc(): Promise<Buffer> {
  const svg = '<svg width="300" height="300"><circle cx="150" cy="150" r="90" fill="rgb(200,10,10)"/></svg>';
  return await sharp(Buffer.from(svg)).png().toBuffer();
}

const request = (image: string, more: Partial<Request> = {}): Request => ({
  model: 'wan2.7-r2v',
  references: [{ kind: 'subject', id: 'a', name: 'mei', image }],
  shots: [{ prompt: [{ mention: 'a' }, ' waves.'], seconds: 2 }],
  tier: '720p',
  ...more,
});

test('a picture that the model would refuse is made to fit, told, and drawn from', { timeout }, async () => {
  const caller = await ground.caller();
  const { generations } = ground;
  const uri = dataUri(await disc());
  expect(await generations.submit(caller, submission(request(uri)))).toMatchObject({
    ok: false,
    problems: [{ code: 'media_alpha', path: 'references[0].image' }],
  });
  const taken = await accepted(generations, caller, submission(request(uri, { fitMedia: true })));
  expect(taken.state).toBe('preparing');
  expect(taken.notes.map(({ code }) => code)).toContain('media_fitted');
  const before = taken.request.references[0];
  const generation = await ended(generations, caller, taken.id);
  const after = generation.request.references[0];
  if (before?.kind !== 'subject' || after?.kind !== 'subject') throw new Error('no subjects');
  expect(after.image).not.toBe(before.image);
  const facts = (await generations.asset(caller, assetHash(after.image!)!))?.facts as ImageFacts;
  expect(facts).toMatchObject({ width: 300, height: 300, alpha: false });
  // What was given is kept as it was.
  expect((await generations.asset(caller, assetHash(before.image!)!))?.facts).toMatchObject({ alpha: true });
  expect(generation.notes.filter(({ code }) => code === 'media_fitted')).toHaveLength(1);
});

test('one that has to be fetched first is made to fit when it is there', { timeout }, async () => {
  const caller = await ground.caller();
  const { generations } = ground;
  const bytes = await disc();
  const base = await ground.serve((_, answer) => void answer.setHeader('content-type', 'image/png').end(bytes));
  const taken = await accepted(generations, caller, submission(request(`${base}/disc.png`, { fitMedia: true })));
  const generation = await ended(generations, caller, taken.id);
  expect(generation.notes.map(({ code }) => code)).toContain('media_fitted');
  const refused = await accepted(generations, caller, submission(request(`${base}/disc.png`)));
  const failed = await ended(generations, caller, refused.id, 'failed');
  expect(failed.attempts[0]?.problems).toMatchObject([{ code: 'media_alpha' }]);
});
