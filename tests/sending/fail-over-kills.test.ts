import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { fillTestFolder } from '../../packages/server/store/test-store.ts';
import { ask } from '../../packages/server/test-server.ts';
import { type Serving, startServing } from '../chaos/serving.ts';
import { media } from '../e2e/command.ts';
import { accept, type HostileVendor, openHostileVendor, refuse } from './hostile-vendor.ts';
import { openFolders, writeAccounts } from './peers.ts';

// The first vendor refuses for want of quota, the second one takes it. Whoever asks them is killed in between.

const folders = openFolders();
const vendors: HostileVendor[] = [];
const servings: Serving[] = [];

afterAll(async () => {
  for (const one of servings) {
    one.kill('group');
    await one.end;
  }
  await Promise.all(vendors.map((one) => one.close()));
  folders.remove();
});

const patienceMilliseconds = 60_000;
const moments = ['asked', 'refused', 'soon', 'second', 'taken'] as const;

test('killed at every moment: no place has two attempts that live, and nobody is asked twice', {
  timeout: 600_000,
}, async () => {
  let reached = (_: (typeof moments)[number]) => {};
  const failed = { code: 'InternalError.Algo', message: 'inference internal error.' };
  const first = await openHostileVendor(
    () => ({
      submit(_, answer) {
        reached('asked');
        refuse(answer, 400, 'Arrearage', 'in arrears');
        reached('refused');
        // The refusal is being written down, or just was.
        setTimeout(() => reached('soon'), 15);
      },
    }),
    () => Buffer.alloc(0),
  );
  const second = await openHostileVendor(
    (word) => ({
      submit(_, answer) {
        reached('second');
        accept(answer, word);
        reached('taken');
      },
      // That costs nothing and needs no film.
      look: (_, answer) =>
        void answer
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ request_id: 'r', output: { task_id: word, task_status: 'FAILED', ...failed } })),
    }),
    () => Buffer.alloc(0),
  );
  vendors.push(first, second);
  const at = (vendor: HostileVendor, id: string) => ({
    ...{ id, dialect: 'dashscope', baseUrl: vendor.url, key: `sk-${id}-0123456789`, region: 'cn-beijing' },
    ...{ models: ['wan2.7-r2v'], lookIntervalSeconds: 0.2 },
  });
  const environment = {
    ...{ REFREEL_MODE: 'live', REFREEL_PUBLIC_URL: 'http://127.0.0.1:9' },
    REFREEL_ACCOUNTS: writeAccounts(folders.make('accounts'), [at(first, 'first'), at(second, 'second')]),
  };
  const folder = folders.make('sender');
  await fillTestFolder(folder);
  const start = async () => {
    const serving = startServing(folder, environment);
    servings.push(serving);
    return { serving, base: await serving.url };
  };
  const orders = new Map<string, string>();
  let image: string | undefined;
  for (const [index, moment] of moments.entries()) {
    const { serving, base } = await start();
    const bytes = readFileSync(join(media, 'cat.png'));
    image ??= (await ask(`${base}/v1/assets`, { bytes, headers: { 'content-type': 'image/png' } })).json
      .asset as string;
    const word = `kill${'abcde'[index]}`;
    const happened = new Promise<void>((resolve) => {
      reached = (now) => {
        if (now !== moment) return;
        serving.kill('group');
        resolve();
      };
    });
    const made = await ask(`${base}/v1/generations`, {
      json: {
        ...{ model: 'wan2.7-r2v', seconds: 2, prompt: `A film of the word ${word}.` },
        references: [{ kind: 'image', name: 'cat', image }],
      },
    }).catch(() => undefined);
    // One that does not come in time is killed all the same.
    await Promise.race([happened, pause(patienceMilliseconds)]);
    serving.kill('group');
    await serving.end;
    // Killed before its acceptance was read: what was sent before it is counted all the same.
    orders.set(word, made?.json?.id ?? '');
  }
  reached = () => {};
  const { base } = await start();
  for (const [word, id] of orders) {
    expect(first.asked.get(word)?.submits ?? 0, word).toBeLessThanOrEqual(1);
    expect(second.asked.get(word)?.submits ?? 0, word).toBeLessThanOrEqual(1);
    if (id === '') continue;
    const look = async () => (await ask(`${base}/v1/generations/${id}`)).json;
    let found = await look();
    for (let times = 0; times < 600 && !found.ended && found.state !== 'unconfirmed'; times += 1) {
      const live = found.attempts.filter(({ finishedAt }: { finishedAt: string | null }) => finishedAt === null);
      expect(live.length, JSON.stringify(found.attempts)).toBeLessThanOrEqual(1);
      await pause(50);
      found = await look();
    }
    const [one, other, ...more] = found.attempts;
    expect(more).toEqual([]);
    // Its refusal was lost with the process, or it is written down together with who is asked next.
    if (other === undefined) expect(one).toMatchObject({ account: 'first', state: 'unconfirmed' });
    else expect(one).toMatchObject({ state: 'failed', billed: 'no', problems: [{ code: 'quota_exhausted' }] });
    if (other === undefined) expect(second.asked.get(word)).toBeUndefined();
    else expect(['failed', 'unconfirmed']).toContain(other.state);
  }
});
