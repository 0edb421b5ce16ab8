import { writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, ended, type Ground, openGround } from '../../packages/server/generations/test-ground.ts';
import { checkStore } from './check-store.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
}, 60_000);
afterAll(() => ground.close());

test('a lie in any row is found, and a store without one has none', async () => {
  const { database, files, generations } = ground;
  const { connection } = database;
  const caller = await ground.caller();
  const { id } = await accepted(generations, caller);
  const { films } = await ended(generations, caller, id);
  expect(await checkStore(database, files)).toMatchObject({ lies: [], films: 1 });

  /** Changes rows, looks, and puts all back. */
  const liesAfter = async (...changes: string[]) => {
    let lies: readonly string[] = [];
    const undo = new Error('undo');
    await connection
      .transaction()
      .execute(async (transaction) => {
        for (const change of changes) await sql.raw(change).execute(transaction);
        lies = (await checkStore({ ...database, connection: transaction }, files)).lies;
        throw undo;
      })
      .catch((error: unknown) => {
        if (error !== undo) throw error;
      });
    return lies.join('\n');
  };
  const lastEvent = 'id = (select max(id) from events)';
  const told: readonly (readonly [string, readonly string[]])[] = [
    ['its attempts are done', ["update generations set state = 'running'"]],
    ['and not finished', ['update generations set finished_at = null']],
    ['will never be worked on', ["update attempts set state = 'running', finished_at = null"]],
    ['has a film', ["update attempts set state = 'failed'"]],
    ['failed without a reason', ["update attempts set state = 'failed'", 'delete from films']],
    ['has no film', ['delete from films']],
    ['it has no attempt', ['delete from films', 'delete from attempts']],
    ['its events do not begin', ["delete from events where kind = 'generation.accepted'"]],
    ['its events end with', [`delete from events where ${lastEvent}`]],
    ['the one before it', ["delete from events where kind = 'generation.state' and data->>'state' = 'fetching'"]],
    ['moves an attempt', ["delete from events where kind = 'attempt.state' and data->>'state' = 'running'"]],
    [
      'progress after the end',
      [`update events set kind = 'attempt.progress', data = '{"index":0}' where ${lastEvent}`],
    ],
    ['other bytes', ['update films set bytes = bytes + 1']],
    ['is lost', [`update films set sha256 = '${'0'.repeat(64)}'`]],
    ['is not kept', [`update generations set request = jsonb_set(request, '{startFrame}', '"asset:x"')`]],
  ];
  for (const [lie, changes] of told) expect(await liesAfter(...changes), changes.join('; ')).toContain(lie);

  const film = (await files.localPath(films[0]!.sha256))!;
  writeFileSync(film, 'no film');
  expect((await checkStore(database, files)).lies.join()).toContain('other bytes');
});

test('bytes that are right and no film are found too', async () => {
  const half = await ground.files.put(
    (async function* () {
      yield Buffer.from('half a film');
    })(),
  );
  await sql`update films set sha256 = ${half.sha256}, bytes = ${half.bytes}`.execute(ground.database.connection);
  const { lies } = await checkStore(ground.database, ground.files);
  expect(lies).toEqual([expect.stringContaining('does not decode')]);
});
