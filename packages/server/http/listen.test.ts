import { connect, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { type Listener, type ListenerTimes, listen } from './listen.ts';

let asked = 0;
const listeners: Listener[] = [];
afterAll(() => Promise.all(listeners.map((listener) => listener.close(0))));

async function listenWith(times: Partial<ListenerTimes>): Promise<number> {
  const answer = async (request: Request) => {
    asked += 1;
    const body = await request.text().catch((error: Error) => error.name);
    return new Response(`served ${body}`);
  };
  const all = { headerSeconds: 600, requestSeconds: 600, checkSeconds: 0.1, ...times };
  const listener = await listen({ host: '127.0.0.1', port: 0 }, answer, all);
  listeners.push(listener);
  return listener.port;
}

interface Line {
  readonly socket: Socket;
  /** Everything that came until the server ended the connection. */
  readonly answer: Promise<string>;
}

function open(port: number, first: string): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(first);
      resolve({ socket, answer });
    });
    const { promise: answer, resolve: end } = Promise.withResolvers<string>();
    let all = '';
    socket.on('data', (chunk) => {
      all += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => end(all));
  });
}

/** Sends a little every now and then, for as long as it is let. */
function dribble({ socket }: Line, text: (number: number) => string): NodeJS.Timeout {
  let number = 0;
  return setInterval(() => {
    if (socket.writable) socket.write(text(number++));
  }, 50);
}

test('headers that never end are cut off in words, and hold up nobody else', async () => {
  const port = await listenWith({ headerSeconds: 0.5 });
  const before = asked;
  const lines = await Promise.all(Array.from({ length: 20 }, () => open(port, 'GET / HTTP/1.1\r\nHost: x\r\n')));
  const timers = lines.map((line) => dribble(line, (number) => `X-${number}: y\r\n`));
  const silent = await open(port, '');
  const other = await fetch(`http://127.0.0.1:${port}/`);
  expect(await other.text()).toBe('served ');
  for (const answer of await Promise.all(lines.map((line) => line.answer))) {
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!).error.code).toBe('body_slow');
  }
  expect(await silent.answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(asked).toBe(before + 1);
  for (const timer of timers) clearInterval(timer);
});

test('a body that never ends is cut off too', async () => {
  const port = await listenWith({ headerSeconds: 1, requestSeconds: 1 });
  const line = await open(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n');
  const timer = dribble(line, () => '.');
  expect(await line.answer).toMatch(/^HTTP\/1\.1 408 |^$/);
  clearInterval(timer);
});
