import type { Settings } from './settings.ts';
import type { Database } from './store/database.ts';
import { openDatabase } from './store/open-database.ts';

/** Opens the store of the settings. @throws StoreError that says what to do */
export function openStore({ databaseUrl, data }: Settings): Promise<Database> {
  return openDatabase(databaseUrl === undefined ? { folder: data } : { url: databaseUrl });
}
