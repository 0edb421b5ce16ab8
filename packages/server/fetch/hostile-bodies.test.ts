import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openGuardedFetch } from './guarded-fetch.ts';
import { makeCertificate } from './test-certificate.ts';
import { type Asked, type Ground, openGround } from './test-servers.ts';

let ground: Ground;
beforeEach(async () => {
  ground = await openGround();
});
afterEach(() => ground.close());

const ok = 'HTTP/1.1 200 OK\r\n';

/** Writes again and again as fast as the other side takes it, until it hangs up. */
function pour(socket: Socket, next: () => string | Buffer): void {
  let isOpen = true;
  socket.on('close', () => {
    isOpen = false;
  });
  const more = () => {
    while (isOpen && socket.write(next()));
  };
  socket.on('drain', more);
  more();
}

/** One byte every 50 ms. */
function drip(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 50);
  socket.on('close', () => clearInterval(timer));
}

async function refused(answer: (socket: Socket) => void, asked: Asked = {}) {
  const server = await ground.serveRaw(answer);
  const refusal = await ground.refusal(`${server.url}/film.mp4?signature=secret`, asked);
  expect(refusal.url).toBe(`${server.url}/film.mp4`);
  expect(JSON.stringify(refusal)).not.toContain('secret');
  expect(await ground.files()).toEqual([]);
  expect(server.connections()).toBe(1);
  await expect.poll(() => server.open(), { interval: 5 }).toBe(0);
  return refusal;
}

test('what is within the limit arrives whole, with its hash', async () => {
  const body = randomBytes(100_000);
  const server = await ground.serve((_request, response) =>
    response.setHeader('content-type', 'Video/MP4; x=1').end(body),
  );
  const result = await ground.downloaded(`${server.url}/film.mp4?part=1#here`);
  expect(result).toEqual({
    file: result.file,
    bytes: 100_000,
    sha256: createHash('sha256').update(body).digest('hex'),
    url: `${server.url}/film.mp4?part=1`,
    claimedType: 'video/mp4',
    redirects: 0,
  });
  expect((await readFile(result.file)).equals(body)).toBe(true);
});

test('a length beyond the limit is refused before the body', async () => {
  const refusal = await refused((socket) => socket.write(`${ok}content-length: 100001\r\n\r\n`));
  expect(refusal).toMatchObject({ code: 'too_large', unit: 'bytes', limit: 100_000, found: 100_001 });
});

test.each([
  ['without a length', 'connection: close\r\n\r\n', () => Buffer.alloc(16_384)],
  ['in chunks', 'transfer-encoding: chunked\r\n\r\n', () => `4000\r\n${'x'.repeat(0x4000)}\r\n`],
])('an endless body %s is cut at the limit', async (_how, headers, next) => {
  const refusal = await refused((socket) => {
    socket.write(ok + headers);
    pour(socket, next);
  });
  expect(refusal).toMatchObject({ code: 'too_large', limit: 100_000 });
  expect(refusal.found).toBeGreaterThan(100_000);
});

/** 15 bytes on the wire for each of the body. */
const tinyChunks = '000000000001\r\nx\r\n'.repeat(1000);

test('framing counts too, and so does what never becomes a body', async () => {
  const tiny = await refused((socket) => {
    socket.write(`${ok}transfer-encoding: chunked\r\n\r\n`);
    pour(socket, () => tinyChunks);
  });
  expect(tiny).toMatchObject({ code: 'too_large', unit: 'bytes', limit: 100_000 });
  // Counted on the wire: the body alone would have been cut just above its limit.
  expect(tiny.found).toBeGreaterThan(200_000);
  const extension = await refused((socket) => {
    socket.write(`${ok}transfer-encoding: chunked\r\n\r\n1;`);
    pour(socket, () => 'x'.repeat(16_384));
  });
  expect(extension).toMatchObject({ code: 'response_invalid' });
});

test('framing is counted inside an encrypted connection as well', async () => {
  const certificate = makeCertificate();
  const server = await ground.serveRawSecurely(certificate, (socket) => {
    socket.write(`${ok}transfer-encoding: chunked\r\n\r\n`);
    pour(socket, () => tinyChunks);
  });
  const options = { allow: ['127.0.0.1'], authorities: [certificate.cert] };
  const refusal = await ground.refusal(server.url, { options });
  expect(refusal).toMatchObject({ code: 'too_large', limit: 100_000 });
  expect(refusal.found).toBeGreaterThan(200_000);
});

test.each([
  ['nothing at all', ''],
  ['half a head', 'HTTP/1.1 200 OK\r\ncontent-'],
  ['a head and no body', `${ok}content-length: 10\r\n\r\n`],
  ['half a body', `${ok}content-length: 10\r\n\r\nhalf`],
  ['half a body without a length', `${ok}\r\nhalf`],
  ['half a chunk', `${ok}transfer-encoding: chunked\r\n\r\nff\r\nhalf`],
])('silence after %s is an idle timeout', async (_what, text) => {
  const refusal = await refused((socket) => socket.write(text), { limits: { idleSeconds: 0.2 } });
  expect(refusal).toMatchObject({ code: 'timeout', unit: 'seconds', limit: 0.2, found: 'idle' });
});

test.each([
  ['a head', 'HTTP/1.1 200 OK\r\nx: ', 'x', 'idle', 0.3],
  ['interim responses', '', 'HTTP/1.1 103 Early Hints\r\n\r\n', 'idle', 0.3],
  ['names of chunks', `${ok}transfer-encoding: chunked\r\n\r\n1;`, 'x', 'idle', 0.3],
  ['a body', `${ok}content-length: 5000\r\n\r\n`, 'x', 'unfinished', 0.5],
])('%s byte by byte does not hold us beyond the clocks', async (_what, start, again, found, limit) => {
  const limits = { idleSeconds: 0.3, totalSeconds: 0.5 };
  const refusal = await refused(
    (socket) => {
      socket.write(start);
      drip(socket, again);
    },
    { limits },
  );
  expect(refusal).toMatchObject({ code: 'timeout', limit, found });
});

test('a server that accepts and never speaks TLS is an idle timeout', async () => {
  const server = await ground.serveRaw(() => {});
  const url = server.url.replace('http:', 'https:');
  expect(await ground.refusal(url, { limits: { idleSeconds: 0.2 } })).toMatchObject({ code: 'timeout', found: 'idle' });
});

test('a flood of interim responses is refused', async () => {
  const refusal = await refused((socket) => pour(socket, () => 'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n'));
  expect(refusal).toMatchObject({ code: 'response_invalid', limit: 8, found: '9 responses 1xx' });
});

test('a few interim responses are passed over', async () => {
  const server = await ground.serveRaw((socket) => {
    socket.end(`HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${ok}content-length: 4\r\n\r\nfilm`);
  });
  expect(await ground.downloaded(server.url)).toMatchObject({ bytes: 4 });
});

test.each([
  ['headers', () => 'x-filler: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n', ok],
  ['one header', () => 'x'.repeat(1000), `${ok}x-filler: `],
  ['a status line', () => 'x'.repeat(1000), 'HTTP/1.1 200 '],
])('endless %s are refused', async (_what, next, start) => {
  const refusal = await refused((socket) => {
    socket.write(start);
    pour(socket, next);
  });
  expect(refusal).toMatchObject({ code: 'response_invalid' });
});

test.each([
  ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['a page without a head', '<html>hello</html>'],
  ['a chunk of no size', `${ok}transfer-encoding: chunked\r\n\r\nfilm\r\n`],
  ['a chunk longer than it says', `${ok}transfer-encoding: chunked\r\n\r\n2\r\nfilm\r\n0\r\n\r\n`],
  ['two lengths', `${ok}content-length: 4\r\ncontent-length: 5\r\n\r\nfilm`],
  ['a length and chunks', `${ok}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n4\r\nfilm\r\n0\r\n\r\n`],
  ['a length that is none', `${ok}content-length: -1\r\n\r\nfilm`],
  ['a bare line feed in a header', `${ok}x: a\nb\r\n\r\n`],
])('%s is not HTTP', async (_what, text) => {
  expect(await refused((socket) => socket.end(text))).toMatchObject({ code: 'response_invalid' });
});

test.each([
  ['before the head', ''],
  ['in the head', 'HTTP/1.1 200 OK\r\nconte'],
  ['before its length is reached', `${ok}content-length: 10\r\n\r\nhalf`],
  ['inside a chunk', `${ok}transfer-encoding: chunked\r\n\r\nff\r\nhalf`],
  ['as announced, but inside a chunk', `${ok}connection: close\r\ntransfer-encoding: chunked\r\n\r\nff\r\nhalf`],
  ['as announced, but too early', `${ok}connection: close\r\ncontent-length: 10\r\n\r\nhalf`],
  ['before the last chunk', `${ok}transfer-encoding: chunked\r\n\r\n4\r\nfilm\r\n`],
])('a connection that ends %s is broken', async (_when, text) => {
  expect(await refused((socket) => socket.end(text))).toMatchObject({ code: 'reset' });
});

test.each([
  ['with a length', `${ok}content-length: 10\r\n\r\nhalf`],
  ['with a length, announced as the last', `${ok}connection: close\r\ncontent-length: 10\r\n\r\nhalf`],
  ['in chunks', `${ok}transfer-encoding: chunked\r\n\r\nff\r\nhalf`],
  ['whose end would be the end of the connection', `${ok}connection: close\r\n\r\nhalf`],
])('a reset within a body %s is broken', async (_how, text) => {
  const refusal = await refused((socket) => socket.write(text, () => setTimeout(() => socket.resetAndDestroy(), 50)));
  expect(refusal).toMatchObject({ code: 'reset' });
});

test('HTTP/1.0 without a length ends with the connection', async () => {
  const server = await ground.serveRaw((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nold film'));
  expect(await ground.downloaded(server.url)).toMatchObject({ bytes: 8 });
});

test('what follows the length is not taken', async () => {
  const server = await ground.serveRaw((socket) => socket.end(`${ok}content-length: 4\r\n\r\nfilm and more`));
  const result = await ground.downloaded(server.url);
  expect(await readFile(result.file, 'utf8')).toBe('film');
});

test('a body that waits for our disk while the server hangs up arrives whole', async () => {
  const body = randomBytes(3_000_000);
  for (const headers of ['', `content-length: ${body.length}\r\n`]) {
    const server = await ground.serveRaw((socket) => {
      socket.write(`${ok}${headers}connection: close\r\n\r\n`);
      socket.end(body);
    });
    const sha256 = createHash('sha256').update(body).digest('hex');
    expect(await ground.downloaded(server.url, { limits: { bytes: 4_000_000 } })).toMatchObject({ sha256 });
  }
});

test('an encoded body is refused, a bomb above all', async () => {
  const bomb = gzipSync(Buffer.alloc(5_000_000));
  const asked: (string | string[] | undefined)[] = [];
  const server = await ground.serve((request, response) => {
    asked.push(request.headers['accept-encoding']);
    response.setHeader('content-encoding', 'gzip').end(bomb);
  });
  expect(await ground.refusal(server.url)).toMatchObject({ code: 'encoding', limit: 'identity', found: 'gzip' });
  expect(asked).toEqual(['identity']);
  const framed = await refused((socket) => socket.end(`${ok}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`));
  expect(framed).toMatchObject({ code: 'encoding', limit: 'chunked', found: 'gzip, chunked' });
});

test.each([204, 206, 304, 403, 404, 429, 500])('status %i is told', async (status) => {
  const refusal = await refused((socket) => socket.end(`HTTP/1.1 ${status} Secret\r\ncontent-length: 0\r\n\r\n`));
  expect(refusal).toMatchObject({ code: 'status', unit: 'status', limit: 200, found: status });
});

test('an unasked upgrade is refused', async () => {
  const refusal = await refused((socket) => {
    socket.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  });
  expect(refusal).toMatchObject({ code: 'response_invalid', found: 'an upgrade' });
});

test.each([
  ['text/html; charset=utf-8', false],
  ['application/json', false],
  ['application/vnd.apple.mpegurl', false],
  ['audio/x-mpegurl', false],
  ['image/svg+xml', false],
  ['video/mp4', false],
  ['image/png', true],
  ['application/octet-stream', true],
  ['text/plain', true],
  ['nonsense', true],
])('for a picture the claim %s passes: %s', async (type, passes) => {
  const server = await ground.serve((_request, response) => response.setHeader('content-type', type).end('bytes'));
  const result = await ground.fetch(server.url, { limits: { accept: ['image'] } });
  if (passes) expect(result).toMatchObject({ bytes: 5 });
  else expect(result).toMatchObject({ code: 'content_type', limit: 'image', found: type.replace(/;.*/, '') });
});

test('the caller stops it whenever it likes, and finds nothing left', async () => {
  const stop = new AbortController();
  const server = await ground.serveRaw((socket) => {
    socket.write(`${ok}content-length: 10\r\n\r\nhalf`, () => setTimeout(() => stop.abort(new Error('enough')), 50));
  });
  await expect(ground.fetch(server.url, { signal: stop.signal })).rejects.toThrow('enough');
  await expect(ground.fetch(server.url, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
  expect(await ground.files()).toEqual([]);
  await expect.poll(() => server.open(), { interval: 5 }).toBe(0);
});

test('a file that cannot be made is no refusal', async () => {
  const server = await ground.serve((_request, response) => response.end('film'));
  const limits = { bytes: 10, totalSeconds: 2, idleSeconds: 2, redirects: 0 };
  const file = `${ground.folder}/missing/file`;
  const download = openGuardedFetch({ allow: ['127.0.0.1'] }).download(server.url, { file }, limits);
  await expect(download).rejects.toMatchObject({ code: 'ENOENT' });
  await expect.poll(() => server.open(), { interval: 5 }).toBe(0);
});

test('a file that is there is left alone', async () => {
  const server = await ground.serve((_request, response) => response.end('film'));
  const { file } = await ground.downloaded(server.url);
  const limits = { bytes: 10, totalSeconds: 2, idleSeconds: 2, redirects: 0 };
  const download = openGuardedFetch({ allow: ['127.0.0.1'] }).download(server.url, { file }, limits);
  await expect(download).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await readFile(file, 'utf8')).toBe('film');
});
