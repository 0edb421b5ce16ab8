/** One event as a stream sends it. */
export interface ServerEvent {
  readonly id?: number;
  readonly event: string;
  readonly data: unknown;
}

export interface StreamOptions {
  readonly heartbeatSeconds: number;
  /** Aborts when the server stops. */
  readonly stopping: AbortSignal;
}

/**
 * Sends events as they come, and a comment now and then so that nobody on the way takes the stream for dead. `events` is given a signal that
 * is aborted when the caller goes, or the server stops. Nothing is read ahead of a slow reader.
 */
export function eventStream(
  events: (signal: AbortSignal) => AsyncIterable<ServerEvent>,
  { heartbeatSeconds, stopping }: StreamOptions,
): Response {
  const gone = new AbortController();
  const signal = AbortSignal.any([gone.signal, stopping]);
  const iterator = events(signal)[Symbol.asyncIterator]();
  const text = new TextEncoder();
  let next: Promise<IteratorResult<ServerEvent>> | undefined;
  let begun = false;
  const stopped = new Promise<'stopped'>((resolve) => {
    if (signal.aborted) resolve('stopped');
    else signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!begun) {
          begun = true;
          // Headers reach the caller with the first bytes; `retry` is how long its browser waits before it comes again.
          controller.enqueue(text.encode('retry: 2000\n\n'));
          return;
        }
        next ??= iterator.next();
        // Its end may come after nobody waits for it any more.
        next.catch(() => {});
        let timer: NodeJS.Timeout | undefined;
        const beat = new Promise<'beat'>((resolve) => {
          timer = setTimeout(() => resolve('beat'), heartbeatSeconds * 1000);
        });
        const came = await Promise.race([next, beat, stopped]).finally(() => clearTimeout(timer));
        if (came === 'beat') controller.enqueue(text.encode(': still here\n\n'));
        else if (came === 'stopped' || came.done === true) controller.close();
        else {
          next = undefined;
          controller.enqueue(text.encode(frame(came.value)));
        }
      },
      async cancel() {
        gone.abort();
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // nginx would gather it up otherwise.
      'x-accel-buffering': 'no',
    },
  });
}

function frame({ id, event, data }: ServerEvent): string {
  // JSON has no line breaks of its own, so one line of data is enough.
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
