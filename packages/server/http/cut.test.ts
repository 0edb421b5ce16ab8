import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cut } from './cut.ts';
import { type Listener, listen } from './listen.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let listener: Listener;
const answers: Record<string, () => Response> = {
  '/whole': () => new Response('0123456789'),
  '/reset': () => cut(new Response('0123456789'), 'reset'),
  '/lost': () => cut(new Response('0123456789'), 'close'),
  '/half': () => cut(new Response('0123456789', { headers: { 'content-length': '10' } }), 'close', 5),
  '/none': () => cut(new Response('0123456789', { headers: { 'content-length': '10' } }), 'close', 0),
  '/large': () =>
    cut(new Response(Buffer.alloc(8_000_000), { headers: { 'content-length': '8000000' } }), 'close', 4_000_000),
};

beforeAll(async () => {
  const answer = async (request: Request) => {
    await request.text();
    return answers[new URL(request.url).pathname]!();
  };
  listener = await listen({ host: '127.0.0.1', port: 0 }, answer);
});
afterAll(() => listener.close(0));

/** Everything that came, and how the connection ended. */
function ask(path: string, body = ''): Promise<{ text: string; end: string }> {
  return new Promise((resolve) => {
    let text = '';
    let end = 'closed';
    const socket = connect(listener.port, '127.0.0.1', () =>
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      ),
    );
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end = error.code ?? 'error';
    });
    socket.on('close', () => resolve({ text: text.slice(text.indexOf('\r\n\r\n') + 4), end }));
  });
}

test('what is not marked comes whole', async () => {
  expect(await ask('/whole', 'body')).toEqual({ text: '0123456789', end: 'closed' });
});

test('a reset is one', async () => {
  expect(await ask('/reset', 'body')).toEqual({ text: '', end: 'ECONNRESET' });
});

test('a lost answer has not even a status', async () => {
  expect(await ask('/lost', 'body')).toEqual({ text: '', end: 'closed' });
});

test('an answer breaks off where it was meant to', async () => {
  expect(await ask('/half')).toEqual({ text: '01234', end: 'closed' });
  expect(await ask('/none')).toEqual({ text: '', end: 'closed' });
  expect((await ask('/large')).text.length).toBe(4_000_000);
  const client = fetch(`http://127.0.0.1:${listener.port}/half`, { method: 'POST' }).then((answer) => answer.text());
  await expect(client).rejects.toThrow('terminated');
});

test('who goes away in the middle harms nobody', async () => {
  const socket = connect(listener.port, '127.0.0.1', () => {
    socket.write('POST /large HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
    socket.once('data', () => socket.destroy());
  });
  await new Promise((resolve) => socket.on('close', resolve));
  expect((await ask('/whole')).text).toBe('0123456789');
});
