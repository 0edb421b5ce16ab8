import { type Connection, eventsSince, lastEvent, type StoredEvent, type WorkspaceId } from '../store/index.ts';
import type { Bell } from './bell.ts';

/** Between two looks for what other processes changed. */
export const lookEveryMilliseconds = 1000;

/** Events that are read at a time. */
const page = 500;

/**
 * What happened in a workspace after an id, then what happens, each once and in order, until the signal is aborted. Without an id it begins now:
 * when this is called, and not when it is read first.
 */
export function followEvents(
  connection: Connection,
  bell: Bell,
  workspace: WorkspaceId,
  after: number | undefined,
  signal: AbortSignal,
): AsyncIterable<StoredEvent> {
  const beginning = after ?? lastEvent(connection, workspace);
  // Perhaps nobody ever reads.
  if (typeof beginning !== 'number') beginning.catch(() => {});
  return (async function* () {
    let last = await beginning;
    while (!signal.aborted) {
      const woken = new AbortController();
      const change = bell.heard(workspace, lookEveryMilliseconds, AbortSignal.any([signal, woken.signal]));
      try {
        const events = await eventsSince(connection, workspace, last, { limit: page });
        for (const event of events) {
          if (signal.aborted) return;
          last = event.id;
          yield event;
        }
        if (events.length < page) await change;
      } finally {
        woken.abort();
      }
    }
  })();
}
