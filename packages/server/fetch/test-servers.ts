import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createSecureRawServer } from 'node:tls';
import type { Downloaded, FetchLimits } from './download.ts';
import { type GuardedFetchOptions, isRefusal, openGuardedFetch } from './guarded-fetch.ts';
import type { FetchRefusal } from './refusal.ts';

/** A server on 127.0.0.1, and what has reached it. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Connections that were opened. */
  connections(): number;
  /** Connections that are open. */
  open(): number;
}

/** Servers and a folder for one test, and a guarded fetch that may reach them. */
export interface Ground {
  readonly folder: string;
  serve(answer: RequestListener): Promise<TestServer>;
  serveSecurely(certificate: { key: string; cert: string }, answer: RequestListener): Promise<TestServer>;
  /** Writes whatever it likes once a request's head has come in. */
  serveRaw(answer: (socket: Socket, head: string) => void): Promise<TestServer>;
  serveRawSecurely(
    certificate: { key: string; cert: string },
    answer: (socket: Socket, head: string) => void,
  ): Promise<TestServer>;
  fetch(url: string, asked?: Asked): Promise<Downloaded | FetchRefusal>;
  refusal(url: string, asked?: Asked): Promise<FetchRefusal>;
  downloaded(url: string, asked?: Asked): Promise<Downloaded>;
  /** Names of the files that are there. */
  files(): Promise<string[]>;
  close(): Promise<void>;
}

export interface Asked {
  readonly options?: GuardedFetchOptions;
  readonly limits?: Partial<FetchLimits>;
  readonly signal?: AbortSignal;
}

const limits: FetchLimits = { bytes: 100_000, totalSeconds: 5, idleSeconds: 2, redirects: 3 };

export async function openGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'refreel-fetch-'));
  const closing: (() => Promise<void>)[] = [];
  let files = 0;

  async function start(server: Server, scheme: string): Promise<TestServer> {
    const sockets = new Set<Socket>();
    let connections = 0;
    server.on('connection', (socket) => {
      connections++;
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    });
    server.on('tlsClientError', () => {});
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closing.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    });
    const { port } = server.address() as AddressInfo;
    return { url: `${scheme}://127.0.0.1:${port}`, port, connections: () => connections, open: () => sockets.size };
  }

  function onHead(answer: (socket: Socket, head: string) => void): (socket: Socket) => void {
    return (socket) => {
      let head = '';
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        if (head.includes('\r\n\r\n')) return;
        head += chunk.toString('latin1');
        if (head.includes('\r\n\r\n')) answer(socket, head);
      });
    };
  }

  const ground: Ground = {
    folder,
    serve: (answer) => start(createServer(answer), 'http'),
    serveSecurely: (certificate, answer) => start(createSecureServer(certificate, answer), 'https'),
    serveRaw: (answer) => start(createRawServer(onHead(answer)), 'http'),
    serveRawSecurely: (certificate, answer) => start(createSecureRawServer(certificate, onHead(answer)), 'https'),
    fetch(url, asked = {}) {
      const fetch = openGuardedFetch({ allow: ['127.0.0.1'], ...asked.options });
      const file = join(folder, `file-${files++}`);
      return fetch.download(url, { file }, { ...limits, ...asked.limits }, asked.signal);
    },
    async refusal(url, asked) {
      const result = await ground.fetch(url, asked);
      if (!isRefusal(result)) throw new Error(`expected a refusal, got ${JSON.stringify(result)}`);
      return result;
    },
    async downloaded(url, asked) {
      const result = await ground.fetch(url, asked);
      if (isRefusal(result)) throw new Error(`expected a file, got ${JSON.stringify(result)}`);
      return result;
    },
    files: () => readdir(folder),
    async close() {
      await Promise.all(closing.map((one) => one()));
      await rm(folder, { recursive: true });
    },
  };
  return ground;
}
