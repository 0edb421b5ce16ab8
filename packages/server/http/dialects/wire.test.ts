import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

// What comes over the wire from clients that are no browsers and no fetch: curl, old libraries, scripts.

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
}, 60_000);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

const body = JSON.stringify({ model: 'sora-2', prompt: 'A lamp is lit.' });
const key = 'Authorization: Bearer sk-x';
const type = 'Content-Type: application/json';
const create = '/openai/v1/videos';

/** Sends text as it is and reads until the server has nothing to add. `more` is sent once something came back. */
async function send(text: string, more?: string | Uint8Array): Promise<string> {
  const { port } = new URL(server.url);
  return await new Promise((resolve, reject) => {
    let came = '';
    let rest = more;
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      came += chunk;
      if (rest !== undefined) socket.write(rest);
      rest = undefined;
    });
    socket.on('end', () => resolve(came));
    socket.on('error', reject);
  });
}

function lines(...all: readonly string[]): string {
  return `${all.join('\r\n')}\r\n\r\n`;
}

const host = () => `Host: ${new URL(server.url).host}`;
const length = `Content-Length: ${body.length}`;
const close = 'Connection: close';

describe('a request as it is written by hand', () => {
  test('of HTTP/1.0 is answered, and the connection is closed behind it', async () => {
    const answer = await send(lines(`POST ${create} HTTP/1.0`, host(), key, type, length) + body);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('"object":"video"');
    expect(answer).not.toMatch(/^transfer-encoding:/im);
  });

  test('that waits for leave to send its body is given it', async () => {
    const head = lines(`POST ${create} HTTP/1.1`, host(), key, type, length, close, 'Expect: 100-continue');
    const answer = await send(head, body);
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });

  test('in pieces is read whole', async () => {
    const piece = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
    const head = lines(`POST ${create} HTTP/1.1`, host(), key, type, close, 'Transfer-Encoding: chunked');
    const answer = await send(`${head}${piece(body.slice(0, 7))}${piece(body.slice(7))}0\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe.each([
  ['openai', create, body],
  ['qiniu', '/qiniu/v1/videos', body],
  [
    'venice',
    '/venice/api/v1/video/queue',
    JSON.stringify({
      model: 'grok-imagine-reference-to-video',
      prompt: 'A lamp.',
      referenceImageUrls: ['https://x.example/a.png'],
    }),
  ],
  [
    'toapis',
    '/toapis/v1/videos/generations',
    JSON.stringify({ model: 'kling-v3', prompt: 'A lamp.', reference_images: ['https://x.example/a.png'] }),
  ],
] as const)('%s', (_, path, text) => {
  const ask = (more: Parameters<TestServer['ask']>[1], at: string = path) =>
    server.ask(at, { key: 'sk-x', bytes: text, ...more });
  const json = 'application/json';

  test.each([[json], ['application/json;charset=UTF-8'], ['Application/JSON; charset=utf-8']])(
    'takes %s',
    async (contentType) => {
      const { status, bytes } = await ask({ headers: { 'content-type': contentType } });
      expect([status, bytes.toString()]).toEqual([200, expect.stringMatching(/id/)]);
    },
  );

  test.each([
    // What `curl -d` sends by itself.
    ['application/x-www-form-urlencoded'],
    ['text/plain'],
  ])('says of %s which type it wants', async (contentType) => {
    const { status, bytes } = await ask({ headers: { 'content-type': contentType } });
    expect([400, 415]).toContain(status);
    expect(bytes.toString()).toContain('application/json');
  });

  test('says that packed bodies are not taken', async () => {
    const headers = { 'content-type': json, 'content-encoding': 'gzip' };
    const { status, bytes } = await ask({ headers, bytes: gzipSync(text) });
    expect([400, 415]).toContain(status);
    expect(bytes.toString()).toContain('Content-Encoding');
  });

  test('does not mind slashes at the end, or two of them where a base ended with one', async () => {
    const headers = { 'content-type': json };
    const doubled = path.replace(/\/v1\//, '/v1//');
    for (const at of [`${path}/`, doubled, `/${path}`])
      expect([at, (await ask({ headers }, at)).status]).toEqual([at, 200]);
  });

  test('answers what accepts other types in its own', async () => {
    for (const accept of ['text/event-stream', 'application/binary', '*/*', 'text/html']) {
      const { status, headers } = await ask({ headers: { 'content-type': json, accept } });
      expect([status, headers.get('content-type')]).toEqual([200, json]);
    }
  });

  test('names the methods that it takes', async () => {
    for (const method of ['OPTIONS', 'PUT', 'PATCH']) {
      const { status, headers } = await server.ask(path, { method, key: 'sk-x' });
      expect([404, 405]).toContain(status);
      expect(headers.get('allow')).toContain('POST');
    }
  });
});

test('HEAD is answered as GET is, without the body', async () => {
  const { status, headers, bytes } = await server.ask(create, { method: 'HEAD', key: 'sk-x' });
  expect([status, headers.get('content-type'), bytes.length]).toEqual([200, 'application/json', 0]);
});
