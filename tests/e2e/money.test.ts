import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRefreel } from '@refreel/sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openCommands } from './commands.ts';
import { type Served, serve } from './serve-process.ts';

// What may be spent and what was, as people ask for it.

vi.setConfig({ testTimeout: 240_000 });

const commands = openCommands();
let folder: string;
let server: Served;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-money-'));
  server = await serve(join(folder, 'data'));
}, 120_000);
afterAll(async () => {
  await commands.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: readonly string[]) {
  const environment = { PATH: process.env.PATH ?? '', REFREEL_SERVER: server.url };
  return await commands.run([...args, '--lang', 'en'], { cwd: folder, environment });
}

test('budgets are set, listed and removed', async () => {
  const set = await run('budgets', 'set', '25.50', 'usd', '--json');
  expect(set.code, set.stderr).toBe(0);
  const { id, limit } = JSON.parse(set.stdout);
  expect(limit).toEqual({ micros: 25_500_000, currency: 'USD' });
  const listed = await run('budgets', 'list');
  expect(listed.stdout).toMatch(new RegExp(`^${id} +the workspace +\\$25.50 a month +\\$0.00 +\\$0.00 +\\$25.50`, 'm'));
  const { budgets } = openRefreel({ baseUrl: server.url });
  expect(await budgets.set({ limit: { micros: 7, currency: 'CNY' }, period: 'day' })).toMatchObject({ period: 'day' });
  expect((await budgets.list()).map((one) => one.limit.currency)).toEqual(['USD', 'CNY']);
  for (const one of await budgets.list()) expect((await run('budgets', 'remove', one.id)).code).toBe(0);
  const empty = await run('budgets', 'list');
  expect([empty.code, empty.stdout, empty.stderr]).toEqual([0, '', 'There is nothing.\n']);
});

test.each([
  [['budgets', 'set', '1,5', 'USD'], 'is no amount such as 25.50 USD'],
  [['budgets', 'set', '1', 'dollars!'], 'is no amount such as 25.50 USD'],
  [['budgets', 'set', '1', 'USD', '--key-id', 'key_none'], 'key_none'],
  [['budgets', 'remove', 'bud_none'], 'There is no budget "bud_none"'],
  [['usage', '--from', 'yesterday'], 'is no date such as 2026-11-01'],
  [['receipts', 'settle', 'gen_none', '--billed', 'no'], 'There is no receipt of attempt 0 of "gen_none"'],
])('%j is refused, and says why', async (args, text) => {
  const ran = await run(...args);
  expect(ran.code).not.toBe(0);
  expect(ran.stderr).toContain(text);
});

test('a quote is accepted, and what was made is counted', async () => {
  const client = openRefreel({ baseUrl: server.url });
  const request = { prompt: 'A lamp is lit.', seconds: 1, size: '128x72', fps: 8, audio: false } as const;
  const { id } = await client.quote(request);
  const small = ['--prompt', 'A lamp is lit.', '--seconds', '1', '--size', '128x72', '--fps', '8', '--no-audio'];
  const made = await run('generate', ...small, '--no-wait', '--quote', id);
  expect(made.code, made.stderr).toBe(0);
  await expect(client.generations.create(request, { quote: id })).rejects.toMatchObject({
    problems: [{ code: 'quote_used' }],
  });
  const usage = await run('usage');
  expect(usage.stdout).toMatch(/^DAY +KEY +MODEL +GENERATIONS +SPENT\n\d{4}-\d\d-\d\d +- +animatic +1 +free$/m);
  const receipts = await run('receipts', 'list', '--open', '--json');
  expect(JSON.parse(receipts.stdout)).toEqual([]);
});
