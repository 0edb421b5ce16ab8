import { connect, type Socket } from 'node:net';

/** What is asked. */
export interface Question {
  readonly method: string;
  /** Whole, of the server that is asked. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string | undefined;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
}

export interface Asker {
  /** Rejects where no whole reply came. */
  ask(question: Question): Promise<Reply>;
  close(): void;
}

/**
 * Asks over connections that stay. It understands what our servers answer (a length, or no body) and no more HTTP than that: who asks sits on the
 * processors that are measured, and Node's own client takes as much of them as a fifth of an acceptance.
 */
export function openAsker(): Asker {
  const idle = new Map<string, Line[]>();
  const all = new Set<Line>();
  return {
    async ask({ method, url, headers = {}, body }) {
      const { host, hostname, port, pathname, search } = new URL(url);
      const waiting = idle.get(host) ?? [];
      idle.set(host, waiting);
      const line = waiting.pop() ?? new Line(hostname, Number(port));
      all.add(line);
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const head = Object.entries({ host, ...headers, ...length }).map(([name, value]) => `${name}: ${value}\r\n`);
      const reply = await line.ask(`${method} ${pathname}${search} HTTP/1.1\r\n${head.join('')}\r\n`, body);
      waiting.push(line);
      return reply;
    },
    close() {
      for (const line of all) line.close();
    },
  };
}

/** One connection: one question at a time. */
class Line {
  readonly #socket: Socket;
  #answer: PromiseWithResolvers<Reply> | undefined;
  #come: Buffer = Buffer.alloc(0);

  constructor(host: string, port: number) {
    this.#socket = connect({ host, port, noDelay: true });
    this.#socket.on('data', (chunk: Buffer) => {
      this.#come = this.#come.length === 0 ? chunk : Buffer.concat([this.#come, chunk]);
      this.#read();
    });
    this.#socket.on('error', (error) => this.#answer?.reject(error));
    this.#socket.on('close', () => this.#answer?.reject(new Error('the connection was closed')));
  }

  ask(head: string, body: Uint8Array | string | undefined): Promise<Reply> {
    this.#answer = Promise.withResolvers();
    if (typeof body === 'object') {
      this.#socket.cork();
      this.#socket.write(head);
      this.#socket.write(body);
      this.#socket.uncork();
    } else this.#socket.write(head + (body ?? ''));
    return this.#answer.promise;
  }

  #read(): void {
    const end = this.#come.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#come.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const status = Number(head.slice(9, 12));
    if (length === undefined && status !== 204)
      return void this.#answer?.reject(new Error(`an answer without a length: ${head}`));
    const whole = end + 4 + Number(length ?? 0);
    if (this.#come.length < whole) return;
    const text = this.#come.toString('utf8', end + 4, whole);
    this.#come = this.#come.subarray(whole);
    this.#answer?.resolve({ status, text });
  }

  close(): void {
    this.#socket.destroy();
  }
}
