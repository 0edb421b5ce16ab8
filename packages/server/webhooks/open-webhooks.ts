import { setTimeout as pause } from 'node:timers/promises';
import { type Problem, problem } from '@refreel/core/model';
import { fetchProblem } from '../assets/index.ts';
import { type GuardedFetch, isRefusal } from '../fetch/index.ts';
import {
  advanceWebhook,
  type ClaimedWebhook,
  type Connection,
  claimWebhooks,
  eventsSince,
  failWebhook,
  hasWebhooks,
  releaseWebhook,
  type StoredEvent,
  type WorkspaceId,
} from '../store/index.ts';
import { signMessage, type Told } from './message.ts';

/** How one delivery went. `status` is what the receiver answered, where it did. */
export type Delivery =
  | { readonly taken: true; readonly status: number }
  | { readonly taken: false; readonly status: number | undefined; readonly problem: Problem };

/** Tells the addresses of all workspaces what happens in theirs. */
export interface Webhooks {
  /** What speaks against an address, as far as its text tells. */
  inspect(url: string): Problem | undefined;
  /** What a receiver checks signatures with. Derived, so that none is kept; another secret of the server gives another one. */
  secretOf(workspace: WorkspaceId, id: string): string;
  /** Sends a message that says nothing, once. */
  ping(workspace: WorkspaceId, webhook: { readonly id: string; readonly url: string }): Promise<Delivery>;
  /** There may be something to deliver. */
  wake(): void;
  close(): Promise<void>;
}

export interface WebhooksOptions {
  readonly connection: Connection;
  readonly fetch: GuardedFetch;
  /** Signs for the purpose "webhook": 43 characters of base64url. */
  readonly sign: (text: string) => string;
  readonly onError: (error: unknown) => void;
  /** Told of every delivery, for whoever counts. */
  readonly onDelivery?: (taken: boolean) => void;
  /** Which of a row of events may be told by now, as they are told; what comes after `upTo` is asked for again. Default: all. */
  readonly told?: (
    workspace: WorkspaceId,
    events: readonly StoredEvent[],
  ) => Promise<{ readonly events: readonly StoredEvent[]; readonly upTo: number | undefined }>;
  /** Between two looks. Default 1. */
  readonly idleSeconds?: number;
  /** Default: 5 s after the first failure, four times as long after each further one, six hours at most. */
  readonly pauseSeconds?: (failures: number) => number;
  /** Default: three days. */
  readonly giveUpAfterSeconds?: number;
}

const answerSeconds = 15;
/** Receivers that are told at the same time: a slow one holds up itself. */
const mostAtOnce = 8;
/** Events that are read at a time. */
const page = 100;
/** Longer than one delivery takes; prolonged at each. */
const leaseSeconds = 4 * answerSeconds;
/** Between two looks whether another process has made the first one. */
const lookForAnySeconds = 15;

export function openWebhooks(options: WebhooksOptions): Webhooks {
  const { connection, fetch, sign, onError, idleSeconds = 1, giveUpAfterSeconds = 3 * 86_400 } = options;
  const pauseSeconds = options.pauseSeconds ?? ((failures) => Math.min(6 * 3600, 5 * 4 ** (failures - 1)));
  const closing = new AbortController();
  const busy = new Set<Promise<void>>();
  let any = true;
  let looked = Number.NEGATIVE_INFINITY;

  const secretOf: Webhooks['secretOf'] = (workspace, id) =>
    `whsec_${Buffer.from(sign(`${workspace} ${id}`), 'base64url').toString('base64')}`;

  const send = async (
    workspace: WorkspaceId,
    { id, url }: { id: string; url: string },
    told: Told,
  ): Promise<Delivery> => {
    const message = signMessage(told, secretOf(workspace, id), new Date());
    const answer = await fetch.post(url, message, { seconds: answerSeconds }, closing.signal);
    if (isRefusal(answer)) return { taken: false, status: undefined, problem: fetchProblem('url', answer) };
    const { status } = answer;
    if (status >= 200 && status < 300) return { taken: true, status };
    return { taken: false, status, problem: problem('webhook_status', 'url', { found: status, limit: answerSeconds }) };
  };

  const deliver = async (webhook: ClaimedWebhook): Promise<void> => {
    const past = await eventsSince(connection, webhook.workspace, webhook.afterEvent, { limit: page });
    const { events, upTo } = (await options.told?.(webhook.workspace, past)) ?? { events: past, upTo: past.at(-1)?.id };
    let last = webhook.afterEvent;
    for (const event of events) {
      closing.signal.throwIfAborted();
      if (webhook.kinds.includes(event.kind)) {
        const delivery = await send(webhook.workspace, webhook, toldOf(event, webhook.id));
        options.onDelivery?.(delivery.taken);
        if (!delivery.taken) {
          // What was passed over before it is not read again.
          await advanceWebhook(connection, webhook, { event: last, taken: false, leaseSeconds });
          return await failWebhook(connection, webhook, {
            problem: delivery.problem,
            againInSeconds: pauseSeconds(webhook.failures + 1),
            // "Gone": the receiver wants no more.
            giveUpAfterSeconds: delivery.status === 410 ? 0 : giveUpAfterSeconds,
          });
        }
        if (!(await advanceWebhook(connection, webhook, { event: event.id, taken: true, leaseSeconds }))) return;
      }
      last = event.id;
    }
    await advanceWebhook(connection, webhook, { event: upTo ?? last, taken: false, leaseSeconds: 0 });
  };

  const begin = (webhook: ClaimedWebhook) => {
    const doing = deliver(webhook)
      .catch(async (error: unknown) => {
        if (closing.signal.aborted) return await releaseWebhook(connection, webhook);
        // Its lease runs out, and it is tried again.
        onError(error);
      })
      .catch(onError)
      .finally(() => busy.delete(doing));
    busy.add(doing);
  };
  const look = async () => {
    if (!any && performance.now() - looked > lookForAnySeconds * 1000) {
      looked = performance.now();
      any = await hasWebhooks(connection);
    }
    const limit = mostAtOnce - busy.size;
    if (!any || limit <= 0) return;
    const claimed = await claimWebhooks(connection, { limit, leaseSeconds });
    claimed.forEach(begin);
    if (claimed.length === 0) any = await hasWebhooks(connection);
  };
  const loop = async () => {
    while (!closing.signal.aborted) {
      await look().catch(onError);
      await pause(idleSeconds * 1000, undefined, { signal: closing.signal, ref: false }).catch(() => {});
    }
  };
  const looping = loop();

  return {
    inspect(url) {
      const refusal = fetch.inspect(url);
      return refusal === undefined ? undefined : fetchProblem('url', refusal);
    },
    secretOf,
    ping: (workspace, webhook) =>
      send(workspace, webhook, {
        id: `${webhook.id}_test_${Date.now()}`,
        type: 'webhook.test',
        at: new Date(),
        data: { webhook: webhook.id },
      }),
    wake() {
      any = true;
    },
    async close() {
      closing.abort(new Error('the server is stopping'));
      await looping;
      await Promise.all(busy);
    },
  };
}

function toldOf({ id, kind, at, generationId, data }: StoredEvent, webhook: string): Told {
  return { id: `${webhook}_${id}`, type: kind, at, data: { event: id, generation: generationId, ...(data as object) } };
}
