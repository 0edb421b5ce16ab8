import { type State, stateTable } from '@refreel/core/model';
import {
  type Connection,
  eventsSince,
  findGeneration,
  lastEvent,
  type StoredEvent,
  type WorkspaceId,
} from '../store/index.ts';
import type { Bell } from './bell.ts';
import type { EventsAsked } from './service.ts';

/** Between two looks for what other processes changed. */
export const lookEveryMilliseconds = 1000;

/** Events that are read at a time. */
const page = 500;

/**
 * What happened in a workspace after an id, then what happens, each once and in order, until the signal is aborted. Without an id it begins now:
 * when this is called, and not when it is read first. Of one generation it ends with that.
 */
export function followEvents(
  connection: Connection,
  bell: Bell,
  workspace: WorkspaceId,
  asked: EventsAsked,
  signal: AbortSignal,
): AsyncIterable<StoredEvent> {
  const { generationId } = asked;
  const beginning = resumeAfter(connection, workspace, asked) ?? lastEvent(connection, workspace);
  // Perhaps nobody ever reads.
  beginning.catch(() => {});
  return (async function* () {
    let last = await beginning;
    // Whoever resumes after the end has nothing to wait for.
    const over = generationId !== undefined && (await hasEnded(connection, workspace, generationId));
    while (!signal.aborted) {
      const woken = new AbortController();
      const change = bell.heard(workspace, lookEveryMilliseconds, AbortSignal.any([signal, woken.signal]));
      try {
        const events = await eventsSince(connection, workspace, last, { limit: page, generationId });
        for (const event of events) {
          if (signal.aborted) return;
          last = event.id;
          yield event;
          if (generationId !== undefined && isEnd(event)) return;
        }
        if (over && events.length < page) return;
        if (events.length < page) await change;
      } finally {
        woken.abort();
      }
    }
  })();
}

/**
 * Where a stream goes on that was somewhere already; undefined for one that begins. An id that nothing has yet is of another store, or of this one
 * before a backup was put back: it would hide what happens now, so that it stands for now, or for the beginning of the one generation.
 */
export function resumeAfter(
  connection: Connection,
  workspace: WorkspaceId,
  { after, generationId }: EventsAsked,
): Promise<number> | undefined {
  if (after === undefined) return undefined;
  if (after === 0) return Promise.resolve(0);
  const beginAnew = (newest: number) => (generationId === undefined ? newest : 0);
  return lastEvent(connection, workspace).then((newest) => (after <= newest ? after : beginAnew(newest)));
}

/** Whether nothing happens to a generation after this event but by its owner. */
export function isEnd({ kind, data }: StoredEvent): boolean {
  const state = kind === 'generation.state' ? stateSaid(data) : undefined;
  return state !== undefined && stateTable[state].terminal;
}

/** The state that an event tells of; undefined where it tells of none. */
export function stateSaid(data: StoredEvent['data']): State | undefined {
  if (typeof data !== 'object' || data === null || !('state' in data)) return undefined;
  const state = data.state as State;
  return Object.hasOwn(stateTable, state) ? state : undefined;
}

async function hasEnded(connection: Connection, workspace: WorkspaceId, id: string): Promise<boolean> {
  const found = await findGeneration(connection, workspace, { id });
  return found === undefined || stateTable[found.state].terminal;
}
