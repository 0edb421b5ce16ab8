import type { Chance } from '../../packages/server/test-chance.ts';

/** A request that was sent, and what its sender knows of it. */
export interface Order {
  readonly number: number;
  readonly body: string;
  readonly key: string | undefined;
  /** Every id that an answer named: one, or the server lies. */
  readonly ids: Set<string>;
  /** An answer said that it is cancelled. */
  cancelled: boolean;
}

/** What a request brings along: nothing, a picture by address (`preparing`), a picture as bytes, or two films that are made apart. */
export type OrderKind = 'plain' | 'address' | 'bytes' | 'split';

/** Somebody who sends requests, remembers each answer, and believes only those. */
export interface Caller {
  readonly orders: readonly Order[];
  /** Answers that no server should give. */
  readonly complaints: readonly string[];
  /** How often a request was sent again under its key and answered. */
  readonly replays: () => number;
  /** Sends a new request; resolves when it is answered or the connection broke. */
  order(base: string, kind: OrderKind): Promise<void>;
  /** Sends again, under its key, what was never answered, and some of what was. */
  replay(base: string): Promise<void>;
  /** Cancels what has not ended, but for the oldest. */
  cancelAllBut(base: string, kept: number): Promise<void>;
}

/** `mediaBase`: below it any path is a picture. */
export function openCaller(chance: Chance, mediaBase: string, dataUri: string): Caller {
  const orders: Order[] = [];
  const complaints: string[] = [];
  let replays = 0;

  const send = async (base: string, order: Order): Promise<void> => {
    const answer = await ask(`${base}/v1/generations`, {
      method: 'POST',
      body: order.body,
      headers: {
        'content-type': 'application/json',
        ...(order.key !== undefined && { 'idempotency-key': order.key }),
      },
    });
    if (answer === undefined) return;
    if (answer.status === 202) order.ids.add(answer.json.id as string);
    else if (!isExcuse(answer))
      complaints.push(`order ${order.number}: ${answer.status} ${JSON.stringify(answer.json)}`);
  };

  return {
    orders,
    complaints,
    replays: () => replays,
    async order(base, kind) {
      const number = orders.length;
      const scene = (image: string) => ({ references: [{ kind: 'scene', name: 'hall', image }] });
      const body = JSON.stringify({
        prompt: kind === 'address' || kind === 'bytes' ? `Rain ${number} falls in @hall.` : `Lamp ${number} is lit.`,
        ...{ seconds: 1, size: '128x72', fps: 8, audio: false },
        ...(kind === 'address' && scene(`${mediaBase}/${number}.png`)),
        ...(kind === 'bytes' && scene(dataUri)),
        ...(kind === 'split' && { count: 5, allowSplit: true }),
      });
      const key = chance.number(1) < 0.6 ? `key-${number}` : undefined;
      const order = { number, body, key, ids: new Set<string>(), cancelled: false };
      orders.push(order);
      await send(base, order);
    },
    async replay(base) {
      const again = orders.filter(({ key, ids }) => key !== undefined && (ids.size === 0 || chance.number(1) < 0.1));
      await Promise.all(
        again.map(async (order) => {
          await send(base, order);
          replays += 1;
        }),
      );
    },
    async cancelAllBut(base, kept) {
      const answer = await ask(`${base}/v1/generations?limit=100&state=preparing,queued`);
      const waiting = ((answer?.json.items ?? []) as { id: string }[]).map(({ id }) => id).reverse();
      await Promise.all(
        waiting.slice(kept).map(async (id) => {
          const cancelled = await ask(`${base}/v1/generations/${id}/cancel`, { method: 'POST' });
          if (cancelled?.json.state !== 'cancelled') return;
          for (const order of orders) if (order.ids.has(id)) order.cancelled = true;
        }),
      );
    },
  };
}

interface Answered {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

/** A server that is being stopped may say so, and one that still remembers a repeated request may ask for patience. */
function isExcuse({ status, json }: Answered): boolean {
  const { code } = (json.error ?? {}) as { code?: string };
  return (status === 503 && code === 'server_stopping') || (status === 409 && code === 'repeat_running');
}

/** Asks; undefined where the connection broke before the answer was whole. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answered | undefined> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(130_000) });
    return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') throw new Error(`${url} was not answered in 130 s`);
    return undefined;
  }
}
