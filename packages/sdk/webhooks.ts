import type { Event, ShownProblem } from './answers.ts';
import { makeId } from './make-id.ts';
import type { Transport } from './transport.ts';

/** An address that is told what happens in the workspace. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly kinds: readonly Event['kind'][];
  /** Deliveries that failed in a row, and since when. */
  readonly failures: number;
  readonly failingSince: string | null;
  /** Why the last one failed. */
  readonly problem: ShownProblem | null;
  /** Given up, after three days of failures or because the receiver said 410. */
  readonly disabledAt: string | null;
  readonly createdAt: string;
}

/** A webhook as it is made. */
export interface NewWebhook {
  readonly url: string;
  /** Default: all but progress and what people change by hand. */
  readonly kinds?: readonly Event['kind'][] | undefined;
}

/** How one delivery went. */
export interface Delivery {
  readonly taken: boolean;
  /** What the receiver answered, where it did. */
  readonly status: number | null;
  readonly problem: ShownProblem | null;
}

interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Who is told what happens. Every call throws `RefreelError`. */
export interface Webhooks {
  /** The secret that its messages are signed with is told this once. */
  create(webhook: NewWebhook, options?: CallOptions): Promise<Webhook & { readonly secret: string }>;
  /** Oldest first. */
  list(options?: CallOptions): Promise<readonly Webhook[]>;
  /** Tells it no more. What it was is told. */
  remove(id: string, options?: CallOptions): Promise<Webhook>;
  /** Sends it a message that says nothing, once, and tells how that went. */
  test(id: string, options?: CallOptions): Promise<Delivery>;
}

const webhookFields = ['id', 'url', 'kinds'] as const;

/** The verbs of webhooks over a transport. */
export function openWebhooks(transport: Transport): Webhooks {
  const path = '/v1/webhooks';
  const pathOf = (id: string) => `${path}/${encodeURIComponent(id)}`;
  return {
    create: (json, { signal } = {}) =>
      transport.json<Webhook & { readonly secret: string }>(
        { method: 'POST', path, headers: { 'idempotency-key': makeId() }, json, repeatable: true, signal },
        [...webhookFields, 'secret'],
      ),
    async list({ signal } = {}) {
      const found = await transport.json<{ items: readonly Webhook[] }>({ path, repeatable: true, signal }, ['items']);
      return found.items;
    },
    // After a lost answer a second try would find nothing and call that a failure.
    remove: (id, { signal } = {}) =>
      transport.json<Webhook>({ method: 'DELETE', path: pathOf(id), repeatable: false, signal }, webhookFields),
    test: (id, { signal } = {}) =>
      transport.json<Delivery>({ method: 'POST', path: `${pathOf(id)}/test`, json: {}, repeatable: false, signal }, [
        'taken',
      ]),
  };
}
