import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApp, post, requestTo, type TestApp } from '../test-app.ts';
import { onEveryDatabase } from '../test-databases.ts';
import { smallRequest } from '../test-server.ts';

onEveryDatabase((databaseUrl) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp({ repeatSeconds: 1.5 }, { databaseUrl: databaseUrl() });
  }, 60_000);
  afterAll(async () => {
    expect(app.faults).toEqual([]);
    await app.close();
  });

  const create = (key: string, change: object = {}, query = '') =>
    app.fetch(post(`/v1/generations${query}`, { ...smallRequest, ...change }, { 'idempotency-key': key }));
  const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;
  const idOf = async (answer: Response) => ((await answer.json()) as { id: string }).id;
  const countOf = async () => {
    const answer = await app.fetch(requestTo('/v1/generations?limit=100'));
    return ((await answer.json()) as { items: unknown[] }).items.length;
  };

  test('ten at once are one generation, and all have one answer', async () => {
    const before = await countOf();
    const answers = await Promise.all(Array.from({ length: 10 }, () => create('ten')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const bodies = await Promise.all(answers.map((one) => one.text()));
    expect(new Set(bodies).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(9);
    expect(await countOf()).toBe(before + 1);
  });

  test('another request under the key is refused', async () => {
    await create('other');
    const differs = await create('other', { seed: 7 });
    expect([differs.status, await codeOf(differs)]).toEqual([409, 'repeat_differs']);
  });

  test('how long somebody waits does not make it another request', async () => {
    const first = await idOf(await create('waits'));
    expect(await idOf(await create('waits', {}, '?wait=1'))).toBe(first);
  });

  test('whoever is cut off while the film is waited for asks again and is answered', async () => {
    const cut = new AbortController();
    const asked = post('/v1/generations?wait=60', smallRequest, { 'idempotency-key': 'cut-off' });
    const first = app.fetch(new Request(asked, { signal: cut.signal }));
    await new Promise((resolve) => setTimeout(resolve, 500));
    cut.abort();
    const again = await create('cut-off', {}, '?wait=60');
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    expect(await idOf(again)).toBe(await idOf(await first));
  });

  test('one that comes while the first is at work waits, and is told when to come again', async () => {
    // Nothing is drawn here, so the first waits to the end.
    const first = create('busy', {}, '?wait=3');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const second = await create('busy', {}, '?wait=3');
    expect([second.status, second.headers.get('retry-after'), await codeOf(second)]).toEqual([
      409,
      '1',
      'repeat_running',
    ]);
    const answered = await (await first).text();
    expect(await (await create('busy')).text()).toBe(answered);
  });

  test('a refused request leaves its key free for the mended one', async () => {
    expect((await create('mended', { prompt: '' })).status).toBe(422);
    const mended = await create('mended');
    expect([mended.status, mended.headers.get('idempotent-replayed')]).toEqual([202, null]);
  });

  test('what was accepted and never answered is found again, not accepted twice', async () => {
    const first = await idOf(await create('crash'));
    // As a process leaves it that dies between accepting and answering, once its lease is over.
    await app.database.connection.deleteFrom('idempotency').where('key', '=', 'crash').execute();
    expect(await idOf(await create('crash'))).toBe(first);
  });

  test('without a key each is its own', async () => {
    const two = await Promise.all([1, 2].map(() => app.fetch(post('/v1/generations', smallRequest))));
    const [one, other] = await Promise.all(two.map(idOf));
    expect(one).not.toBe(other);
  });

  test('assets too, as JSON and as bytes', async () => {
    const png = readFileSync(new URL('../../../media/cat.png', import.meta.url));
    const send = (bytes: Buffer<ArrayBuffer>) =>
      app.fetch(
        requestTo('/v1/assets', {
          method: 'POST',
          body: bytes,
          headers: { 'content-type': 'image/png', 'idempotency-key': 'bytes' },
        }),
      );
    const [first, again] = [await send(png), await send(png)];
    expect([first.status, again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 201, 'true']);
    expect(await again.text()).toBe(await first.text());
    const wav = readFileSync(new URL('../../../media/astronaut.png', import.meta.url));
    expect((await send(wav)).status).toBe(409);
    const asData = () =>
      app.fetch(
        post('/v1/assets', { data: `data:image/png;base64,${png.toString('base64')}` }, { 'idempotency-key': 'data' }),
      );
    expect(await (await asData()).text()).toBe(await (await asData()).text());
  });
});
