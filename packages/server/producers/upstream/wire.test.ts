import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Ask } from '@refreel/core/dialects';
import { afterAll, expect, test } from 'vitest';
import { readAccounts } from '../../accounts/index.ts';
import { makeCertificate } from '../../fetch/test-certificate.ts';
import { openWire } from './wire.ts';
import { intentOf, writeBody } from './wire-body.ts';

const ends: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(ends.map((end) => end())));

async function serve(listener: RequestListener, secure = false): Promise<{ url: string; close: () => Promise<void> }> {
  const server = secure ? createSecureServer(makeCertificate(), listener) : createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const close = async () => {
    server.closeAllConnections();
    await new Promise<void>((closed) => server.close(() => closed()));
  };
  ends.push(close);
  return { url: `http${secure ? 's' : ''}://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

function wireTo(baseUrl: string) {
  const read = readAccounts({ VENICE_API_KEY: 'sk-wire-0123456789' }, '/');
  if (!read.ok) throw new Error('no account');
  const wire = openWire({ ...read.accounts[0]!, baseUrl });
  ends.push(async () => wire.close());
  return wire;
}

const ask: Ask = {
  method: 'POST',
  path: '/video/queue',
  query: { a: 'b c' },
  headers: { 'content-type': 'application/json' },
  body: { kind: 'json', value: { prompt: 'A lamp 灯.' } },
};

test('a submit goes out once, whole, with the key', async () => {
  const got: string[] = [];
  const { url } = await serve(async (request, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { authorization, 'content-length': length } = request.headers;
    got.push(`${request.method} ${request.url} ${authorization} ${length} ${Buffer.concat(chunks)}`);
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{"queue_id":"q"}');
  });
  const sent = await wireTo(`${url}/api/v1`).submit(ask, await writeBody(ask.body, () => Promise.reject()), 20);
  expect(sent).toMatchObject({
    is: 'answer',
    answer: { status: 200, body: { kind: 'json', value: { queue_id: 'q' } } },
  });
  expect(got).toEqual(['POST /api/v1/video/queue?a=b+c Bearer sk-wire-0123456789 24 {"prompt":"A lamp 灯."}']);
});

test('what never stood was never sent: nobody there, no such name, no certificate to trust', async () => {
  let asked = 0;
  const count = () => {
    asked += 1;
  };
  const secure = await serve(count, true);
  const gone = await serve(count);
  await gone.close();
  for (const url of [secure.url, gone.url, 'http://nobody.invalid'])
    expect(await wireTo(url).submit(ask, undefined, 20)).toMatchObject({ is: 'unsent' });
  expect(asked).toBe(0);
});

test('what broke after it stood may have been taken', async () => {
  const reset = await serve((_, answer) => void answer.socket!.destroy());
  expect(await wireTo(reset.url).submit(ask, undefined, 20)).toMatchObject({ is: 'lost' });
  const silent = await serve(() => {});
  expect(await wireTo(silent.url).submit(ask, undefined, 0.3)).toEqual({ is: 'lost', why: 'no answer within 0.3 s' });
  const flooded = await serve((_, answer) => void answer.writeHead(200).end(Buffer.alloc(6 * 1024 * 1024, 'a')));
  expect(await wireTo(flooded.url).submit(ask, undefined, 20)).toMatchObject({ is: 'lost' });
});

test('a message for another origin is never sent', async () => {
  const wire = wireTo('http://127.0.0.1:9');
  const stray = { ...ask, address: 'http://127.0.0.1:10/take' };
  await expect(wire.ask(stray, undefined, { seconds: 1 })).rejects.toThrow('another origin');
});

test('a form is written in the order of its parts, and a name cannot end it', async () => {
  const parts = [
    { name: 'model', value: 'sora-2' },
    { name: 'input_reference', fileName: 'a"b\r\n.png', mediaType: '', bytes: 'asset:x' },
  ] as const;
  const file = { bytes: Buffer.from('PNG'), fileName: 'x.png', mediaType: 'image/png' };
  const body = await writeBody({ kind: 'form', parts }, async () => file);
  const boundary = /boundary=(.+)$/.exec(body!.headers['content-type']!)![1]!;
  expect(Buffer.from(body!.bytes).toString().replaceAll(boundary, 'B')).toBe(
    '--B\r\nContent-Disposition: form-data; name="model"\r\n\r\nsora-2\r\n' +
      '--B\r\nContent-Disposition: form-data; name="input_reference"; filename="a%22b%0D%0A.png"\r\n' +
      'Content-Type: image/png\r\n\r\nPNG\r\n--B--\r\n',
  );
});

test('the intent is of what is sent, with media by what they are', () => {
  const of = (url: string, prompt = 'A') =>
    intentOf('mine', { ...ask, body: { kind: 'json', value: { prompt, url } } }, new Map([[url, 'asset:1']]));
  expect(of('https://a/1?signature=x')).toBe(of('https://a/1?signature=y'));
  expect(of('https://a/1', 'B')).not.toBe(of('https://a/1', 'A'));
});
