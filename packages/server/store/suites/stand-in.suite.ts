import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  type BrowseFilter,
  browseGenerations,
  clockMovesAfter,
  createGeneration,
  deleteGeneration,
  findFilm,
  findGeneration,
  findUpload,
  hideGeneration,
  keepAsset,
  keepUpload,
  listGenerations,
  moveAttempt,
  moveClock,
  recallGeneration,
  restoreGeneration,
  startAttempt,
} from '../index.ts';
import {
  accept,
  claimOne,
  makeTenant,
  newGeneration,
  type StoreUnderTest,
  sampleFilm,
  type Tenant,
} from './samples.ts';

/** What standing in for vendors needs of a store. */
export function standIn(store: StoreUnderTest): void {
  const finish = async (tenant: Tenant) => {
    const id = await accept(store(), tenant);
    const { claim } = await claimOne(store(), tenant.account);
    await startAttempt(store().connection, claim, {});
    await moveAttempt(store().connection, claim, 'done', { films: [sampleFilm] });
    return id;
  };

  test('an attempt says when it was begun, once', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const id = await accept(store(), tenant);
    const startedAt = async () => (await findGeneration(connection, tenant.workspace, { id }))?.attempts[0]?.startedAt;
    expect(await startedAt()).toBeNull();
    const { claim } = await claimOne(store(), tenant.account);
    await startAttempt(connection, claim, {});
    const begun = await startedAt();
    expect(begun).toBeInstanceOf(Date);
    await moveAttempt(connection, claim, 'fetching');
    await moveAttempt(connection, claim, 'done');
    expect(await startedAt()).toEqual(begun);
  });

  test('what is made can be taken back once, and nobody else’s', async () => {
    const { connection } = store();
    const [tenant, stranger] = [await makeTenant(store()), await makeTenant(store())];
    const waiting = await accept(store(), tenant);
    expect(await recallGeneration(connection, tenant.workspace, waiting)).toBe(false);
    const id = await finish(await makeTenant(store()).then((one) => ({ ...tenant, account: one.account })));
    expect(await recallGeneration(connection, stranger.workspace, id)).toBe(false);
    expect(await recallGeneration(connection, tenant.workspace, id)).toBe(true);
    expect(await recallGeneration(connection, tenant.workspace, id)).toBe(false);
    expect((await findGeneration(connection, tenant.workspace, { id }))?.recalledAt).toBeInstanceOf(Date);
  });

  test('what is deleted is found no more, and neither is its film', async () => {
    const { connection } = store();
    const [tenant, stranger] = [await makeTenant(store()), await makeTenant(store())];
    const id = await finish(tenant);
    const waiting = await accept(store(), tenant);
    expect(await deleteGeneration(connection, tenant.workspace, waiting)).toBe('unfinished');
    expect(await deleteGeneration(connection, stranger.workspace, id)).toBeUndefined();
    expect(await deleteGeneration(connection, tenant.workspace, id)).toBe('deleted');
    expect(await deleteGeneration(connection, tenant.workspace, id)).toBeUndefined();
    expect(await findGeneration(connection, tenant.workspace, { id })).toBeUndefined();
    expect(await findFilm(connection, tenant.workspace, id, 0)).toBeUndefined();
    const { items } = await listGenerations(connection, tenant.workspace, { limit: 9 });
    expect(items.map((one) => one.id)).toEqual([waiting]);
  });

  test('what is hidden comes back whole, until its time is over', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const id = await finish(tenant);
    const film = () => findFilm(connection, tenant.workspace, id, 0);
    const age = (days: number) =>
      sql`update generations set deleted_at = now() - make_interval(days => ${days}::int)
        where workspace_id = ${tenant.workspace} and id = ${id}`.execute(connection);
    const filmsLeft = async () =>
      (await sql`select 1 from films where workspace_id = ${tenant.workspace}`.execute(connection)).rows.length;
    expect(await hideGeneration(connection, tenant.workspace, id)).toMatchObject({ restorableUntil: expect.any(Date) });
    expect(await film()).toBeUndefined();
    await age(29);
    await store().maintain();
    expect(await restoreGeneration(connection, tenant.workspace, id)).toBe(true);
    expect(await film()).toBeDefined();
    expect(await restoreGeneration(connection, tenant.workspace, id)).toBe(false);
    await hideGeneration(connection, tenant.workspace, id);
    await age(31);
    expect(await filmsLeft()).toBe(1);
    await store().maintain();
    expect(await filmsLeft()).toBe(0);
    expect(await restoreGeneration(connection, tenant.workspace, id)).toBe(false);
    expect(await hideGeneration(connection, tenant.workspace, id)).toBeUndefined();
  });

  test('lists by page, and from one on, in both directions', async () => {
    const { connection } = store();
    const [tenant, stranger] = [await makeTenant(store()), await makeTenant(store())];
    for (const [index, region] of ['a', 'b', 'a', 'a', 'b'].entries())
      await createGeneration(
        connection,
        tenant.workspace,
        newGeneration(tenant, { dialect: 'd', publicId: `p${index}`, quote: { region } }),
      );
    const browse = async (change: Partial<BrowseFilter>, { workspace } = tenant) => {
      const filter = { dialect: 'd', skip: 0, limit: 9, oldestFirst: false, ...change };
      const { items, total, more } = await browseGenerations(connection, workspace, filter);
      return `${items.map(({ publicId }) => publicId)} of ${total}${more ? ' and more' : ''}`;
    };
    expect(await browse({})).toBe('p4,p3,p2,p1,p0 of 5');
    expect(await browse({ oldestFirst: true, limit: 2 })).toBe('p0,p1 of 5 and more');
    expect(await browse({ skip: 2, limit: 2 })).toBe('p2,p1 of 5 and more');
    expect(await browse({ skip: 4, limit: 2 })).toBe('p0 of 5');
    expect(await browse({ after: 'p3', limit: 1 })).toBe('p2 of 5 and more');
    expect(await browse({ after: 'p3', oldestFirst: true })).toBe('p4 of 5');
    expect(await browse({ after: 'nobody' })).toBe(' of 5');
    expect(await browse({ region: 'b' })).toBe('p4,p1 of 2');
    expect(await browse({ publicId: 'p1', states: ['queued'], model: 'animatic' })).toBe('p1 of 1');
    expect(await browse({ states: [] })).toBe(' of 0');
    expect(await browse({ from: new Date(Date.now() + 3_600_000) })).toBe(' of 0');
    expect(await browse({ to: new Date(Date.now() + 3_600_000) })).toBe('p4,p3,p2,p1,p0 of 5');
    expect(await browse({}, stranger)).toBe(' of 0');
  });

  test('an upload is called by its name until it expires, in its own workspace', async () => {
    const { connection } = store();
    const [{ workspace }, stranger] = [await makeTenant(store()), await makeTenant(store())];
    const keep = async (sha256: string) => {
      const sound = { seconds: 1, sampleRate: 8, channels: 1, codec: 'pcm' };
      const facts = { kind: 'audio', mediaType: 'audio/wav', bytes: 1, sha256, ...sound } as const;
      await keepAsset(connection, workspace, { sha256, mediaType: 'audio/wav', bytes: 1, name: null, facts });
      return sha256;
    };
    const [one, other] = [await keep('6'.repeat(64)), await keep('7'.repeat(64))];
    const name = 'oss://folder/a.wav';
    expect(await keepUpload(connection, workspace, { name, sha256: one, expiresAt: 5000, model: undefined })).toBe(
      true,
    );
    expect(await keepUpload(connection, workspace, { name, sha256: other, expiresAt: 5000, model: undefined })).toBe(
      false,
    );
    const found = async (now: number, owner = workspace) =>
      (await findUpload(connection, owner, name, now))?.asset.sha256;
    expect([await found(4999), await found(5000), await found(0, stranger.workspace)]).toEqual([
      one,
      undefined,
      undefined,
    ]);
    expect(
      await keepUpload(connection, workspace, { name, sha256: one, expiresAt: undefined, model: 'wan2.7-r2v' }),
    ).toBe(true);
    expect(await found(1e14)).toBe(one);
    // Nobody names what is another's.
    const stolen = keepUpload(connection, stranger.workspace, {
      name,
      sha256: one,
      expiresAt: undefined,
      model: 'wan2.7-r2v',
    });
    await expect(stolen).rejects.toThrow();
  });

  test('the clock goes forward by what it is moved, also by several at once', async () => {
    const { connection } = store();
    const before = await clockMovesAfter(connection, 0);
    const ahead = before.at(-1)?.ahead ?? 0;
    await Promise.all([1000, 2000, 3000].map((milliseconds) => moveClock(connection, milliseconds)));
    const moves = (await clockMovesAfter(connection, 0)).slice(before.length);
    expect(moves.at(-1)?.ahead).toBe(ahead + 6000);
    expect(moves.map(({ at }) => at)).toEqual(moves.map(({ at }) => at).toSorted((one, other) => one - other));
    expect(new Set(moves.map(({ at }) => at)).size).toBe(3);
    expect(await clockMovesAfter(connection, moves[1]!.at)).toEqual([moves[2]]);
  });
}
