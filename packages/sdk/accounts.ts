import type { ShownProblem } from './answers.ts';
import type { Transport } from './transport.ts';

/** A vendor's account as the administrator sees it: without its key. */
export interface Account {
  readonly id: string;
  /** Where it stands. One that was added over the API can be removed over it. */
  readonly origin: 'file' | 'environment' | 'added';
  readonly dialect: string;
  readonly baseUrl: string;
  readonly region: string | null;
  /** Our ids of models, with the vendor's. */
  readonly models: Readonly<Record<string, string>>;
  readonly concurrency: number | null;
  readonly pace: { readonly submits: number; readonly seconds: number } | null;
  readonly lookIntervalSeconds: number;
  /** Set aside: nothing new is sent to it, and why. */
  readonly aside: { readonly at: string; readonly problem: ShownProblem } | null;
}

/** The accounts of a server, and those that were added and whose keys cannot be opened. */
export interface AccountList {
  readonly items: readonly Account[];
  readonly unreadable: readonly { readonly id: string; readonly problem: ShownProblem }[];
}

/** What a vendor says of an account's key. `unclear`: nothing, because it is not there, too busy, or broken. */
export interface CheckedAccount {
  readonly account: Account;
  readonly key: 'taken' | 'refused' | 'unclear';
  readonly problem: ShownProblem | null;
}

interface Stop {
  readonly signal?: AbortSignal;
}

/** The accounts that films are sent to, for the administrator. */
export interface Accounts {
  /** In the order in which they are asked. */
  list(options?: Stop): Promise<AccountList>;
  /** Adds one, as docs/accounts.md writes it; `replace` puts it in the place of one that was added. Its key is sealed and never told. */
  add(account: Readonly<Record<string, unknown>>, options?: Stop & { readonly replace?: boolean }): Promise<Account>;
  remove(id: string, options?: Stop): Promise<{ readonly id: string }>;
  /** Asks its vendor whether it takes the key, which costs nothing; one that was set aside is taken back then. */
  check(id: string, options?: Stop): Promise<CheckedAccount>;
}

/** The accounts of a server. */
export function openAccounts(transport: Transport): Accounts {
  const path = '/v1/accounts';
  const one = (id: string) => `${path}/${encodeURIComponent(id)}`;
  return {
    list: ({ signal } = {}) => transport.json<AccountList>({ path, repeatable: true, signal }, ['items', 'unreadable']),
    add: (account, { replace, signal } = {}) =>
      transport.json<Account>(
        {
          method: 'POST',
          path,
          query: { replace: replace === true ? 'true' : undefined },
          json: account,
          repeatable: false,
          signal,
        },
        ['id', 'models'],
      ),
    remove: (id, { signal } = {}) =>
      transport.json<{ id: string }>({ method: 'DELETE', path: one(id), repeatable: false, signal }, ['id']),
    check: (id, { signal } = {}) =>
      transport.json<CheckedAccount>({ method: 'POST', path: `${one(id)}/check`, json: {}, repeatable: true, signal }, [
        'account',
        'key',
      ]),
  };
}
