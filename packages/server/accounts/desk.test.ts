import { rmSync } from 'node:fs';
import { problem } from '@refreel/core/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../store/index.ts';
import { makeTestFolder } from '../store/test-store.ts';
import { type AccountDesk, type DeskOptions, openAccountDesk } from './desk.ts';
import { readAccounts } from './read-accounts.ts';
import { openSealer } from './seal.ts';

const secret = 'a secret of at least thirty-two characters';
const key = 'sk-very-secret-0123456789';
const entry = {
  dialect: 'venice',
  baseUrl: 'https://api.example/v1',
  key,
  models: ['grok-imagine-reference-to-video'],
};
const refused = problem('account_key_refused', '', { found: 'venice' });

let folder: string;
let database: Database;
const desks: AccountDesk[] = [];
beforeAll(async () => {
  folder = await makeTestFolder('desk');
  database = await openDatabase({ folder }, { maintenanceSeconds: 0 });
}, 60_000);
afterAll(async () => {
  await Promise.all(desks.map((one) => one.close()));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(
  environment: Record<string, string> = { VENICE_API_KEY: 'sk-of-the-environment' },
  more: Partial<DeskOptions> = {},
): Promise<AccountDesk> {
  const read = readAccounts(environment, folder);
  if (!read.ok) throw new Error('not read');
  const desk = await openAccountDesk({
    ...{ connection: database.connection, accounts: read.accounts, sealer: openSealer(secret), refreshSeconds: 0 },
    check: async () => ({ is: 'taken' }),
    onError: (error) => {
      throw error;
    },
    ...more,
  });
  desks.push(desk);
  return desk;
}

const idsOf = ({ book }: AccountDesk) => book.accounts.map(({ id }) => id);

test('an account is added behind those of the environment, and is there after a restart, with its key', async () => {
  const desk = await open();
  let heard = 0;
  desk.onChange(() => {
    heard += 1;
  });
  expect(await desk.add({ ...entry, id: 'mine' })).toMatchObject({ account: { id: 'mine', origin: 'added' } });
  expect([idsOf(desk), heard]).toEqual([['venice', 'mine'], 1]);
  const again = await open();
  expect(idsOf(again)).toEqual(['venice', 'mine']);
  const { key: kept, dialect } = again.book.find('mine')!;
  expect(kept.headers({ key: dialect.key })).toEqual({ authorization: `Bearer ${key}` });
  expect(await desk.add({ ...entry, id: 'mine' })).toMatchObject([{ code: 'account_taken' }]);
  expect(await desk.add({ ...entry, id: 'venice' })).toMatchObject([{ code: 'account_taken' }]);
});

test('an engine without a key is there after a restart too', async () => {
  const desk = await open({});
  const engine = { id: 'gpu', dialect: 'vllm', baseUrl: 'http://10.0.0.7:8091/v1', models: ['our-wan'] };
  expect(await desk.add(engine)).toMatchObject({ account: { id: 'gpu' } });
  const { key: none, dialect } = (await open({})).book.find('gpu')!;
  expect(none.headers(dialect)).toEqual({});
  expect(await desk.remove('gpu')).toBe('removed');
});

test('what is wrong with one is told by its field, and no variable of the server can be named', async () => {
  const desk = await open();
  const wrong = async (change: object) => await desk.add({ ...entry, id: 'wrong', ...change });
  expect(await wrong({ models: ['sora-2'] })).toMatchObject([{ code: 'account_invalid', path: 'models "sora-2"' }]);
  expect(await wrong({ key: undefined, keyEnv: 'REFREEL_SECRET' })).toMatchObject([{ path: 'keyEnv' }]);
  expect(await wrong({ baseUrl: 'file:///etc/passwd' })).toMatchObject([{ path: 'baseUrl' }]);
  expect(JSON.stringify(await wrong({ dialect: 'x', baseUrl: 'y' }))).not.toContain(key);
});

test('another secret opens no key: the account is named with what to do, and is not asked', async () => {
  const desk = await open({}, { sealer: openSealer(`${secret} of somebody else`) });
  expect(idsOf(desk)).toEqual([]);
  expect(desk.unreadable()).toMatchObject([{ id: 'mine', problem: { code: 'account_sealed' } }]);
  expect(await (await open({})).book.accounts).toHaveLength(1);
});

test('one that is set aside stays so after a restart, until its key is another one or is taken again', async () => {
  const desk = await open();
  await desk.setAside(desk.book.find('venice')!, refused);
  expect(desk.book.asideSince('venice')).toBeInstanceOf(Date);
  expect((await open()).standings()).toMatchObject([{ aside: { problem: refused } }, { aside: undefined }]);
  const mended = await open({ VENICE_API_KEY: 'sk-of-another-day' });
  expect(mended.book.asideSince('venice')).toBeUndefined();

  const unsure = await open(undefined, { check: async () => ({ is: 'unclear', problem: refused }) });
  expect(await unsure.check('venice')).toMatchObject({ is: 'unclear', standing: { aside: { problem: refused } } });
  expect(await desk.check('venice')).toMatchObject({ is: 'taken', standing: { aside: undefined } });
  expect((await open()).book.asideSince('venice')).toBeUndefined();
  expect(await desk.check('nobody')).toBeUndefined();
});

test('what another process changes is seen', async () => {
  const [one, other] = [await open(), await open()];
  await one.add({ ...entry, id: 'shared' });
  const { book } = other;
  await other.refresh();
  expect(idsOf(other)).toContain('shared');
  // Whoever sends for the others goes on: they are the same as before.
  expect(other.book.find('mine')).toBe(book.find('mine'));
  expect(await one.add({ ...entry, id: 'shared', key: 'sk-new' }, true)).toMatchObject({ account: { id: 'shared' } });
  const before = other.book.find('shared');
  await other.refresh();
  expect(other.book.find('shared')).not.toBe(before);
  expect([await one.remove('shared'), await one.remove('shared'), await one.remove('venice')]).toEqual([
    'removed',
    'unknown',
    'kept',
  ]);
});
