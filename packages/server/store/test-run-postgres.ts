import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lenderVariable, type Postgres, startPostgres } from './test-postgres.ts';

/** For several files at once. No test ends the machine: what is written has to outlive a process, and not more. */
const settings = ['max_connections=200', 'fsync=off', 'full_page_writes=off'];

/** For the time of a run: starts one PostgreSQL for all of its files when the first of them asks, and stops it at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  let started: Promise<Postgres | undefined> | undefined;
  const server = createServer((_, answer) => {
    started ??= startPostgres(settings);
    started.then(
      (postgres) => answer.end(postgres?.socket),
      (error: unknown) => answer.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  process.env[lenderVariable] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async () => {
    server.closeAllConnections();
    server.close();
    const postgres = await started?.catch(() => undefined);
    await postgres?.stop();
  };
}
