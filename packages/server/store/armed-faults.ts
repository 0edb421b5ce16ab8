import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import { makeId } from './ids.ts';

/** What a fault can wait for. */
export type AskedFor = 'create' | 'look' | 'content';

/** A fault that waits for requests. */
export interface ArmedFault {
  readonly id: string;
  /** As it was named: "http_500", "slow_create=5". */
  readonly fault: string;
  readonly askedFor: AskedFor;
  /** Null: any. */
  readonly dialect: string | null;
  readonly model: string | null;
  readonly times: number;
  /** How often it will still be shown. */
  readonly remaining: number;
  readonly armedAt: Date;
}

export interface NewArmedFault extends Pick<ArmedFault, 'fault' | 'askedFor' | 'times'> {
  readonly dialect?: string | undefined;
  readonly model?: string | undefined;
}

/** What comes, and may take a fault. */
export interface FaultTaker {
  readonly askedFor: AskedFor;
  readonly dialect: string;
  /** Undefined where nobody knows it: then only those take that wait for any model. */
  readonly model: string | undefined;
}

const columns = sql`id, fault, asked_for, dialect, model, times, remaining, armed_at`;

/** Those that were taken as often as they were meant to are kept for a day, so that tests can look at them. */
const keptSpent = "interval '1 day'";

export async function armFault(connection: Connection, fault: NewArmedFault): Promise<ArmedFault> {
  await sql`delete from armed_faults where remaining = 0 and armed_at < now() - ${sql.raw(keptSpent)}`.execute(
    connection,
  );
  const { rows } = await sql<ArmedFault>`
    insert into armed_faults (id, fault, asked_for, dialect, model, times, remaining)
    values (${makeId('flt')}, ${fault.fault}, ${fault.askedFor}, ${fault.dialect ?? null}, ${fault.model ?? null}, ${fault.times}, ${fault.times})
    returning ${columns}
  `.execute(connection);
  return rows[0]!;
}

/** Every fault that is armed, oldest first; also those that were taken as often as they were meant to. */
export async function armedFaults(connection: Connection, limit: number): Promise<ArmedFault[]> {
  const { rows } = await sql<ArmedFault>`
    select ${columns} from armed_faults order by id limit ${limit}::int
  `.execute(connection);
  return rows;
}

/** How many there were that still waited. */
export async function disarmFaults(connection: Connection): Promise<number> {
  const { rows } = await sql<{ remaining: number }>`delete from armed_faults returning remaining`.execute(connection);
  return rows.filter(({ remaining }) => remaining > 0).length;
}

/**
 * Takes the oldest fault that waits for this, once. Each is taken exactly as often as it was armed for, however many come at the same time:
 * whoever meets a row that another is taking waits for what is left of it.
 */
export async function takeFault(
  connection: Connection,
  { askedFor, dialect, model }: FaultTaker,
): Promise<string | undefined> {
  const { rows } = await sql<{ fault: string }>`
    update armed_faults set remaining = remaining - 1 where id = (
      select id from armed_faults
      where remaining > 0 and asked_for = ${askedFor} and (dialect is null or dialect = ${dialect})
        and (model is null or model = ${model ?? null}::text)
      order by id limit 1 for update)
    returning fault
  `.execute(connection);
  return rows[0]?.fault;
}
