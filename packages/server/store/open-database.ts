import type { Database, DatabaseOptions } from './database.ts';
import { startThread } from './embedded/thread.ts';
import { openFolder } from './folder.ts';

/**
 * Opens the embedded database in a folder, which is made at the first start, or a PostgreSQL by its URL.
 * @throws StoreError with what to do: the folder is in use, newer, damaged, not writable or full; the server cannot be reached or is
 * too old; the migrations are not those that were applied.
 */
export async function openDatabase(
  where: { readonly folder: string } | { readonly url: string },
  options: DatabaseOptions = {},
): Promise<Database> {
  if ('url' in where) return await (await import('./open-postgres.ts')).openPostgres(where.url, options);
  const folder = openFolder(where.folder);
  // It starts in a thread of its own, which takes longer than to load what works on it.
  const thread = startThread(folder.database);
  const { openEmbedded } = await import('./open-embedded.ts');
  return await openEmbedded({ folder, thread }, options);
}
