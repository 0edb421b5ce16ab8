import type { Event } from './answers.ts';
import { noAnswer, RefreelError } from './error.ts';
import { openEventParser } from './event-parser.ts';
import { openPatience, pause } from './pause.ts';
import { beforeRetry } from './retry.ts';
import type { Transport } from './transport.ts';

/** Where a stream begins and when it ends. */
export interface FollowOptions {
  /** Id of the last event that was seen. */
  readonly after?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Which stream, and what is known of its end. */
interface Stream extends FollowOptions {
  readonly path: string;
  readonly retries: number;
  /** Nothing comes after this event. */
  isLast(event: Event): boolean;
  /** Asked when the stream ended without a last event: whether there is nothing more to come. */
  isOver(): Promise<boolean>;
}

/** The stream's first bytes come at once, unless something on the way keeps them back. */
const firstBytesSeconds = 15;
/** The server sends a sign of life every 15 s. */
const silenceSeconds = 45;
const usualRetryMilliseconds = 2000;

/**
 * Events as they happen. A stream that breaks off is taken up again after the last event; it fails only when the server cannot be reached for as
 * long as retries last, or refuses.
 */
export async function* follow(transport: Transport, stream: Stream): AsyncGenerator<Event, void, undefined> {
  const { signal, isLast, isOver } = stream;
  let last = stream.after;
  let over = false;
  for (let failures = 0; ; ) {
    let begun = false;
    let seen = false;
    let retryMilliseconds = usualRetryMilliseconds;
    try {
      for await (const part of readStream(transport, { ...stream, after: last })) {
        begun = true;
        retryMilliseconds = part.retryMilliseconds ?? retryMilliseconds;
        for (const event of part.events) {
          last = event.id;
          seen = true;
          yield event;
          if (isLast(event)) return;
        }
      }
      if (over && !seen) return;
      // What happened between its end and our question is asked for once more.
      over = await isOver();
      failures = 0;
      if (!over) await pause(retryMilliseconds, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (begun) failures = 0;
      await beforeRetry(error, failures, stream.retries, signal);
      failures += 1;
    }
  }
}

interface Part {
  readonly events: readonly Event[];
  readonly retryMilliseconds: number | undefined;
}

async function* readStream(
  transport: Transport,
  { path, after, signal }: Stream,
): AsyncGenerator<Part, void, undefined> {
  const patience = openPatience(firstBytesSeconds, signal);
  try {
    const ask = {
      path,
      // A page of another site may send this header, and a proxy that drops it leaves the query.
      ...(after !== undefined && { query: { after }, headers: { 'last-event-id': String(after) } }),
      repeatable: true,
      patienceSeconds: firstBytesSeconds,
      signal: patience.signal,
    };
    const answer = await transport.open(ask);
    const type = answer.headers.get('content-type') ?? '';
    if (answer.body === null || !/^text\/event-stream\b/i.test(type)) throw badStream(path, answer.status, type);
    const reader = answer.body.getReader();
    const parser = openEventParser();
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        // Whoever reads the events may take their time.
        patience.reset(0);
        const events = parser.push(decoder.decode(value, { stream: true })).map(({ data }) => readEvent(path, data));
        yield { events, retryMilliseconds: parser.retryMilliseconds() };
        patience.reset(silenceSeconds);
      }
    } finally {
      void reader.cancel().catch(() => {});
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof RefreelError) throw error;
    throw noAnswer(path, patience.over() ? patience.signal.reason : error);
  } finally {
    patience.end();
  }
}

function readEvent(path: string, data: string): Event {
  try {
    const event = JSON.parse(data) as Event;
    if (Number.isInteger(event.id) && typeof event.kind === 'string') return event;
  } catch {
    // Said below.
  }
  throw badStream(path, 200, 'an event that is not ours');
}

function badStream(path: string, status: number, type: string): RefreelError {
  const message = `${path} gave no events (HTTP ${status}, ${type}).`;
  return new RefreelError({ kind: 'bad answer', message, status });
}
