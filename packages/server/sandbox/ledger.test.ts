import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deleteGeneration } from '../store/index.ts';
import { openTestApp, post, requestTo, type TestApp } from '../test-app.ts';
import { onEveryDatabase } from '../test-databases.ts';
import { endWaiting } from '../test-end.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

// Generations are accepted over HTTP and ended by hand, as a worker ends them; what they come to is read over HTTP.

onEveryDatabase((databaseUrl) => {
  let app: TestApp;
  let image: string;
  beforeAll(async () => {
    app = await openTestApp({}, { databaseUrl: databaseUrl(), faultsObeyed: true });
    const picture = sharp({ create: { width: 512, height: 512, channels: 3, background: 'teal' } });
    image = `data:image/png;base64,${(await picture.png().toBuffer()).toString('base64')}`;
  }, 60_000);
  afterAll(async () => {
    expect(app.faults).toEqual([]);
    await app.close();
  });

  const jsonOf = async (answer: Response) => JSON.parse(await answer.text());
  const ledger = async (query = '') => await jsonOf(await app.fetch(requestTo(`/v1/sandbox/ledger${query}`)));
  const create = async (model: string, more: object, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await app.fetch(post('/v1/generations', { model, prompt: 'Rain on a cup.', ...more }, headers));
    const json = await jsonOf(answer);
    if (answer.status !== 202) throw new Error(JSON.stringify(json));
    return json.id;
  };
  const grok = (headers?: Record<string, string>) =>
    create(
      'grok-imagine-reference-to-video',
      { references: [{ name: 'cup', image }], prompt: '@cup steams.', seconds: 8, tier: '480p' },
      headers,
    );
  const end = (made: boolean) => endWaiting(app.database.connection, made);

  test('sums are exact, by currency, and refused Grok clips are in them', async () => {
    expect(await ledger()).toEqual({
      items: [],
      totals: { charged: [], generations: 0, unsettled: 0, priceUnknown: 0 },
    });
    const refused = await grok();
    expect((await ledger()).totals).toMatchObject({ charged: [], generations: 1, unsettled: 1 });
    expect(await end(false)).toBe(1);
    const lost = await grok({ 'x-refreel-fault': 'lost_create_reply' });
    await create('wan2.7-r2v', {
      references: [{ name: 'cup', image }],
      prompt: '@cup steams.',
      seconds: 5,
      tier: '720p',
    });
    await create('sora-2', { seconds: 4, size: '1280x720' });
    expect(await end(true)).toBe(3);
    const { items, totals } = await ledger();
    // 2 x 8 x 0.063 $, and 5 x 0.6 ¥; a price of sora-2 is in no document.
    expect(totals).toEqual({
      charged: [
        { micros: 3_000_000, currency: 'CNY' },
        { micros: 1_008_000, currency: 'USD' },
      ],
      generations: 4,
      unsettled: 0,
      priceUnknown: 1,
    });
    const line = (id: string) => items.find((one: { id: string }) => one.id === id);
    expect(line(refused)).toMatchObject({
      charged: { micros: 504_000, currency: 'USD' },
      ...{ reason: 'refused_is_charged', state: 'failed', dialect: 'native', approximate: true, key: null },
      lines: [{ seconds: 8, times: 1, rateMicros: 63_000 }],
      film: { seconds: 8, count: 1, attempts: 1 },
    });
    expect(line(lost)).toMatchObject({ reason: 'made', charged: { micros: 504_000, currency: 'USD' } });
  });

  test('what its owner deletes was charged all the same', async () => {
    const { items, totals } = await ledger();
    for (const { id, workspace } of items) await deleteGeneration(app.database.connection, workspace, id);
    expect((await ledger()).totals).toEqual(totals);
  });

  test('filters and pages', async () => {
    const { items } = await ledger();
    const count = async (query: string) => (await ledger(query)).totals.generations;
    expect(await count('?model=sora-2')).toBe(1);
    expect(await count('?dialect=venice')).toBe(0);
    expect(await count('?dialect=native&model=wan2.7-r2v')).toBe(1);
    expect(await count('?key=key_none')).toBe(0);
    expect(await count('?from=2100-01-01')).toBe(0);
    expect(await count(`?until=${items[0].createdAt}`)).toBe(3);
    const first = await ledger('?limit=3');
    const rest = await ledger(`?limit=3&cursor=${first.cursor}`);
    expect([...first.items, ...rest.items]).toEqual(items);
    expect([rest.cursor, rest.totals]).toEqual([undefined, first.totals]);
    for (const query of ['?cursor=x', '?limit=0', '?from=yesterday', '?color=red'])
      expect((await app.fetch(requestTo(`/v1/sandbox/ledger${query}`))).status).toBe(400);
  });
});
