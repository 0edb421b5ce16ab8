import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase, StoreError } from './index.ts';
import { storeSuite } from './suites/store.suite.ts';
import { startTestPostgres, type TestPostgres } from './test-postgres.ts';

let server: TestPostgres | undefined;
let database: Database;

beforeAll(async () => {
  server = await startTestPostgres();
  if (server !== undefined) database = await openDatabase({ url: await server.createDatabase() }, { connections: 20 });
}, 60_000);

afterAll(async () => {
  await database?.close();
  await server?.stop();
});

// The package has no binary for every machine; where there is none, the suite says so by being skipped.
const here = ['linux', 'darwin'].includes(process.platform);

describe.skipIf(!here)('PostgreSQL', () => {
  storeSuite(() => database);

  test('programs that start at once bring the schema up once', async () => {
    const url = await server!.createDatabase();
    const all = await Promise.all(Array.from({ length: 5 }, () => openDatabase({ url }, { connections: 2 })));
    await Promise.all(all.map((one) => one.close()));
  });

  test('a server that is not there is said plainly, without the password', async () => {
    const opening = openDatabase({ url: 'postgres://me:secret@127.0.0.1:1/films' });
    await expect(opening).rejects.toMatchObject({ code: 'database_unreachable', place: '"127.0.0.1:1/films"' });
    await expect(opening).rejects.toThrow(StoreError);
    await expect(opening).rejects.not.toThrow(/secret/);
  });
});
