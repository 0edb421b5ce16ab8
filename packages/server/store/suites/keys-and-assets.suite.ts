import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  CursorError,
  createKey,
  defaultWorkspace,
  endSession,
  findAsset,
  findAssets,
  findKey,
  isSessionGood,
  keepAsset,
  listAssets,
  listKeys,
  moveAttempt,
  namedHashes,
  noteKeyUse,
  revokeKey,
  StoreError,
  startAttempt,
} from '../index.ts';
import { accept, claimOne, makeTenant, type StoreUnderTest } from './samples.ts';

const facts = {
  kind: 'audio',
  mediaType: 'audio/wav',
  bytes: 3,
  sha256: '',
  seconds: 1,
  sampleRate: 8000,
  channels: 1,
  codec: 'pcm',
} as const;
const asset = (digit: string, name: string | null = null) => {
  const sha256 = digit.repeat(64);
  return { sha256, mediaType: 'audio/wav', bytes: 3, name, facts: { ...facts, sha256 } };
};

export function keysAndAssets(store: StoreUnderTest): void {
  test('a key opens its workspace until it is revoked, and its secret is nowhere', async () => {
    const { connection } = store();
    const { workspace } = await makeTenant(store());
    const { key, secret } = await createKey(connection, workspace, 'laptop');
    expect(secret).toMatch(/^rfl_[\w-]{43}$/);
    expect(secret.startsWith(key.prefix)).toBe(true);
    expect(await findKey(connection, secret)).toEqual({ workspace, key: key.id, repeatSeconds: null });
    expect(await findKey(connection, `${secret}x`)).toBeUndefined();
    const { rows } = await sql<{
      text: string;
    }>`select keys::text as text from keys where workspace_id = ${workspace}`.execute(connection);
    expect(rows.some(({ text }) => text.includes(secret.slice(8)))).toBe(false);

    await noteKeyUse(connection, workspace, key.id);
    expect((await listKeys(connection, workspace)).at(-1)).toMatchObject({
      name: 'laptop',
      lastUsedAt: expect.any(Date),
      revokedAt: null,
    });
    const revoked = await revokeKey(connection, workspace, key.id);
    expect(await findKey(connection, secret)).toBeUndefined();
    expect(await revokeKey(connection, workspace, key.id)).toEqual(revoked);
  });

  test('a session is good until it is ended or its key revoked; what is over by itself is swept', async () => {
    const { connection } = store();
    const [{ workspace }, other] = [await makeTenant(store()), await makeTenant(store())];
    const { key } = await createKey(connection, workspace, 'laptop');
    const good = (id: string) => isSessionGood(connection, workspace, { key: key.id, id });
    expect([await good('a'), await good('b')]).toEqual([true, true]);
    const until = new Date(Date.now() + 60_000);
    for (const _ of [1, 2]) await endSession(connection, workspace, { id: 'a', until });
    // Another workspace's of the same id is another one.
    await endSession(connection, other.workspace, { id: 'b', until });
    expect([await good('a'), await good('b')]).toEqual([false, true]);
    expect(await isSessionGood(connection, other.workspace, { key: key.id, id: 'c' })).toBe(false);
    await endSession(connection, workspace, { id: 'old', until: new Date(Date.now() - 1000) });
    await store().maintain();
    const { rows } = await sql<{ id: string }>`
      select id from ended_sessions where workspace_id = ${workspace}
    `.execute(connection);
    expect(rows).toEqual([{ id: 'a' }]);
    await revokeKey(connection, workspace, key.id);
    expect(await good('b')).toBe(false);
  });

  test('whoever needs no key has one workspace, however often it is asked for', async () => {
    const [one, other] = await Promise.all([
      defaultWorkspace(store().connection),
      defaultWorkspace(store().connection),
    ]);
    expect(one).toEqual(other);
  });

  test('an asset is kept once, and only its own workspace knows the hash', async () => {
    const { connection } = store();
    const [mine, theirs] = [await makeTenant(store()), await makeTenant(store())];
    const first = await keepAsset(connection, mine.workspace, asset('1', 'a.wav'));
    const again = await keepAsset(connection, mine.workspace, asset('1', 'b.wav'));
    expect(again).toEqual(first);
    expect(first).toMatchObject({ name: 'a.wav', bytes: 3, facts: { seconds: 1 } });
    expect(await findAsset(connection, mine.workspace, '1'.repeat(64))).toEqual(first);
    expect(await findAsset(connection, theirs.workspace, '1'.repeat(64))).toBeUndefined();
    expect(await findAssets(connection, theirs.workspace, ['1'.repeat(64)])).toEqual([]);
    expect(await findAssets(connection, mine.workspace, ['1'.repeat(64), '2'.repeat(64)])).toEqual([first]);
    expect(await namedHashes(connection, ['1'.repeat(64), '9'.repeat(64)])).toEqual(new Set(['1'.repeat(64)]));
  });

  test('a film that came in before the others of its attempt is named until that ends', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    await accept(store(), tenant);
    const { claim } = await claimOne(store(), tenant.account);
    const hash = '4'.repeat(64);
    await startAttempt(connection, claim, {});
    await moveAttempt(connection, claim, 'fetching', { handle: { brought: [{ at: 1, sha256: hash }] } });
    expect(await namedHashes(connection, [hash, '9'.repeat(64)])).toEqual(new Set([hash]));
    await moveAttempt(connection, claim, 'done');
    expect(await namedHashes(connection, [hash])).toEqual(new Set());
  });

  test('assets are listed newest first, page by page, none twice', async () => {
    const { connection } = store();
    const { workspace } = await makeTenant(store());
    for (const digit of ['a', 'b', 'c', 'd', 'e']) await keepAsset(connection, workspace, asset(digit));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAssets(connection, workspace, { limit: 2, cursor });
      seen.push(...page.items.map(({ sha256 }) => sha256[0]!));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
    await expect(listAssets(connection, workspace, { limit: 2, cursor: 'x' })).rejects.toThrow(CursorError);
  });

  test('text that a database cannot keep is said, not swallowed', async () => {
    const { workspace } = await makeTenant(store());
    for (const bad of ['a\u0000b', 'a\ud800b', '\udc00']) {
      const named = { ...asset('7'), facts: { ...facts, sha256: bad } };
      await expect(keepAsset(store().connection, workspace, named)).rejects.toThrow(StoreError);
    }
    let deep: object = {};
    for (let level = 0; level < 100_000; level++) deep = [deep];
    await expect(
      keepAsset(store().connection, workspace, { ...asset('7'), facts: deep as never }),
    ).rejects.toMatchObject({
      code: 'text_unstorable',
    });
    const fine = { ...asset('8'), facts: { ...facts, sha256: '\\u0000 😀 \\' } };
    expect((await keepAsset(store().connection, workspace, fine)).facts.sha256).toBe('\\u0000 😀 \\');
  });
}
