import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  abandonRequest,
  appendEvents,
  beginRequest,
  createGeneration,
  eventsSince,
  findAnswer,
  finishRequest,
  forgetRequest,
  inTransaction,
  lastEvent,
  listGenerations,
} from '../index.ts';
import { makeTenant, newGeneration, type StoreUnderTest } from './samples.ts';

const answer = { status: 202, headers: { 'x-a': 'b' }, body: '{"id":1}' };
const repeatable = (key: string, bodySha256 = 'body') => ({ dialect: 'refreel', key, bodySha256 });

export function eventsAndRepeats(store: StoreUnderTest): void {
  test('a reader that follows concurrent writers misses no event', async () => {
    const { connection } = store();
    const { workspace } = await makeTenant(store());
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let index = 0; index < 20; index++) {
        const event = { kind: 'attempt.progress', generationId: `g${writer}`, data: { index } } as const;
        await appendEvents(connection, workspace, [event, event]);
      }
    });
    let writing = true;
    const done = Promise.all(writers).then(() => {
      writing = false;
    });
    const seen: number[] = [];
    for (let last = false; !last; ) {
      last = !writing;
      seen.push(...(await eventsSince(connection, workspace, seen.at(-1) ?? 0)).map(({ id }) => id));
    }
    await done;
    seen.push(...(await eventsSince(connection, workspace, seen.at(-1) ?? 0)).map(({ id }) => id));
    const { rows } = await sql<{
      id: number;
    }>`select id from events where workspace_id = ${workspace} order by id`.execute(connection);
    expect(seen).toEqual(rows.map(({ id }) => id));
    expect(seen).toHaveLength(320);
    expect(await lastEvent(connection, workspace)).toBe(seen.at(-1));
    expect(await eventsSince(connection, workspace, 0, { generationId: 'g3' })).toHaveLength(40);
    expect(await eventsSince(connection, workspace, seen[9]!, { limit: 5 })).toHaveLength(5);
  });

  test('a key is begun once, then replayed; another body is a conflict', async () => {
    const { connection } = store();
    const { workspace } = await makeTenant(store());
    expect(await findAnswer(connection, workspace, repeatable('k'))).toBeUndefined();
    const begun = await beginRequest(connection, workspace, repeatable('k'));
    if (begun.is !== 'new') throw new Error(begun.is);
    expect(await beginRequest(connection, workspace, repeatable('k'))).toEqual({ is: 'running' });
    expect(await beginRequest(connection, workspace, repeatable('k', 'other'))).toEqual({ is: 'conflict' });
    expect(await finishRequest(connection, workspace, repeatable('k'), begun.token, answer)).toBe(true);
    expect(await beginRequest(connection, workspace, repeatable('k'))).toEqual({ is: 'replay', answer });
    expect(await findAnswer(connection, workspace, repeatable('k', 'other'))).toEqual({ is: 'conflict' });
    expect(await finishRequest(connection, workspace, repeatable('k'), begun.token, answer)).toBe(false);
    const elsewhere = await makeTenant(store());
    expect(await findAnswer(connection, elsewhere.workspace, repeatable('k'))).toBeUndefined();
    expect(await beginRequest(connection, workspace, { ...repeatable('k', 'z'), dialect: 'venice' })).toMatchObject({
      is: 'new',
    });
  });

  test('concurrent duplicates: one runs', async () => {
    const { connection } = store();
    const { workspace } = await makeTenant(store());
    const all = await Promise.all(
      Array.from({ length: 10 }, () => beginRequest(connection, workspace, repeatable('k'))),
    );
    expect(all.filter(({ is }) => is === 'new')).toHaveLength(1);
    expect(all.filter(({ is }) => is === 'running')).toHaveLength(9);
  });

  test('concurrent duplicates in the accepting transaction: one is made, the others wait and repeat it', async () => {
    const { connection } = store();
    const tenant = await makeTenant(store());
    const submit = () =>
      inTransaction(connection, async (transaction) => {
        const begun = await beginRequest(transaction, tenant.workspace, repeatable('k'));
        if (begun.is === 'replay') return begun.answer.body;
        if (begun.is !== 'new') throw new Error(begun.is);
        const { id } = await createGeneration(transaction, tenant.workspace, newGeneration(tenant));
        await finishRequest(transaction, tenant.workspace, repeatable('k'), begun.token, { ...answer, body: id });
        return id;
      });
    const bodies = await Promise.all(Array.from({ length: 8 }, submit));
    expect(new Set(bodies).size).toBe(1);
    expect((await listGenerations(connection, tenant.workspace, { limit: 10 })).items.map(({ id }) => id)).toEqual([
      bodies[0],
    ]);
  });

  test('a run that died is taken over, and cannot finish any more', async () => {
    const { connection } = store();
    const { workspace } = await makeTenant(store());
    const dead = await beginRequest(connection, workspace, repeatable('k'), { runningSeconds: 0 });
    const next = await beginRequest(connection, workspace, repeatable('k'));
    if (dead.is !== 'new' || next.is !== 'new') throw new Error(next.is);
    expect([dead.takenOver, next.takenOver]).toEqual([false, true]);
    expect(await finishRequest(connection, workspace, repeatable('k'), dead.token, answer)).toBe(false);
    await forgetRequest(connection, workspace, repeatable('k'), next.token);
    expect(await beginRequest(connection, workspace, repeatable('k', 'mended'))).toMatchObject({ is: 'new' });
  });

  test('a run that does not know what it has done is taken over at once, by the same request only', async () => {
    const { connection } = store();
    const { workspace } = await makeTenant(store());
    const lost = await beginRequest(connection, workspace, repeatable('k'));
    if (lost.is !== 'new') throw new Error(lost.is);
    await abandonRequest(connection, workspace, repeatable('k'), lost.token);
    expect(await beginRequest(connection, workspace, repeatable('k', 'other'))).toEqual({ is: 'conflict' });
    expect(await beginRequest(connection, workspace, repeatable('k'))).toMatchObject({ is: 'new', takenOver: true });
  });

  test('an answer that expired is as if it had never been, and is swept', async () => {
    const { connection } = store();
    const { workspace } = await makeTenant(store());
    for (const key of ['k', 'l']) {
      const begun = await beginRequest(connection, workspace, repeatable(key), { keepSeconds: 0 });
      if (begun.is !== 'new') throw new Error(begun.is);
      await finishRequest(connection, workspace, repeatable(key), begun.token, answer);
    }
    expect(await findAnswer(connection, workspace, repeatable('k'))).toBeUndefined();
    expect(await beginRequest(connection, workspace, repeatable('k', 'other'))).toMatchObject({ is: 'new' });
    await store().maintain();
    const { rows } = await sql<{ key: string }>`select key from idempotency where workspace_id = ${workspace}`.execute(
      connection,
    );
    expect(rows).toEqual([{ key: 'k' }]);
  });
}
