import { sql } from 'kysely';
import { type Connection, inTransaction } from './connection.ts';

/** From `at` on the stand-in's clock is so far ahead of the real one. Both in milliseconds. */
export interface ClockMove {
  readonly at: number;
  readonly ahead: number;
}

/** Two that move the clock at once take turns on this number. */
const lockNumber = 7_262_668;

/** Every move of the clock after an instant, oldest first. */
export async function clockMovesAfter(connection: Connection, at: number): Promise<ClockMove[]> {
  const { rows } = await sql<ClockMove>`
    select (extract(epoch from at) * 1000)::float8 as at, ahead_milliseconds::float8 as ahead from clock_moves
    where at > to_timestamp(${at / 1000}::float8) order by at
  `.execute(connection);
  return rows;
}

/** Moves the clock on by that many milliseconds, for every process on this store. */
export async function moveClock(connection: Connection, milliseconds: number): Promise<void> {
  await inTransaction(connection, async (transaction) => {
    await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(transaction);
    // Whole milliseconds, as others read them; never before the last move, should the database's own clock be set back.
    await sql`
      insert into clock_moves (at, ahead_milliseconds)
      select greatest(date_trunc('milliseconds', clock_timestamp()), max(at) + interval '1 millisecond'),
        coalesce(max(ahead_milliseconds), 0) + ${milliseconds}::bigint from clock_moves
    `.execute(transaction);
  });
}
