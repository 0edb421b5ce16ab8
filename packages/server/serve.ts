import type { Running, ServeOptions } from './open-server.ts';
import { openStore } from './open-store.ts';
import type { Settings } from './settings.ts';

export type { Running, ServeOptions } from './open-server.ts';
export { readSettings, type Settings } from './settings.ts';
export { StoreError } from './store/store-error.ts';

/**
 * Starts a server. @throws StoreError (folder in use, newer, damaged; database away) or Refusal (port taken, open without a key,
 * settings that contradict each other), each with what to do; nothing is left open then.
 */
export async function serve(settings: Settings, options: ServeOptions = {}): Promise<Running> {
  const opening = openStore(settings);
  // The embedded database starts in a thread of its own; what works on it is loaded meanwhile.
  const loading = import('./open-server.ts');
  loading.catch(() => {});
  const database = await opening;
  const { openServer } = await loading.catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  return await openServer(database, settings, options);
}
