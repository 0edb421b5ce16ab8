import { sql } from 'kysely';
import type { Connection } from './connection.ts';

/**
 * Gives back what the process before this one held: its attempts are due at once, and its half-answered requests may be taken up again. Only
 * for whoever knows that no other process is at the store; elsewhere a lease has to run out, because its holder may be alive.
 */
export async function releaseFormerProcess(connection: Connection): Promise<void> {
  // every workspace: the former process served all of them
  await sql`
    update attempts set worker = null, token = null, due_at = least(due_at, now()), updated_at = now() where token is not null
  `.execute(connection);
  // every workspace: the former process served all of them
  await sql`
    update idempotency set running_until = now() where state = 'running' and running_until > now()
  `.execute(connection);
  // every workspace: the former process told the receivers of all of them
  await sql`
    update webhooks set token = null, due_at = least(due_at, now()) where token is not null
  `.execute(connection);
}
