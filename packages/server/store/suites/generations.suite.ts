import { states } from '@refreel/core/model';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  cancelGeneration,
  createGeneration,
  eventsSince,
  findFilm,
  findGeneration,
  inTransaction,
  listFilms,
  listGenerations,
  moveAttempt,
  renewAttempt,
  resolveAttempt,
  startAttempt,
} from '../index.ts';
import { accept, claim, claimOne, makeTenant, newGeneration, type StoreUnderTest, sampleFilm } from './samples.ts';

export function generations(store: StoreUnderTest): void {
  test('the states of the schema are those of the model', async () => {
    const { rows } = await sql<{ text: string }>`
      select pg_get_constraintdef(oid) as text from pg_constraint
      where conrelid in ('generations'::regclass, 'attempts'::regclass) and conname like '%_state_check'
    `.execute(store().connection);
    expect(rows).toHaveLength(2);
    for (const { text } of rows) expect([...text.matchAll(/'(\w+)'/g)].map(([, state]) => state)).toEqual([...states]);
  });

  test('a generation is accepted whole: row, attempts, event', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const made = await createGeneration(
      connection,
      tenant.workspace,
      newGeneration(tenant, {
        dialect: 'venice',
        publicId: 'queue-1',
        echo: { model: 'x' },
        quote: { total: 5 },
        idempotencyKey: 'k',
        attempts: [{ producer: 'animatic' }, { producer: 'upstream', account: tenant.account }],
      }),
    );
    const found = await findGeneration(connection, tenant.workspace, { dialect: 'venice', publicId: 'queue-1' });
    expect(found).toEqual(await findGeneration(connection, tenant.workspace, { id: made.id }));
    expect(found).toMatchObject({
      id: made.id,
      state: 'queued',
      keyId: tenant.key,
      echo: { model: 'x' },
      quote: { total: 5 },
      finishedAt: null,
      createdAt: made.createdAt,
      attempts: [
        { index: 0, producer: 'animatic', account: '', state: 'queued', billed: 'no', problems: [] },
        { index: 1, producer: 'upstream', account: tenant.account },
      ],
      films: [],
    });
    expect(found?.attempts[0]?.createdAt).toBeInstanceOf(Date);
    expect(
      await findGeneration(connection, tenant.workspace, { dialect: 'qiniu', publicId: 'queue-1' }),
    ).toBeUndefined();
    expect(await eventsSince(connection, tenant.workspace, 0)).toMatchObject([
      { kind: 'generation.accepted', generationId: made.id, data: { state: 'queued' } },
    ]);
    await cancelGeneration(connection, tenant.workspace, made.id);
  });

  test('what fails half way leaves nothing', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const attempt = inTransaction(connection, async (transaction) => {
      await createGeneration(transaction, tenant.workspace, newGeneration(tenant));
      throw new Error('no');
    });
    await expect(attempt).rejects.toThrow('no');
    expect((await listGenerations(connection, tenant.workspace, { limit: 10 })).items).toEqual([]);
    expect(await eventsSince(connection, tenant.workspace, 0)).toEqual([]);
    expect(await claim(store(), tenant.account)).toEqual([]);
    await expect(
      createGeneration(connection, tenant.workspace, newGeneration(tenant, { remixOf: 'gen_other' })),
    ).rejects.toThrow();
  });

  test('the generation follows its attempts, and tells each step', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const id = await accept(store(), tenant, 2);
    const [one, other] = await claim(store(), tenant.account);
    expect(await moveAttempt(connection, one!.claim, 'submitting', { intent: 'abc' })).toEqual({
      state: 'submitting',
      generation: 'submitting',
    });
    expect(await startAttempt(connection, one!.claim, { task: 1 })).toEqual({
      state: 'running',
      generation: 'running',
    });
    expect(await renewAttempt(connection, one!.claim, 60, { done: 0.5 })).toBe('running');
    // Told again and no further: that is no news.
    expect(await renewAttempt(connection, one!.claim, 60, { done: 0.5 })).toBe('running');
    expect(
      await moveAttempt(connection, other!.claim, 'failed', {
        problems: [{ code: 'disk_full', path: '', values: {} }],
      }),
    ).toEqual({
      state: 'failed',
      generation: 'running',
    });
    expect(await moveAttempt(connection, one!.claim, 'done', { billed: 'yes', films: [sampleFilm] })).toEqual({
      state: 'done',
      generation: 'done',
    });
    const found = await findGeneration(connection, tenant.workspace, { id });
    expect(found).toMatchObject({
      state: 'done',
      finishedAt: expect.any(Date),
      attempts: [
        { state: 'done', billed: 'yes', progress: { done: 0.5 } },
        { state: 'failed', problems: [{ code: 'disk_full' }] },
      ],
      films: [{ ...sampleFilm, attemptIndex: 0 }],
    });
    expect(await listFilms(connection, tenant.workspace, id)).toEqual(found?.films);
    expect(await findFilm(connection, tenant.workspace, id, 0)).toEqual(found?.films[0]);
    expect(
      (await eventsSince(connection, tenant.workspace, 0)).map(({ kind, data }) => [
        kind,
        (data as { state?: string }).state,
      ]),
    ).toEqual([
      ['generation.accepted', 'queued'],
      ['attempt.state', 'submitting'],
      ['generation.state', 'submitting'],
      ['attempt.state', 'running'],
      ['generation.state', 'running'],
      ['attempt.progress', undefined],
      ['attempt.state', 'failed'],
      ['attempt.state', 'done'],
      ['generation.state', 'done'],
    ]);
  });

  test('attempts that end at the same moment still end the whole', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    for (let round = 0; round < 5; round++) {
      const id = await accept(store(), tenant, 4);
      const attempts = await claim(store(), tenant.account);
      await Promise.all(attempts.map((one) => startAttempt(connection, one.claim, {})));
      await Promise.all(attempts.map((one) => moveAttempt(connection, one.claim, 'done')));
      expect(await findGeneration(connection, tenant.workspace, { id })).toMatchObject({ state: 'done' });
    }
  });

  test('a move that the table of states does not have changes nothing', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const id = await accept(store(), tenant);
    const { claim: held } = await claimOne(store(), tenant.account);
    expect(await moveAttempt(connection, held, 'fetching')).toBeUndefined();
    expect(await moveAttempt(connection, held, 'done', { films: [sampleFilm] })).toBeUndefined();
    expect(await moveAttempt(connection, held, 'failed')).toMatchObject({ state: 'failed' });
    expect(await moveAttempt(connection, held, 'done', { films: [sampleFilm] })).toBeUndefined();
    expect(await findGeneration(connection, tenant.workspace, { id })).toMatchObject({ state: 'failed', films: [] });
  });

  test('a cancel ends what waits, asks for what runs, and never takes a handle from its worker', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const waiting = await accept(store(), tenant);
    expect(await cancelGeneration(connection, tenant.workspace, waiting)).toEqual({
      state: 'cancelled',
      changed: true,
    });
    expect(await cancelGeneration(connection, tenant.workspace, waiting)).toEqual({
      state: 'cancelled',
      changed: false,
    });
    expect(await claim(store(), tenant.account)).toEqual([]);

    const submitting = await accept(store(), tenant);
    const { claim: held } = await claimOne(store(), tenant.account);
    await moveAttempt(connection, held, 'submitting', { intent: 'x' });
    expect(await cancelGeneration(connection, tenant.workspace, submitting)).toEqual({
      state: 'cancelling',
      changed: true,
    });
    expect(await claim(store(), tenant.account)).toEqual([]);
    expect(await renewAttempt(connection, held, 60)).toBe('cancelling');
    expect(await startAttempt(connection, held, { task: 7 })).toMatchObject({ state: 'cancelling' });
    expect(await moveAttempt(connection, held, 'cancelled', { billed: 'unknown' })).toMatchObject({
      generation: 'cancelled',
    });
  });

  test('a cancel wakes an attempt that nobody holds', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const id = await accept(store(), tenant);
    const { claim: held } = await claimOne(store(), tenant.account);
    await startAttempt(connection, held, { task: 1 }, { dueInSeconds: 900 });
    expect(await claim(store(), tenant.account)).toEqual([]);
    await cancelGeneration(connection, tenant.workspace, id);
    expect(await claimOne(store(), tenant.account)).toMatchObject({ state: 'cancelling', handle: { task: 1 } });
  });

  test('a worker about to begin finds that it was cancelled', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const id = await accept(store(), tenant);
    const { claim: held } = await claimOne(store(), tenant.account);
    expect(await cancelGeneration(connection, tenant.workspace, id)).toMatchObject({ state: 'cancelled' });
    expect(await moveAttempt(connection, held, 'submitting')).toBeUndefined();
  });

  test('an unconfirmed attempt stays until somebody resolves it', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const generationId = await accept(store(), tenant);
    const { claim: held } = await claimOne(store(), tenant.account);
    await moveAttempt(connection, held, 'submitting');
    expect(await moveAttempt(connection, held, 'unconfirmed', { billed: 'unknown', dueInSeconds: null })).toMatchObject(
      {
        generation: 'unconfirmed',
      },
    );
    expect(await claim(store(), tenant.account)).toEqual([]);
    expect(await cancelGeneration(connection, tenant.workspace, generationId)).toEqual({
      state: 'unconfirmed',
      changed: false,
    });
    const attempt = { generationId, index: 0 };
    expect(
      await resolveAttempt(connection, tenant.workspace, attempt, { to: 'running', handle: { task: 3 } }),
    ).toMatchObject({
      state: 'running',
    });
    expect(await resolveAttempt(connection, tenant.workspace, attempt, { to: 'queued' })).toBeUndefined();
    expect(await claimOne(store(), tenant.account)).toMatchObject({ state: 'running', handle: { task: 3 } });
  });

  test('lists are newest first, by page and by filter', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) ids.unshift(await accept(store(), tenant));
    const first = await listGenerations(connection, tenant.workspace, { limit: 3 });
    const second = await listGenerations(connection, tenant.workspace, { limit: 3, cursor: first.cursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.cursor).toBeUndefined();
    await cancelGeneration(connection, tenant.workspace, ids[1]!);
    const idsOf = async (filter: object) =>
      (await listGenerations(connection, tenant.workspace, { limit: 10, ...filter })).items.map(({ id }) => id);
    expect(await idsOf({ states: ['cancelled', 'failed'] })).toEqual([ids[1]]);
    expect(await idsOf({ dialect: 'venice' })).toEqual([]);
    expect(await idsOf({ model: 'animatic', dialect: 'refreel' })).toEqual(ids);
    expect(await idsOf({ from: new Date(Date.now() + 3_600_000) })).toEqual([]);
    expect(await idsOf({ until: new Date(Date.now() + 3_600_000) })).toEqual(ids);
  });
}
