import { createKey, createWorkspace } from './store/index.ts';
import { openTestApp, post, requestTo, type TestApp } from './test-app.ts';
import { dialectRoutes } from './test-dialect-routes.ts';
import type { Ammunition, FuzzRoute } from './test-fuzz.ts';
import { gatherAmmunition, makePicture } from './test-shoot.ts';

/** An app with an administrator, a key and a generation, and what to shoot at it with. */
export interface Target {
  readonly app: TestApp;
  readonly ammunition: Ammunition;
  /** Everything that is served: our own table, then every address of every dialect. */
  readonly routes: readonly FuzzRoute[];
  /** Opens every route that needs a caller. */
  readonly secret: string;
}

const adminKey = 'administrator-of-the-tests';

export async function openTarget(): Promise<Target> {
  const app = await openTestApp({ bodyBytes: 100_000, uploadBytes: 300_000, idleSeconds: 1 }, { adminKey });
  const { connection } = app.database;
  const { id: workspace } = await createWorkspace(connection, 'test');
  const { secret } = await createKey(connection, workspace, 'test');
  const authorization = `Bearer ${secret}`;
  const made = await app.fetch(post('/v1/generations', { prompt: 'A lamp is lit.' }, { authorization }));
  const { id } = (await made.json()) as { id: string };
  const headers = { authorization, 'content-type': 'image/png' };
  const kept = await app.fetch(requestTo('/v1/assets', { method: 'POST', body: await makePicture(), headers }));
  const { sha256 } = (await kept.json()) as { sha256: string };
  const ammunition = await gatherAmmunition(
    (access) => (access === 'admin' || access === 'operator' ? `Bearer ${adminKey}` : authorization),
    // No key: revoking the one that everything is asked with would end all the rest.
    { names: [id, sha256, 'animatic', 'sora-2'], asset: sha256 },
  );
  return { app, ammunition, routes: [...app.routes, ...dialectRoutes], secret };
}
