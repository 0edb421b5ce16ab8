import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createAlibaba } from '@ai-sdk/alibaba';
import { findCard } from '@refreel/core/catalog';
import { type CodecContext, findDialect } from '@refreel/core/dialects';
import { experimental_generateVideo as generateVideo } from 'ai';
import OpenAI from 'openai';
import { media } from '../../e2e/command.ts';
import { smallestRequests } from '../../loopback/fault-client.ts';
import { openWire } from '../../loopback/wire.ts';

/** One request for a film, and what whoever asks knows of it. */
export interface Order {
  readonly word: string;
  readonly dialect: string;
  /** Ids that answers named: one, or the sender lies. */
  readonly ids: Set<string>;
  /** An answer that should not have been given. */
  complaint?: string;
}

/** Where it is asked, and the address of a picture. */
export interface Asking {
  readonly base: string;
  readonly picture: string;
  readonly stopping: AbortSignal;
}

/** Asks until it is answered, as its client does, across every kill. */
export type Caller = (order: Order, asking: Asking) => Promise<void>;

const cup = new Uint8Array(readFileSync(join(media, 'coffee.png')));
const key = 'sk-of-the-caller';

/** The vendor's own client, as it comes: what it sends again it marks, and no key is needed. */
const openai =
  (path: string, body: object): Caller =>
  async (order, { base, stopping }) => {
    const client = new OpenAI({ apiKey: key, baseURL: base + path, maxRetries: 300, timeout: 60_000 });
    const asked = { ...body, prompt: `Rain on the roof of ${order.word}.` } as never;
    const { id } = await client.videos.create(asked, { signal: stopping });
    order.ids.add(id);
  };

/** The vendor's client of the AI SDK: it sends again by itself, and the key says that it is the same. */
const alibaba: Caller = async (order, { base, stopping }) => {
  const accepting: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (init?.method !== 'POST' || !answer.ok) return answer;
    const text = await answer.text();
    order.ids.add((JSON.parse(text) as { output: { task_id: string } }).output.task_id);
    return new Response(text, answer);
  };
  const client = createAlibaba({ apiKey: key, videoBaseURL: `${base}/dashscope`, fetch: accepting });
  while (order.ids.size === 0 && !stopping.aborted) {
    try {
      await generateVideo({
        model: client.video('wan2.7-r2v'),
        prompt: `Image 1 steams before ${order.word}.`,
        inputReferences: [{ data: cup, mediaType: 'image/png' }],
        ...{ resolution: '1280x720', duration: 2, maxRetries: 4 },
        headers: { 'idempotency-key': order.word },
        poll: { intervalMs: 500, timeoutMs: 600_000 },
        abortSignal: stopping,
        download: async ({ url }) => ({
          data: new Uint8Array(await (await fetch(url)).arrayBuffer()),
          mediaType: 'video/mp4',
        }),
      });
    } catch {
      // A server that was killed while its client looked: what it had answered before is known.
      await pause(200);
    }
  }
};

/** A client of the wire alone, that sends again under its key. */
const plain =
  (id: string): Caller =>
  async (order, { base, picture, stopping }) => {
    const dialect = findDialect(id)!;
    const { path, region } = dialect.bases[0]!;
    const context: CodecContext = { requestId: 'chaos', now: 0, region, findCard };
    const started = dialect.voyage.start(smallestRequests[id]!(order.word, picture), context);
    if (!started.ok) throw new Error(JSON.stringify(started.problems));
    const wire = openWire(base + path, dialect.key.write(key));
    const ask = { ...started.message, headers: { ...started.message.headers, 'idempotency-key': order.word } };
    while (!stopping.aborted) {
      const answer = await wire.send(ask).catch(() => undefined);
      const accepted = answer && answer.status < 300 ? dialect.voyage.accepted(answer, context, ask) : undefined;
      if (accepted !== undefined && 'handle' in accepted) {
        order.ids.add(JSON.stringify(accepted.handle));
        return;
      }
      // A server that is being stopped may say so, and one that still remembers a repeated request may ask for patience.
      if (answer !== undefined && ![409, 429, 503].includes(answer.status)) {
        order.complaint = `${answer.status} ${JSON.stringify(answer.body)}`;
        return;
      }
      await pause(150);
    }
  };

const size = '1280x720';

/** Every dialect, its client, and the model that is asked for. */
export const callers: Readonly<Record<string, { readonly model: string; readonly ask: Caller }>> = {
  openai: { model: 'sora-2', ask: openai('/openai/v1', { model: 'sora-2', seconds: '4', size }) },
  dashscope: { model: 'wan2.7-r2v', ask: alibaba },
  qiniu: {
    model: 'kling-v2-5-turbo',
    ask: openai('/qiniu/v1', { model: 'kling-v2-5-turbo', seconds: '5', size, mode: 'std' }),
  },
  venice: { model: 'kling-o3-standard-reference-to-video', ask: plain('venice') },
  toapis: { model: 'kling-v3', ask: plain('toapis') },
  baicai: { model: 'PixVerse-v4.5-MR2V', ask: plain('baicai') },
};
