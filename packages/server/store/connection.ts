import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** What the query functions take: the database, or a transaction on it that they become part of. */
export type Connection = Kysely<Tables>;

/**
 * Runs work in the transaction that is already there, or in one of its own. Inside of it only the given connection may be used:
 * the embedded database has one connection, and asking for a second one would wait for the first.
 */
export function inTransaction<Result>(
  connection: Connection,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  if (connection.isTransaction) return work(connection as Transaction<Tables>);
  return connection.transaction().execute(work);
}
