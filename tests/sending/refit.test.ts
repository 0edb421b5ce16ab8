import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallRequest, startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { type HostileVendor, openHostileVendor, refuse } from './hostile-vendor.ts';
import { freePort, openFolders, type WrittenAccount, writeAccounts } from './peers.ts';

// The first vendor refuses what is asked of its model; the model that is asked instead takes smaller pictures (5000 pixels a side, where
// the first one takes 8000).

const folders = openFolders();
let film: Buffer;
let [first, second]: HostileVendor[] = [];
let live: TestServer;
let image: string;

beforeAll(async () => {
  const refusing = {
    submit: (_: number, answer: Parameters<typeof refuse>[0]) =>
      refuse(answer, 400, 'InvalidParameter', 'this cannot be done'),
  };
  first = await openHostileVendor(
    () => refusing,
    () => film,
  );
  second = await openHostileVendor(
    (word) => (['twice', 'back', 'less'].includes(word) ? refusing : undefined),
    () => film,
  );
  const at = (vendor: HostileVendor, id: string, models: readonly string[]): WrittenAccount => ({
    ...{ id, dialect: 'dashscope', baseUrl: vendor.url, key: `sk-${id}-0123456789`, region: 'cn-beijing' },
    ...{ models, lookIntervalSeconds: 0.1 },
  });
  const port = await freePort();
  live = await startTestServer({
    environment: {
      ...{ REFREEL_MODE: 'live', REFREEL_PORT: String(port), REFREEL_PUBLIC_URL: `http://127.0.0.1:${port}` },
      REFREEL_ACCOUNTS: writeAccounts(folders.make(), [
        at(first, 'first', ['wan2.7-r2v']),
        at(second, 'second', ['wan2.6-r2v', 'wan2.6-r2v-flash']),
      ]),
    },
  });
  const drawn = await live.ask('/v1/generations?wait=60', { json: { ...smallRequest, model: 'animatic' } });
  film = (await live.ask(`/v1/generations/${drawn.json.id}/content`)).bytes;
  image = await keep(6000, 1000);
}, 120_000);

async function keep(width: number, height: number): Promise<string> {
  const bytes = await sharp({ create: { width, height, channels: 3, background: '#884422' } })
    .png()
    .toBuffer();
  return (await live.ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } })).json.asset;
}

afterAll(async () => {
  expect(live.faults).toEqual([]);
  await live.remove();
  await Promise.all([first!.close(), second!.close()]);
  folders.remove();
});

async function ended(word: string, more: object, given = image) {
  const references = [{ kind: 'image', name: 'wall', image: given }];
  const json = { model: 'wan2.7-r2v', seconds: 5, prompt: `A film of the word ${word}.`, references, ...more };
  const made = await live.ask('/v1/generations', { json });
  expect(made.status, JSON.stringify(made.json)).toBe(202);
  return (await live.ask(`/v1/generations/${made.json.id}?wait=60`)).json;
}

const sizeAt = async (url: string) => {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  const { width, height } = await sharp(bytes).metadata();
  return { width, height, sha256: createHash('sha256').update(bytes).digest('hex') };
};

test('what the alternative does not take is made to fit for it, and told', { timeout: 90_000 }, async () => {
  const done = await ended('wall', { alternatives: ['wan2.6-r2v'], fitMedia: true });
  expect(done, JSON.stringify(done)).toMatchObject({
    state: 'done',
    attempts: [
      { account: 'first', state: 'failed', billed: 'no', problems: [{ code: 'vendor_refused' }] },
      { account: 'second', model: 'wan2.6-r2v', state: 'done', place: 0 },
    ],
  });
  const notes = done.notes.filter(({ code }: { code: string }) => /^media_(?:fitted|cut)$/.test(code));
  expect(notes).toMatchObject([{ path: 'references[0].image', values: { model: 'wan2.6-r2v' } }]);
  const sent = [first!.inputs.get('wall')![0]!, second!.inputs.get('wall')![0]!];
  expect(sent.map(({ model }) => model)).toEqual(['wan2.7-r2v', 'wan2.6-r2v']);
  const [whole, fitted] = [await sizeAt(sent[0]!.media[0]!.url), await sizeAt(sent[1]!.media[0]!.url)];
  expect(whole).toMatchObject({ width: 6000, height: 1000 });
  expect(`asset:${whole.sha256}`).toBe(image);
  expect(Math.max(fitted.width!, fitted.height!)).toBeLessThanOrEqual(5000);
  expect(fitted.width! / fitted.height!).toBeCloseTo(6, 1);
  // The request itself names what was given.
  expect(done.request.references[0].image).toBe(image);
});

test('another one may be asked after that too, and has its own made', { timeout: 90_000 }, async () => {
  const failed = await ended('twice', { alternatives: ['wan2.6-r2v', 'wan2.6-r2v-flash'], fitMedia: true });
  expect(failed).toMatchObject({
    state: 'failed',
    attempts: [{ account: 'first' }, { model: 'wan2.6-r2v' }, { model: 'wan2.6-r2v-flash', place: 0 }],
  });
  expect(second!.inputs.get('twice')!.map(({ model }) => model)).toEqual(['wan2.6-r2v', 'wan2.6-r2v-flash']);
  for (const { media } of second!.inputs.get('twice')!)
    expect((await sizeAt(media[0]!.url)).width).toBeLessThanOrEqual(5000);
});

test('one that takes more than the first one has it of what was given', { timeout: 90_000 }, async () => {
  const failed = await ended('back', { model: 'wan2.6-r2v', alternatives: ['wan2.7-r2v'], fitMedia: true });
  expect(failed).toMatchObject({
    attempts: [{ account: 'second' }, { account: 'first', model: 'wan2.7-r2v', place: 0 }],
  });
  const [before] = second!.inputs.get('back')!;
  expect((await sizeAt(before!.media[0]!.url)).width).toBeLessThanOrEqual(5000);
  const [after] = first!.inputs.get('back')!;
  expect(`asset:${(await sizeAt(after!.media[0]!.url)).sha256}`).toBe(image);
});

test('and where it takes less than was given, it is made to fit once', { timeout: 90_000 }, async () => {
  const large = await keep(8200, 1200);
  const failed = await ended('less', { model: 'wan2.6-r2v', alternatives: ['wan2.7-r2v'], fitMedia: true }, large);
  const [after] = first!.inputs.get('less')!;
  expect((await sizeAt(after!.media[0]!.url)).width).toBe(8000);
  const notes = failed.notes.filter(({ code }: { code: string }) => code === 'media_fitted');
  expect(notes).toMatchObject([{ values: { model: 'wan2.6-r2v' } }, { values: { model: 'wan2.7-r2v' } }]);
  for (const { values } of notes) expect(values.found.en).toContain('8200x1200');
});

test('without leave to make it fit the alternative is passed over', { timeout: 90_000 }, async () => {
  const failed = await ended('plain', { alternatives: ['wan2.6-r2v'] });
  expect(failed).toMatchObject({ state: 'failed', problems: [{ code: 'vendor_refused' }] });
  expect(failed.attempts).toHaveLength(1);
  expect(second!.inputs.get('plain')).toBeUndefined();
});
