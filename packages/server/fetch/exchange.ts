import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Dialled } from './dial.ts';
import { FetchRefused } from './refusal.ts';
import type { Target } from './target.ts';

/** What is sent. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The head of a response, and its body as it comes. */
export interface Answer {
  readonly status: number;
  /** A header's value; several of the same name joined by commas, as HTTP reads them. */
  header(name: string): string | undefined;
  /** Can be read once. Throws `FetchRefused`, or the signal's reason. */
  body(): AsyncGenerator<Buffer>;
  close(): void;
}

/**
 * Asks once, over a connection that serves this one request only: nothing that was checked for one URL is ever used for another.
 * Bytes off the wire are capped too, since what is no body (names of chunks, a status line without end) counts nowhere else.
 * Throws `FetchRefused`, or the signal's reason.
 *
 * On `node:http` and not on undici: undici 7.30.2 ends the whole process when a server closes the connection while we are still writing
 * the body (an assertion that nobody can catch, nodejs/undici#5360, mended in 8).
 */
export async function ask(
  target: Target,
  dialled: Dialled,
  mostBytes: number,
  signal: AbortSignal,
  message?: Message,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  let failure: Error | undefined;
  const refused = (error: unknown) => refusedBy(failure ?? error, signal);
  // Faults of the grammar within a body are told to the request, and to the response only as a broken connection.
  const fail = (error: Error) => {
    failure ??= error;
  };
  dialled.socket.once('error', fail);
  const asked = request({
    method: message === undefined ? 'GET' : 'POST',
    path: `${target.url.pathname}${target.url.search}`,
    setHost: false,
    headers: {
      ...headers,
      ...message?.headers,
      ...(message !== undefined && { 'content-length': Buffer.byteLength(message.body) }),
      host: target.url.host,
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'refreel',
      connection: 'close',
    },
    // Given a connection it takes no agent, and so knows neither pools nor proxies.
    createConnection: () => dialled.socket,
    maxHeaderSize: mostHeaderBytes,
    insecureHTTPParser: false,
    signal,
  });
  asked.on('error', fail);
  const close = () => {
    asked.destroy();
    dialled.close();
  };
  const wire = watchWire(asked, dialled, mostBytes);
  limitNotices(asked);
  try {
    const answer = await responseTo(asked, signal, message?.body);
    wire.headIsIn();
    const { 'content-length': length, 'transfer-encoding': framing } = answer.headers;
    return {
      status: answer.statusCode ?? 0,
      header: (name) => answer.headersDistinct[name]?.join(', '),
      async *body() {
        try {
          yield* answer;
        } catch (error) {
          throw refused(error);
        }
        if (signal.aborted) throw signal.reason;
        // Where the end of the connection is the end of the body, a reset looks like one to the parser. Elsewhere the body is whole by
        // now, and what went wrong after it is nothing to us.
        if (length === undefined && framing === undefined && failure !== undefined) throw refused(failure);
      },
      close,
    };
  } catch (error) {
    close();
    throw refused(error);
  }
}

/** Interim responses that a server may send before the real one. */
const mostNotices = 8;
const mostHeaderBytes = 16 * 1024;
/** More than a head may have, since the first reads bring body with it. */
const mostHeadWireBytes = 256 * 1024;

function responseTo(
  asked: ClientRequest,
  signal: AbortSignal,
  body: string | Uint8Array | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Not left to the request alone: after an upgrade it tells of nothing any more.
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    asked.once('upgrade', () =>
      reject(new FetchRefused({ code: 'response_invalid', limit: 'HTTP/1.1', found: 'an upgrade' })),
    );
    asked.once('response', (answer) => {
      // Told to whoever reads the body; without a reader it must not end the process.
      answer.on('error', () => {});
      resolve(answer);
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

function watchWire(asked: ClientRequest, dialled: Dialled, mostBytes: number): { headIsIn(): void } {
  let isHead = true;
  asked.once('socket', (socket) => {
    socket.on('data', () => {
      const found = dialled.wireBytes();
      if (found <= (isHead ? mostHeadWireBytes : 2 * mostBytes + mostHeadWireBytes)) return;
      const reason = isHead
        ? ({ code: 'response_invalid', limit: `${mostHeadWireBytes} bytes`, found: 'a longer head' } as const)
        : ({ code: 'too_large', unit: 'bytes', limit: mostBytes, found } as const);
      asked.destroy(new FetchRefused(reason));
    });
  });
  return {
    headIsIn() {
      isHead = false;
    },
  };
}

function limitNotices(asked: ClientRequest): void {
  let notices = 0;
  asked.on('information', () => {
    if (++notices <= mostNotices) return;
    const found = `${notices} responses 1xx`;
    asked.destroy(new FetchRefused({ code: 'response_invalid', limit: mostNotices, found }));
  });
}

/** What a failed exchange means; a bug of ours stays what it is. */
function refusedBy(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof FetchRefused) return error;
  if (signal.aborted) return signal.reason;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || code.startsWith('ERR_INVALID')) return error;
  if (code === 'HPE_HEADER_OVERFLOW') {
    const found = 'longer headers';
    return new FetchRefused({ code: 'response_invalid', limit: `${mostHeaderBytes} bytes`, found }, error);
  }
  // The end of the connection inside of something is a fault of the grammar too.
  if (code === 'HPE_INVALID_EOF_STATE') return new FetchRefused({ code: 'reset' }, error);
  if (code.startsWith('HPE_')) {
    return new FetchRefused({ code: 'response_invalid', limit: 'HTTP/1.1', found: code }, error);
  }
  return new FetchRefused({ code: 'reset', found: code }, error);
}
