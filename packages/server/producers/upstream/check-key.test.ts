import { cards } from '@refreel/core/catalog';
import { dialects } from '@refreel/core/dialects';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../../accounts/index.ts';
import { readEntry } from '../../accounts/read-entry.ts';
import { makeTestKey, startTestServer, type TestServer } from '../../test-server.ts';
import { checkKey } from './check-key.ts';

/** Plays every vendor, and wants a key. */
let vendor: TestServer;
let secret: string;
beforeAll(async () => {
  vendor = await startTestServer({ admin: true });
  secret = (await makeTestKey(vendor, 'senders')).secret;
}, 60_000);
afterAll(() => vendor.remove());

function accountOf(dialect: (typeof dialects)[number], key: string, base = vendor.url): Account {
  const [{ path, region } = { path: '' }] = dialect.bases;
  // OpenAI's own models are those of its variants.
  const model = cards.find((card) => card.dialect === dialect.id)?.id ?? 'sora-2';
  const wrong: string[] = [];
  const read = readEntry(
    { id: 'mine', dialect: dialect.id, baseUrl: base + path, key, models: [model], ...(region && { region }) },
    undefined,
    'added',
    (field, found) => wrong.push(`${field}: ${JSON.stringify(found)}`),
  );
  if (read === undefined) throw new Error(wrong.join(', '));
  return read.account;
}

test.each(dialects.map((one) => [one.id, one] as const))('%s tells whether it takes a key', async (_, dialect) => {
  expect(await checkKey(accountOf(dialect, secret))).toEqual({ is: 'taken' });
  expect(await checkKey(accountOf(dialect, 'sk-of-nobody'))).toMatchObject({
    is: 'refused',
    problem: { code: 'account_key_refused', values: { found: 'mine' } },
  });
});

test('a vendor that is not there says nothing of it', async () => {
  const [dialect] = dialects;
  expect(await checkKey(accountOf(dialect!, secret, 'http://127.0.0.1:9'))).toMatchObject({
    is: 'unclear',
    problem: { code: 'vendor_unavailable' },
  });
});

test('nothing was made by it', async () => {
  const listed = await vendor.ask('/v1/generations', { key: secret });
  expect(listed.json.items).toEqual([]);
});
