import type { Transport } from './transport.ts';

/** A key of a workspace; its secret is told once, when it is made. */
export interface Key {
  readonly id: string;
  readonly name: string;
  readonly workspace: string;
  /** The first characters of the secret. */
  readonly prefix: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  /** For so long the same create in a vendor's clothes is answered with the first; null: only one that its client marks as the same. */
  readonly repeatSeconds: number | null;
}

/** A key as it is made. */
export interface NewKey {
  readonly name: string;
  /** Id or name of a workspace. Default: the one of whoever needs no key. */
  readonly workspace?: string | undefined;
  /** 600 to 86,400: for clients that send a create again and neither mark it nor give it an `Idempotency-Key`. */
  readonly repeatSeconds?: number | undefined;
}

interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Who may come in: for a client with the administrator's key. Every call throws `RefreelError`. */
export interface Keys {
  /** From then on everybody needs one. Tried once: a second try would make another key. */
  create(key: NewKey, options?: CallOptions): Promise<Key & { readonly secret: string }>;
  /** Every key, revoked ones too, or those of one workspace. */
  list(options?: CallOptions & { readonly workspace?: string | undefined }): Promise<readonly Key[]>;
  /** From now on it opens nothing. */
  revoke(id: string, options?: CallOptions): Promise<Key>;
}

const keyFields = ['id', 'name', 'workspace'] as const;

/** The verbs of keys over a transport. */
export function openKeys(transport: Transport): Keys {
  const path = '/v1/keys';
  return {
    create: (json, { signal } = {}) =>
      transport.json<Key & { readonly secret: string }>({ method: 'POST', path, json, repeatable: false, signal }, [
        ...keyFields,
        'secret',
      ]),
    async list({ workspace, signal } = {}) {
      const found = await transport.json<{ items: readonly Key[] }>(
        { path, query: { workspace }, repeatable: true, signal },
        ['items'],
      );
      return found.items;
    },
    revoke: (id, { signal } = {}) =>
      transport.json<Key>(
        { method: 'DELETE', path: `${path}/${encodeURIComponent(id)}`, repeatable: true, signal },
        keyFields,
      ),
  };
}
