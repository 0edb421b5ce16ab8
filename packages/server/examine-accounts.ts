import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '@refreel/core/model';
import { openAccountDesk, openSealer, type Standing } from './accounts/index.ts';
import { checkKey, type KeyChecked } from './producers/upstream/index.ts';
import { findSecret } from './secret.ts';
import type { Settings } from './settings.ts';
import { type Database, folderNames, openDatabase, StoreError } from './store/index.ts';

/** An account, how it stands, and what its vendor says of its key. */
export interface ExaminedAccount extends Standing {
  readonly key: KeyChecked;
}

/** The accounts that a server with these settings would have. */
export interface AccountsExamined {
  readonly accounts: readonly ExaminedAccount[];
  /** Those that were added and whose keys cannot be opened. */
  readonly unreadable: readonly { readonly id: string; readonly problem: Problem }[];
  /** Why nobody could say which were added or are set aside: the store is somebody else's now, or does not open. */
  readonly unread: StoreError | undefined;
}

/**
 * Looks at the accounts of file and environment, and at what the store keeps of accounts, and asks each vendor once whether it takes the key, by a look that costs
 * nothing. Nothing is changed: what is set aside stays so. Without accounts nobody is asked anything.
 */
export async function examineAccounts(settings: Settings): Promise<AccountsExamined> {
  const { standings, unreadable, unread } = await standingsOf(settings);
  const accounts = await Promise.all(
    standings.map(async (one): Promise<ExaminedAccount> => ({ ...one, key: await checkKey(one.account) })),
  );
  return { accounts, unreadable, unread };
}

async function standingsOf(
  settings: Settings,
): Promise<Omit<AccountsExamined, 'accounts'> & { standings: readonly Standing[] }> {
  const fixed = settings.accounts.map((account): Standing => ({ account, aside: undefined }));
  const { data, databaseUrl } = settings;
  if (databaseUrl === undefined && !existsSync(join(data, folderNames.format)))
    return { standings: fixed, unreadable: [], unread: undefined };
  let database: Database | undefined;
  try {
    const where = databaseUrl === undefined ? { folder: data } : { url: databaseUrl };
    database = await openDatabase(where, { asItIs: true, maintenanceSeconds: 0, connections: 1 });
    const desk = await openAccountDesk({
      ...{ connection: database.connection, accounts: settings.accounts, refreshSeconds: 0 },
      // Without the secret nothing that was sealed can be opened, and another one opens as little.
      sealer: openSealer(settings.secret ?? findSecret(data) ?? ''),
      check: checkKey,
      onError: () => {},
    });
    const found = { standings: desk.standings(), unreadable: desk.unreadable(), unread: undefined };
    await desk.close();
    return found;
  } catch (error) {
    if (error instanceof StoreError) return { standings: fixed, unreadable: [], unread: error };
    throw error;
  } finally {
    await database?.close();
  }
}
