import { setTimeout as pause } from 'node:timers/promises';
import { resumeAfter } from '../generations/follow-events.ts';
import type { Caller, EventsAsked, Generations } from '../generations/service.ts';
import { type Connection, lastEvent, type StoredEvent } from '../store/index.ts';
import type { SandboxClock } from './clock.ts';
import type { Tellings } from './tellings.ts';

export interface HoldingOptions {
  readonly connection: Connection;
  readonly clock: SandboxClock;
  readonly tellings: Tellings;
  /** Nothing is held back for longer. */
  readonly longestSeconds: number;
}

/** Between two looks at an event that waits: only the clock can change it, or its owner. */
const lookMilliseconds = 200;

/**
 * Events as a stand-in tells them: none before what it tells is shown. They keep their order, so that whoever resumes after one has seen all
 * before it; what came after one that waits waits with it, but for a stream of one generation.
 */
export function holdBack(
  inner: Pick<Generations, 'events'>,
  { connection, clock, tellings, longestSeconds }: HoldingOptions,
  caller: Caller,
  asked: EventsAsked,
  signal: AbortSignal,
): AsyncIterable<StoredEvent> {
  const { after, generationId } = asked;
  const begun = clock.read();
  // What happened of late may have to be told yet.
  const { workspace } = caller;
  const beginning = resumeAfter(connection, workspace, asked) ?? lastEvent(connection, workspace, longestSeconds);
  // Perhaps nobody ever reads.
  for (const one of [begun, beginning]) one.catch(() => {});
  return (async function* () {
    const from = after === undefined ? (await begun).now : Number.NEGATIVE_INFINITY;
    for await (const event of inner.events(caller, { after: await beginning, generationId }, signal)) {
      let telling = await tellings.tell(caller, event);
      while (telling === 'later' && !signal.aborted) {
        await pause(lookMilliseconds, undefined, { signal }).catch(() => {});
        telling = await tellings.tell(caller, event);
      }
      if (signal.aborted) return;
      if (typeof telling === 'object' && telling.at > from) yield telling.event;
    }
  })();
}
