import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

/** Statements that a connection keeps planned. Texts are constant but for lists that are filtered, so this is never reached in practice. */
const mostStatements = 300;

/** Whole numbers of the database's 64 bits are read as numbers: ids of events and bytes stay far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/**
 * A pool whose connections plan each statement once: a text that comes again is sent by name. Half of an embedded insert's time is planning.
 * `onLost` hears of a connection that broke.
 */
export function openPool(config: pg.PoolConfig, onLost: (error: Error) => void = () => {}): PostgresPool {
  const pool = new pg.Pool({ ...config, types });
  pool.on('error', onLost);
  const seen = new Map<string, string | undefined>();
  let named = 0;
  const nameOf = (text: string): string | undefined => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    // The first time it goes without a name: a text that comes once rarely comes again.
    const name = seen.has(text) ? `s${++named}` : undefined;
    if (name !== undefined || seen.size < mostStatements) seen.set(text, name);
    return name;
  };
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      // A connection that breaks in use fails its statement, and says so here too: unheard, that would end the process.
      client.on('error', onLost);
      const planned = {
        query(text: string, values: readonly unknown[]) {
          const name = values.length > 0 ? nameOf(text) : undefined;
          return client.query(name === undefined ? { text, values: [...values] } : { name, text, values: [...values] });
        },
        release(destroy?: boolean) {
          client.off('error', onLost);
          client.release(destroy);
        },
      };
      return planned as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
  };
}
