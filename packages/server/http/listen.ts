import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Problem, problem, Refusal } from '@refreel/core/model';
import { refusalText } from './answer.ts';
import { cutOf, sendCut } from './cut.ts';

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /** Takes no more connections and resolves once the last answer was given; after the seconds whatever is left is cut off. */
  close(graceSeconds: number): Promise<void>;
}

/** All headers of a request together. */
const mostHeaderBytes = 16 * 1024;
/** How long a request may take to come. */
export interface ListenerTimes {
  /** A request whose headers take longer is not worth a connection. */
  readonly headerSeconds: number;
  /** A whole request with its body: the largest upload on a slow line. The body's own pauses are watched where it is read. */
  readonly requestSeconds: number;
  /** Between two looks at connections that are late. */
  readonly checkSeconds: number;
}

const usualTimes: ListenerTimes = { headerSeconds: 15, requestSeconds: 15 * 60, checkSeconds: 5 };
/** Longer than proxies keep theirs, so that none sends into a connection that is being closed. */
const keepAliveMilliseconds = 65_000;
const mostConnections = 2000;

/** Listens. Port 0 takes a free one. @throws Refusal `port_in_use` or `address_unusable` */
export async function listen(
  { host, port }: { readonly host: string; readonly port: number },
  fetch: (request: Request) => Promise<Response>,
  times: ListenerTimes = usualTimes,
): Promise<Listener> {
  const server = createAdaptorServer({
    fetch: async (request: Request, bindings) => {
      const answer = await fetch(request);
      const found = cutOf(answer);
      if (found === undefined) return answer;
      await sendCut(answer, found, bindings.outgoing as HttpBindings['outgoing']);
      return RESPONSE_ALREADY_SENT;
    },
    overrideGlobalObjects: false,
    serverOptions: {
      maxHeaderSize: mostHeaderBytes,
      headersTimeout: times.headerSeconds * 1000,
      requestTimeout: times.requestSeconds * 1000,
      keepAliveTimeout: keepAliveMilliseconds,
      connectionsCheckingInterval: times.checkSeconds * 1000,
    },
  }) as Server;
  server.maxConnections = mostConnections;
  // What is no HTTP is answered in our shape too, where there is still somebody to answer.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const { status, words, text } = refuseRaw(error.code, times);
    const head = `HTTP/1.1 ${status} ${words}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}`;
    socket.end(`${head}\r\nConnection: close\r\n\r\n${text}`, () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close(graceSeconds) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A connection whose last answer is given would be kept for the next request, which nobody will answer.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const cut = setTimeout(() => server.closeAllConnections(), graceSeconds * 1000);
      await closed;
      clearInterval(idle);
      clearTimeout(cut);
    },
  };
}

function refuseRaw(
  code: string | undefined,
  { headerSeconds }: ListenerTimes,
): { status: number; words: string; text: string } {
  const raw = (status: number, words: string, one: Problem) => ({ status, words, text: refusalText([one], 'en').body });
  if (code === 'HPE_HEADER_OVERFLOW')
    return raw(431, 'Request Header Fields Too Large', problem('body_too_large', 'headers', { limitBytes: '16 KB' }));
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return raw(408, 'Request Timeout', problem('body_slow', '', { limit: headerSeconds }));
  const found = { en: 'it is not HTTP', zh: '不是 HTTP' };
  return raw(400, 'Bad Request', problem('body_unreadable', '', { found, limit: 'HTTP/1.1' }));
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  if (error.code === 'EADDRINUSE') return new Refusal(problem('port_in_use', 'REFREEL_PORT', { found: port }));
  if (error.syscall !== 'listen' && error.syscall !== 'getaddrinfo') return error;
  return new Refusal(
    problem('address_unusable', 'REFREEL_HOST', { found: `${host}:${port}`, limit: error.code ?? 'unknown' }),
  );
}
