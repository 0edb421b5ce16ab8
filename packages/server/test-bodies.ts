import { Refusal } from '@refreel/core/model';
import { refusalText } from './http/answer.ts';
import { defaultLimits, type Parts } from './http/parts.ts';
import { readCall } from './http/read-call.ts';
import type { Call, Route } from './http/route.ts';
import { defaultWorkspace } from './store/index.ts';
import { appHost, type TestApp } from './test-app.ts';
import type { Chance } from './test-chance.ts';
import type { DecoderShots } from './test-decoders.ts';
import { type Ammunition, makeShot, toRequest } from './test-fuzz.ts';

/** Routes of our own whose bodies are read as JSON by their schemas. */
export function readsJson({ body }: Route): boolean {
  return body !== undefined && body.alsoTypes === undefined;
}

/** Feeds so many bodies to what reads those of a native route: each is read, or refused with problems of the caller's that can be told. */
export async function shootBodies(
  app: TestApp,
  route: Route,
  { chance, ammunition, count }: { chance: Chance; ammunition: Ammunition; count: number },
): Promise<DecoderShots> {
  const { id: workspace } = await defaultWorkspace(app.database.connection);
  const parts = { database: app.database, limits: { ...defaultLimits, bodyBytes: 100_000 } } as unknown as Parts;
  const counted = { read: 0, refused: 0 };
  const wrong: string[] = [];
  let [shots, slowest] = [0, 0];
  while (shots < count && wrong.length < 20) {
    const shot = { ...makeShot(chance, route, ammunition), method: route.method };
    const request = shot.body === undefined ? undefined : toRequest(`http://${appHost}`, appHost, shot);
    if (request === undefined || !request.headers.get('content-type')?.startsWith('application/json')) continue;
    const url = new URL(request.url);
    url.search = '';
    const caller = { workspace, keyId: undefined };
    const call: Call = { request, url, requestId: '', language: 'en', caller, base: '', path: {} };
    shots += 1;
    const began = performance.now();
    try {
      await readCall(route, call, parts);
      counted.read += 1;
    } catch (error) {
      const status = error instanceof Refusal ? statusOf(error) : undefined;
      if (status !== undefined && status >= 400 && status < 500) counted.refused += 1;
      else wrong.push(`${error instanceof Error ? error.stack : error} — ${String(shot.body).slice(0, 3000)}`);
    }
    slowest = Math.max(slowest, performance.now() - began);
  }
  return { ...counted, shots, slowest, wrong };
}

function statusOf({ problems }: Refusal): number {
  for (const language of ['en', 'zh'] as const) refusalText(problems, language);
  return refusalText(problems, 'en').status;
}
