import { sql } from 'kysely';
import type { Connection } from './connection.ts';

/**
 * Gives back what the process before this one held: its attempts are due at once, and its half-answered requests may be taken up again. Only
 * for whoever knows that no other process is at the store; elsewhere a lease has to run out, because its holder may be alive. A film that was
 * being drawn whenever a process ended may be what ends them: from the sixth time on it lets others go first, for a second, two, a minute at most.
 */
export async function releaseFormerProcess(connection: Connection): Promise<void> {
  // every workspace: the former process served all of them
  await sql`
    update attempts set worker = null, token = null, updated_at = now(),
      due_at = least(due_at, now() + make_interval(secs => case when producer <> 'animatic' then 0
        else least(60, floor(power(2, least(6, claims - coalesce((handle->>'preparedAfterClaims')::int, 0) - 6)))) end))
    where token is not null
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
