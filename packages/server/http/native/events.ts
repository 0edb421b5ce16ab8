import { type State, stateTable } from '@refreel/core/model';
import { z } from 'zod';
import { eventsSince, type StoredEvent } from '../../store/index.ts';
import { eventStream, type ServerEvent } from '../event-stream.ts';
import type { Parts } from '../parts.ts';
import { type Call, type Route, route } from '../route.ts';
import { findOwn } from './generations.ts';

const after = z
  .string()
  .regex(/^\d{1,15}$/, 'the id of an event')
  .transform(Number);
const common = {
  method: 'GET',
  access: 'caller',
  group: 'Events',
  query: z.strictObject({ after: after.optional() }),
  headers: { 'Last-Event-ID': 'Goes on after this event; `after` is the same for clients that cannot send it' },
} as const;
const stream = { says: 'Server-sent events; each `data` is JSON', type: 'text/event-stream' };

/** What happens, as it happens. */
export const eventRoutes: readonly Route[] = [
  route({
    ...common,
    path: '/v1/events',
    owned: false,
    summary: 'Everything that happens in the workspace, from now on or from an event on',
    answers: { 200: stream },
    answer(call, parts) {
      // Asked for before the answer begins: whatever happens after its first byte is in it.
      return streamOf(parts, (signal) =>
        writeEvents(parts.generations.events(call.caller, lastSeen(call, call.query.after), signal)),
      );
    },
  }),
  route({
    ...common,
    path: '/v1/generations/{id}/events',
    owned: true,
    summary: 'What happened to one generation and what happens yet, until it has ended',
    answers: { 200: stream, 404: { says: 'No such generation' } },
    async answer(call, parts) {
      const { id } = await findOwn(call, parts);
      return streamOf(parts, (signal) => eventsOf(call, parts, id, lastSeen(call, call.query.after) ?? 0, signal));
    },
  }),
];

function streamOf(parts: Parts, events: (signal: AbortSignal) => AsyncIterable<ServerEvent>): Response {
  return eventStream(events, { heartbeatSeconds: parts.limits.heartbeatSeconds, stopping: parts.stopping });
}

async function* eventsOf(
  { caller }: Call,
  { database: { connection }, generations }: Parts,
  generationId: string,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  let last = since;
  for (let more = true; more && !signal.aborted; ) {
    const past = await eventsSince(connection, caller.workspace, last, { generationId });
    more = past.length > 0;
    for (const event of past) {
      last = event.id;
      yield writeEvent(event);
      if (isEnd(event)) return;
    }
  }
  // Whoever resumes after the end has nothing to wait for.
  const now = await generations.find(caller, { id: generationId });
  if (now === undefined || signal.aborted) return;
  const ended = stateTable[now.state].terminal;
  if (ended && (await eventsSince(connection, caller.workspace, last, { generationId })).length === 0) return;
  for await (const event of generations.events(caller, last, signal)) {
    if (event.generationId !== generationId || event.id <= last) continue;
    last = event.id;
    yield writeEvent(event);
    if (isEnd(event)) return;
  }
}

function isEnd({ kind, data }: StoredEvent): boolean {
  if (kind !== 'generation.state' || typeof data !== 'object' || data === null || !('state' in data)) return false;
  const state = data.state as State;
  return Object.hasOwn(stateTable, state) && stateTable[state].terminal;
}

async function* writeEvents(events: AsyncIterable<StoredEvent>): AsyncGenerator<ServerEvent> {
  for await (const event of events) yield writeEvent(event);
}

function writeEvent({ id, kind, generationId, data, at }: StoredEvent): ServerEvent {
  return { id, event: kind, data: { id, kind, generation: generationId, data, at } };
}

/** Where the caller was. A header that is none of our ids is another stream's: it begins anew. */
function lastSeen({ request }: Call, query: number | undefined): number | undefined {
  const header = request.headers.get('last-event-id') ?? '';
  return /^\d{1,15}$/.test(header) ? Number(header) : query;
}
