import { once } from 'node:events';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** How the connection of an answer ends before the answer does. */
export interface Cut {
  /** `close`: as a server that dies ends it; `reset`: as what stands between throws it away (RST). */
  readonly how: 'close' | 'reset';
  /** Of the body. Undefined: not even a status is sent. */
  readonly afterBytes: number | undefined;
}

const cuts = new WeakMap<Response, Cut>();

/** Marks an answer: the listener sends so much of it and then ends the connection. Who only reads the answer sees it whole. */
export function cut(answer: Response, how: Cut['how'], afterBytes?: number): Response {
  cuts.set(answer, { how, afterBytes });
  return answer;
}

export function cutOf(answer: Response): Cut | undefined {
  return cuts.get(answer);
}

/** The same mark on what is sent in place of an answer. */
export function cutAlike(answer: Response, other: Response): Response {
  const found = cuts.get(answer);
  if (found !== undefined) cuts.set(other, found);
  return other;
}

/** Sends an answer as far as it is meant to come, and ends its connection. */
export async function sendCut(answer: Response, { how, afterBytes }: Cut, outgoing: ServerResponse): Promise<void> {
  const { socket } = outgoing;
  if (afterBytes !== undefined) {
    const headers: OutgoingHttpHeaders = Object.fromEntries(answer.headers);
    outgoing.writeHead(answer.status, { ...headers, connection: 'close' });
    for await (const chunk of beginning(answer, afterBytes)) await written(outgoing, chunk);
  } else await answer.body?.cancel();
  if (how === 'reset') socket?.resetAndDestroy();
  else socket?.destroySoon();
}

/** So many bytes of a body; the rest is given up. */
async function* beginning({ body }: Response, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  if (body === null) return;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** Whoever has gone already misses nothing. */
async function written(outgoing: ServerResponse, chunk: Uint8Array): Promise<void> {
  if (outgoing.destroyed || outgoing.write(chunk)) return;
  await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]).catch(() => {});
}
