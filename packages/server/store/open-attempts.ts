import type { State } from '@refreel/core/model';
import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { ProducerName } from './tables.ts';

/** Attempts of one kind that are not over and are somebody's to work on. */
export interface OpenAttempts {
  readonly state: State;
  readonly producer: ProducerName;
  readonly model: string;
  readonly count: number;
}

/** How much there is to do, for whoever watches the server. What waits for a person is not in it. */
export async function countOpenAttempts(connection: Connection): Promise<OpenAttempts[]> {
  // every workspace: the operator sees how many there are, and of nobody whose
  const { rows } = await sql<OpenAttempts>`
    select a.state, a.producer, g.model, count(*)::int as count
    from (
      select workspace_id, generation_id, state, producer from attempts where turn is not null
      union all
      select workspace_id, generation_id, state, producer from attempts where turn is null and due_at is not null
    ) a join generations g on g.workspace_id = a.workspace_id and g.id = a.generation_id
    group by a.state, a.producer, g.model
  `.execute(connection);
  return rows;
}
