import type { Event } from '@refreel/sdk';
import { client } from './client.ts';

/** Takes what happens in the workspace; `missed` after a time of which nothing is known. */
export interface EventListener {
  event(event: Event): void;
  missed(): void;
}

const channelName = 'refreel-events';
/** What the tab with the stream tells the others after a time of which it knows nothing. */
const missed = 'missed';
const againMilliseconds = 5000;

/**
 * Hears of everything that happens. Of all tabs one holds the stream and tells the others, because a browser opens about six connections to a
 * server; when it is closed another takes over. Where the page is not from this machine and not encrypted, browsers have no locks: then every
 * tab has a stream of its own. Returns what ends it.
 */
export function listenToEvents(listener: EventListener): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let last: number | undefined;
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(channelName) : undefined;
  const take = (event: Event) => {
    if (last !== undefined && event.id <= last) return;
    last = event.id;
    listener.event(event);
  };
  channel?.addEventListener('message', ({ data }: MessageEvent<Event | typeof missed>) => {
    if (data === missed) listener.missed();
    else take(data);
  });

  const hold = async () => {
    while (!signal.aborted) {
      try {
        if (last === undefined) {
          listener.missed();
          channel?.postMessage(missed);
        }
        for await (const event of client().events({ after: last, signal })) {
          channel?.postMessage(event);
          take(event);
        }
      } catch {
        if (signal.aborted) return;
        last = undefined;
        await new Promise((done) => setTimeout(done, againMilliseconds));
      }
    }
  };
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks === undefined || channel === undefined) void hold();
  else locks.request(channelName, { signal }, hold).catch(() => {});
  return () => {
    ending.abort();
    channel?.close();
  };
}
