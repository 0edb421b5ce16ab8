import { shapeMessage } from '@refreel/core/authoring';
import { z } from 'zod';
import type { StoredEvent } from '../../store/index.ts';
import { eventStream, type ServerEvent } from '../event-stream.ts';
import type { Parts } from '../parts.ts';
import { type Call, type Route, route } from '../route.ts';
import { findOwn } from './generations.ts';

const after = z
  .string()
  .regex(/^\d{1,15}$/, shapeMessage({ en: 'the id of an event', zh: '事件的 id' }))
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
        writeEvents(parts.generations.events(call.caller, { after: lastSeen(call, call.query.after) }, signal)),
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
      const { id: generationId } = await findOwn(call, parts);
      const which = { generationId, after: lastSeen(call, call.query.after) ?? 0 };
      return streamOf(parts, (signal) => writeEvents(parts.generations.events(call.caller, which, signal)));
    },
  }),
];

function streamOf(parts: Parts, events: (signal: AbortSignal) => AsyncIterable<ServerEvent>): Response {
  return eventStream(events, { heartbeatSeconds: parts.limits.heartbeatSeconds, stopping: parts.stopping });
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
