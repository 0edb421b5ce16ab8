import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openVendorWire } from './vendor-wire.ts';

test('an answer that comes when its sender is dead already was read by nobody', async () => {
  const held = Promise.withResolvers<void>();
  const vendor = createServer(async (request, response) => {
    for await (const _ of request);
    if (request.headers['x-held'] !== undefined) await held.promise;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((listening) => vendor.listen(0, '127.0.0.1', listening));
  const wire = await openVendorWire(`http://127.0.0.1:${(vendor.address() as AddressInfo).port}`, ['openai']);
  const send = async (headers: Record<string, string>) =>
    await (await fetch(`${wire.url}/openai/v1/videos`, { method: 'POST', body: '{}', headers })).text();
  try {
    await send({ connection: 'close' });
    const asking = new Promise<void>((asked) => {
      wire.onPassing = () => asked();
    });
    const answer = send({ connection: 'close', 'x-held': 'yes' });
    await asking;
    expect(wire.submits.map(({ came }) => came)).toEqual(['answered', 'open']);
    wire.killed();
    held.resolve();
    await answer;
    expect(wire.submits.map(({ came }) => came)).toEqual(['late', 'late']);
    await send({ connection: 'close' });
    expect(wire.submits.at(-1)?.came).toBe('answered');
  } finally {
    await wire.close();
    vendor.close();
  }
});
