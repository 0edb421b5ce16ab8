import { type Problem, problem } from '@refreel/core/model';
import {
  type Aside,
  addAccount,
  type Connection,
  type Json,
  removeAccount,
  setAccountAside,
  storedAccounts,
  takeAccountBack,
} from '../store/index.ts';
import { type Account, originOf } from './account.ts';
import { type AccountBook, openAccountBook } from './book.ts';
import { makeSealed } from './make-sealed.ts';
import { readEntry } from './read-entry.ts';
import type { Sealer } from './seal.ts';

/** An account as it stands now. */
export interface Standing {
  readonly account: Account;
  /** Why nothing new is sent to it; undefined where it is asked. */
  readonly aside: Pick<Aside, 'at' | 'problem'> | undefined;
}

/** Where accounts are looked up, added, set aside and taken back, while the server runs. */
export interface AccountDesk {
  /** The accounts as they are now: of the file, of the environment, then those that were added, oldest first. */
  readonly book: AccountBook;
  /** Every account, with those that were added and cannot be opened as problems. */
  standings(): readonly Standing[];
  /** Accounts whose keys were sealed with another secret, or that this version does not understand. */
  unreadable(): readonly { readonly id: string; readonly problem: Problem }[];
  /** Reads what other processes have changed meanwhile. */
  refresh(): Promise<void>;
  /** Adds one, or puts it in the place of one that was added; its key is sealed. Problems' paths are of the entry. */
  add(entry: unknown, replace?: boolean): Promise<Standing | readonly Problem[]>;
  /** Takes one away that was added. `kept`: it stands in the file or the environment. */
  remove(id: string): Promise<'removed' | 'kept' | 'unknown'>;
  /** Sends nothing new to it from now on. */
  setAside(account: Account, why: Problem): Promise<void>;
  takeBack(account: Account): Promise<void>;
  /** Asks its vendor whether it takes the key, then takes it back or sets it aside; undefined where there is none by that id. Costs nothing. */
  check(id: string): Promise<CheckedStanding | undefined>;
  /** Told after every change. The answer ends it. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** What a vendor says of an account's key, and how the account stands after it. */
export interface CheckedStanding {
  readonly standing: Standing;
  readonly is: 'taken' | 'refused' | 'unclear';
  /** Why, where it is not taken. */
  readonly problem: Problem | undefined;
}

export interface DeskOptions {
  readonly connection: Connection;
  /** Of the file and the environment. */
  readonly accounts: readonly Account[];
  readonly sealer: Sealer;
  /** Tries a key at its vendor. */
  readonly check: (account: Account) => Promise<Pick<CheckedStanding, 'is'> & { readonly problem?: Problem }>;
  /** Between two looks for what other processes have changed; 0 looks never. */
  readonly refreshSeconds?: number;
  readonly onError: (error: unknown) => void;
}

const usualRefreshSeconds = 3;

/** Opens the desk of a server. */
export async function openAccountDesk(options: DeskOptions): Promise<AccountDesk> {
  const { connection, accounts: fixed, sealer, refreshSeconds = usualRefreshSeconds, onError } = options;
  const listeners = new Set<() => void>();
  let standing: readonly Standing[] = [];
  let closed: readonly { readonly id: string; readonly problem: Problem }[] = [];
  let book: AccountBook = openAccountBook([]);
  let seen = '';
  const markOf = (account: Account) => account.key.mark(sealer.mark);

  /** The same object as long as nothing of it has changed: whoever sends for it goes on. */
  let made = new Map<string, Account | Problem>();

  const refresh = async (): Promise<void> => {
    const rows = await storedAccounts(connection);
    const asides = new Map(rows.flatMap(({ id, aside }) => (aside === undefined ? [] : [[id, aside] as const])));
    const unreadable: { id: string; problem: Problem }[] = [];
    const added: Account[] = [];
    const making: typeof made = new Map();
    for (const { id, added: kept } of rows) {
      // One of the file goes before one of the same id that was added.
      if (kept === undefined || fixed.some((account) => account.id === id)) continue;
      const name = `${id} ${kept.sealedKey.toString('base64')}`;
      const one = made.get(name) ?? makeSealed(id, kept, sealer);
      making.set(name, one);
      if ('code' in one) unreadable.push({ id, problem: one });
      else added.push(one);
    }
    const all = [...fixed, ...added].map((account): Standing => {
      const aside = asides.get(account.id);
      // Another key may well be taken.
      return { account, aside: aside?.mark === markOf(account) ? aside : undefined };
    });
    const now = JSON.stringify([
      rows.map(({ id, added: kept }) => [id, kept?.sealedKey.toString('base64')]),
      all.map(({ account, aside }) => [account.id, aside?.at]),
    ]);
    made = making;
    closed = unreadable;
    standing = all;
    if (now === seen) return;
    seen = now;
    book = openAccountBook(
      all.map(({ account }) => account),
      new Map(all.flatMap(({ account, aside }) => (aside === undefined ? [] : [[account.id, aside.at] as const]))),
    );
    for (const listener of listeners) listener();
  };
  await refresh();
  let refreshing: Promise<void> | undefined;
  const timer =
    refreshSeconds === 0
      ? undefined
      : setInterval(() => {
          refreshing ??= refresh()
            .catch(onError)
            .finally(() => {
              refreshing = undefined;
            });
        }, refreshSeconds * 1000);
  timer?.unref();

  return {
    get book() {
      return book;
    },
    standings: () => standing,
    unreadable: () => closed,
    refresh,
    async add(value, replaced = false) {
      const problems: Problem[] = [];
      const read = readEntry(value, undefined, 'added', (field, found, limit) => {
        problems.push(problem('account_invalid', field.replace(/^\./, ''), { found, limit }));
      });
      if (read === undefined) return problems;
      const { account, entry, key } = read;
      const taken = [problem('account_taken', 'id', { found: account.id })];
      if (fixed.some(({ id }) => id === account.id)) return taken;
      const { key: _, ...kept } = entry;
      const sealedKey = sealer.seal(key, { id: account.id, origin: originOf(account) });
      if (!(await addAccount(connection, { id: account.id, entry: kept as Json, sealedKey }, replaced))) return taken;
      await refresh();
      return standing.find((one) => one.account.id === account.id) ?? { account, aside: undefined };
    },
    async remove(id) {
      if (fixed.some((account) => account.id === id)) return 'kept';
      const removed = await removeAccount(connection, id);
      await refresh();
      return removed ? 'removed' : 'unknown';
    },
    async setAside(account, why) {
      await setAccountAside(connection, account.id, { problem: why, mark: markOf(account) });
      await refresh();
    },
    async takeBack({ id }) {
      await takeAccountBack(connection, id);
      await refresh();
    },
    async check(id) {
      const account = book.find(id);
      if (account === undefined) return undefined;
      const { is, problem: why } = await options.check(account);
      if (is === 'taken') await takeAccountBack(connection, id);
      if (is === 'refused' && why !== undefined)
        await setAccountAside(connection, id, { problem: why, mark: markOf(account) });
      await refresh();
      const now = standing.find((one) => one.account.id === id) ?? { account, aside: undefined };
      return { standing: now, is, problem: why };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      clearInterval(timer);
      await refreshing;
    },
  };
}
