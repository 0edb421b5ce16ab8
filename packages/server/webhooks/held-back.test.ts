import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openGuardedFetch } from '../fetch/index.ts';
import { accepted, openGround } from '../generations/test-ground.ts';
import { openSigner } from '../http/signer.ts';
import { createWebhook, type StoredEvent } from '../store/index.ts';
import { openWebhooks } from './open-webhooks.ts';

test('what may not be told yet waits, and what came after it; then each is told once', async () => {
  const came: string[] = [];
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    came.push((JSON.parse(body) as { type: string }).type);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  // Nothing is drawn, so that nothing else happens.
  const ground = await openGround({ limits: { renders: 0 } });
  const { connection } = ground.database;
  const caller = await ground.caller();
  const { workspace } = caller;
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await createWebhook(connection, workspace, { url, kinds: ['generation.accepted', 'generation.state'] }, 9);
  const { id } = await accepted(ground.generations, caller);
  await ground.generations.cancel(caller, id);
  await accepted(ground.generations, caller);

  let [held, asked] = [true, 0];
  const errors: unknown[] = [];
  const ends = ({ kind }: StoredEvent) => kind === 'generation.state';
  const webhooks = openWebhooks({
    connection,
    fetch: openGuardedFetch({ allow: ['127.0.0.1'] }),
    sign: openSigner('the secret of the tests in process', 'webhook').sign,
    onError: (error) => errors.push(error),
    idleSeconds: 0.05,
    async told(owner, events) {
      expect(owner).toBe(workspace);
      asked += 1;
      const until = held ? events.findIndex(ends) : -1;
      const now = until < 0 ? events : events.slice(0, until);
      return { events: now, upTo: now.at(-1)?.id };
    },
  });
  try {
    // It was asked more than once since it has told the first, and told no more.
    await expect.poll(() => asked, { timeout: 30_000 }).toBeGreaterThan(3);
    expect(came).toEqual(['generation.accepted']);
    held = false;
    await expect.poll(() => came.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
    expect(came).toEqual(['generation.accepted', 'generation.state', 'generation.accepted']);
    expect(errors).toEqual([]);
  } finally {
    await webhooks.close();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
    await ground.close();
  }
}, 90_000);
