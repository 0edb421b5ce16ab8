import type { Transport } from './transport.ts';

/** What the server knows of whoever asks. */
export interface Identity {
  /** Whether callers need a key at all. */
  readonly keyNeeded: boolean;
  /** How the caller was recognised; `machine` where no key is needed; null for nobody. */
  readonly by: 'key' | 'session' | 'machine' | null;
  readonly workspace: { readonly id: string; readonly name: string } | null;
  readonly key: { readonly id: string; readonly name: string; readonly prefix: string } | null;
  /** `sandbox`: nothing is sent to a vendor. `live`: what an account can make is sent there, and paid for. */
  readonly mode: 'sandbox' | 'live';
  /** Of a session. */
  readonly expiresAt: string | null;
}

interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What a browser has instead of a key: a cookie that no script can read. Every call throws `RefreelError`. */
export interface Sessions {
  /** Who the caller is. */
  get(options?: CallOptions): Promise<Identity>;
  /** Exchanges the client's key for a cookie, for pages of the server itself. */
  begin(options?: CallOptions): Promise<Identity>;
  /** Ends it: the cookie is taken back, and a copy of it opens nothing from then on. */
  end(options?: CallOptions): Promise<void>;
}

/** The verbs of sessions over a transport. */
export function openSessions(transport: Transport): Sessions {
  const path = '/v1/session';
  const fields = ['keyNeeded', 'by'] as const;
  return {
    get: ({ signal } = {}) => transport.json<Identity>({ path, repeatable: true, signal }, fields),
    begin: ({ signal } = {}) =>
      transport.json<Identity>({ method: 'POST', path, json: {}, repeatable: true, signal }, fields),
    async end({ signal } = {}) {
      const answer = await transport.open({ method: 'DELETE', path, repeatable: true, signal });
      await answer.body?.cancel();
    },
  };
}
