import { connect, createServer, type Socket } from 'node:net';
import { exchangesOf, findDialect } from '@refreel/core/dialects';
import { wordIn } from './words.ts';

/** Instants of a paid generation's way that can be seen from between sender and vendor. */
export type Passing = 'uploading' | 'asking' | 'asked' | 'answered' | 'working' | 'downloading' | 'downloaded';

/** What is said over a connection. */
type Kind = 'submit' | 'upload' | 'look' | 'film';

/** After so many bytes of the next one of a kind nothing passes any more, in either direction, and nobody is told: the connection stays. */
export interface Silence {
  readonly kind: 'submit' | 'look' | 'film';
  /** `up`: of what the sender says; `down`: of the answer. */
  readonly way: 'up' | 'down';
  readonly after: number;
}

/** One submit as it passed by. */
export interface Submit {
  readonly dialect: string;
  /** Of its prompt, as soon as it came by. */
  word: string | undefined;
  /**
   * `answered`: the sender could read all of it; `late`: all of it, and the sender was killed before or soon after; `faulty`: an answer that says nothing of what was done;
   * `lost`: the vendor's side ended before; `silent`: the connection went silent; `cut`: the sender's side ended before.
   */
  came: 'open' | 'answered' | 'late' | 'faulty' | 'lost' | 'silent' | 'cut';
  /** The answer says that it was accepted. */
  accepted: boolean;
  /** Whoever sent it was killed before the answer: what comes afterwards is read by nobody, even where it comes before the word of that. */
  orphaned: boolean;
  at: number;
}

/** Stands between the senders and their vendor, as the network does. */
export interface VendorWire {
  readonly url: string;
  readonly submits: readonly Submit[];
  /** Told of everything that passes. */
  onPassing: (passing: Passing) => void;
  /** The next connection of that kind goes silent. */
  silence(next: Silence | undefined): void;
  /** How often it did. */
  readonly silenced: () => number;
  /** The sender is killed at this moment. */
  killed(): void;
  close(): Promise<void>;
}

/** Paths that ask for a film, and those that bring a file. */
function readPaths(dialects: readonly string[]) {
  const submits = new Map<string, string>();
  const uploads = new Set<string>();
  for (const id of dialects) {
    const dialect = findDialect(id)!;
    for (const { exchange, base } of dialect.bases.flatMap(({ path }) =>
      exchangesOf(dialect).map((one) => ({ exchange: one, base: path })),
    )) {
      if (exchange.does === 'create') submits.set(base + exchange.path, id);
      if (exchange.does === 'upload') uploads.add(base + exchange.path);
    }
  }
  return { submits, uploads };
}

/** An answer that arrived so long before a kill has been read and written down, on however busy a machine. */
const writtenMilliseconds = 30_000;

export async function openVendorWire(vendor: string, dialects: readonly string[]): Promise<VendorWire> {
  const { submits: submitPaths, uploads } = readPaths(dialects);
  const { hostname, port } = new URL(vendor);
  const submits: Submit[] = [];
  const sockets = new Set<Socket>();
  let next: Silence | undefined;
  let silenced = 0;

  const kindOf = (method: string, path: string): Kind => {
    if (method === 'POST' && submitPaths.has(path)) return 'submit';
    return method !== 'GET' && uploads.has(path) ? 'upload' : 'look';
  };
  const take = (kind: Kind): Silence | undefined => {
    if (next?.kind !== kind) return undefined;
    const taken = next;
    next = undefined;
    return taken;
  };

  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    let submit: Submit | undefined;
    let kind: Kind = 'look';
    let silence: Silence | undefined;
    let silent = false;
    let told = '';
    let chunked = false;
    let [up, down, wanted] = [0, 0, Number.POSITIVE_INFINITY];
    const hush = () => {
      silent = true;
      silenced += 1;
      if (submit?.came === 'open') submit.came = 'silent';
    };
    /** So much of a chunk as may still pass. */
    const passing = (chunk: Buffer, way: Silence['way'], before: number): Buffer => {
      if (silence?.way !== way || before + chunk.length <= silence.after) return chunk;
      const rest = chunk.subarray(0, Math.max(0, silence.after - before));
      hush();
      return rest;
    };
    near.on('data', (chunk: Buffer) => {
      if (silent) return;
      const [, method = '', path = ''] =
        /^([A-Z]{3,7}) ([^\s?]+)\S* HTTP\/1/.exec(chunk.toString('latin1', 0, 500)) ?? [];
      if (method !== '') {
        kind = kindOf(method, path);
        [up, down, told, wanted] = [0, 0, '', Number.POSITIVE_INFINITY];
        silence = take(kind);
        if (kind === 'submit') {
          submit = {
            dialect: submitPaths.get(path)!,
            word: undefined,
            came: 'open',
            accepted: false,
            orphaned: false,
            at: performance.now(),
          };
          submits.push(submit);
          wire.onPassing('asking');
        } else wire.onPassing(kind === 'upload' ? 'uploading' : 'working');
      }
      if (submit !== undefined && submit.word === undefined) {
        told += chunk.toString('latin1');
        submit.word = wordIn(told);
      }
      const rest = passing(chunk, 'up', up);
      up += chunk.length;
      if (rest.length > 0) far.write(rest);
      if (submit?.word !== undefined && submit.came === 'open' && !silent) wire.onPassing('asked');
    });
    far.on('data', (chunk: Buffer) => {
      if (silent) return;
      const head = down === 0 ? chunk.toString('latin1', 0, 4000) : '';
      if (head.startsWith('HTTP/1')) {
        const end = head.indexOf('\r\n\r\n') + 4;
        const length = /\r\ncontent-length: (\d+)/i.exec(head.slice(0, end))?.[1];
        wanted = length === undefined ? Number.POSITIVE_INFINITY : end + Number(length);
        chunked = /\r\ntransfer-encoding: chunked/i.test(head.slice(0, end));
        if (/\r\ncontent-type: video\//i.test(head.slice(0, end))) {
          kind = 'film';
          silence ??= take('film');
          wire.onPassing('downloading');
        }
        if (submit !== undefined && /^HTTP\/1\.\d (?:5|408)/.test(head)) submit.came = 'faulty';
        if (submit !== undefined && /^HTTP\/1\.\d 2/.test(head)) submit.accepted = true;
      }
      const rest = passing(chunk, 'down', down);
      down += chunk.length;
      if (rest.length > 0) near.write(rest);
      const ended = down >= wanted || (chunked && chunk.subarray(-5).toString('latin1') === '0\r\n\r\n');
      if (silent || !ended) return;
      if (kind === 'film') wire.onPassing('downloaded');
      if (submit?.came === 'open') {
        Object.assign(submit, { came: submit.orphaned ? 'late' : 'answered', at: performance.now() });
        wire.onPassing('answered');
      }
      down = 0;
    });
    const over = (by: 'lost' | 'cut') => () => {
      if (silent && by === 'lost') return;
      if (submit?.came === 'open') submit.came = by;
      near.destroy();
      far.destroy();
    };
    near.on('error', () => {}).on('close', over('cut'));
    far.on('error', () => {}).on('close', over('lost'));
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const wire: VendorWire = {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    submits,
    onPassing() {},
    silence(one) {
      next = one;
    },
    silenced: () => silenced,
    killed() {
      const now = performance.now();
      for (const one of submits) {
        if (one.came === 'open') one.orphaned = true;
        if (one.came === 'answered' && now - one.at < writtenMilliseconds) one.came = 'late';
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
  return wire;
}
