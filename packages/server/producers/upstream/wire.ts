import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Answer, Ask } from '@refreel/core/dialects';
import { type Account, originOf } from '../../accounts/index.ts';
import { dialTrusted } from '../../fetch/index.ts';
import { type AnswerLimits, readAnswer } from './read-answer.ts';
import { jsonOf, type WireBody } from './wire-body.ts';

/** What became of a message. Only `unsent` is certain that the vendor never saw it. */
export type Sent =
  | { readonly is: 'answer'; readonly answer: Answer }
  | { readonly is: 'unsent'; readonly why: string }
  | { readonly is: 'lost'; readonly why: string };

/** How one account is spoken to. */
export interface Wire {
  /**
   * Sends what costs: once, over a connection of its own that nothing was sent over before, so that whatever breaks before it stands has
   * surely sent nothing. Never redirected, never repeated.
   */
  submit(ask: Ask, body: WireBody | undefined, seconds: number): Promise<Sent>;
  /** Asks what costs nothing, over connections that are kept; a body of JSON need not be written. Throws the signal's reason. */
  ask(ask: Ask, body: WireBody | undefined, limits: AnswerLimits, signal?: AbortSignal): Promise<Sent>;
  close(): void;
}

/** Until a connection stands. */
const dialSeconds = 15;
const mostHeaderBytes = 64 * 1024;
/** Generations that are looked at, at the same time. */
const mostSockets = 64;

/**
 * The wire to an account. The key goes into messages for its own base address and into no others, and no redirect is followed.
 *
 * On `node:http` and not on undici: undici 7.30.2 ends the whole process when a server closes the connection while we are still writing
 * the body (an assertion that nobody can catch, nodejs/undici#5360, mended in 8).
 */
export function openWire(account: Account): Wire {
  const secure = account.baseUrl.startsWith('https:');
  const options = { keepAlive: true, maxSockets: mostSockets, timeout: 60_000 };
  const agent = secure ? new SecureAgent({ ...options, rejectUnauthorized: true }) : new Agent(options);

  const messageOf = ({ method, path, address, query, headers, body: said }: Ask, given: WireBody | undefined) => {
    const body = given ?? (said.kind === 'json' ? jsonOf(said.value) : undefined);
    const search = new URLSearchParams(query).toString();
    const url = new URL(`${address ?? account.baseUrl + path}${search === '' ? '' : `?${search}`}`);
    // The pool and the connection are to this origin; an address of another one is for the guard.
    if (url.origin !== originOf(account)) throw new Error("a message for another origin than the account's");
    return {
      url,
      options: {
        method,
        path: url.pathname + url.search,
        maxHeaderSize: mostHeaderBytes,
        insecureHTTPParser: false,
        headers: {
          accept: '*/*',
          'accept-encoding': 'identity',
          'user-agent': 'refreel',
          ...body?.headers,
          ...headers,
          ...(address === undefined && account.key.headers(account.dialect)),
          host: url.host,
          ...((body !== undefined || method === 'POST') && { 'content-length': body?.bytes.byteLength ?? 0 }),
        },
      },
      body,
    };
  };

  return {
    async submit(ask, body, seconds) {
      const { url, options, body: sending } = messageOf(ask, body);
      const found = await dialTrusted(url.origin, dialSeconds);
      if (!found.ok) return { is: 'unsent', why: found.why };
      const { dialled } = found;
      const signal = AbortSignal.timeout(seconds * 1000);
      try {
        const sent = request({
          ...options,
          headers: { ...options.headers, connection: 'close' },
          // Given a connection it takes no agent, and so knows neither pools nor proxies.
          createConnection: () => dialled.socket,
        });
        return await exchange(sent, sending, { seconds }, signal);
      } finally {
        dialled.close();
      }
    },
    async ask(ask, body, limits, outer) {
      const { url, options, body: sending } = messageOf(ask, body);
      const own = AbortSignal.timeout(limits.seconds * 1000);
      const signal = outer === undefined ? own : AbortSignal.any([own, outer]);
      signal.throwIfAborted();
      const { hostname, port } = url;
      const place = { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (secure ? 443 : 80) : Number(port) };
      const sent = (secure ? secureRequest : request)({ ...options, ...place, agent });
      const outcome = await exchange(sent, sending, limits, signal);
      if (outer?.aborted) throw outer.reason;
      return outcome;
    },
    close: () => agent.destroy(),
  };
}

/** Sends, and reads the whole answer. Whatever goes wrong from here on may have gone wrong behind the vendor's back or before its eyes. */
async function exchange(
  sent: ClientRequest,
  body: WireBody | undefined,
  limits: AnswerLimits,
  signal: AbortSignal,
): Promise<Sent> {
  // Stays for the request's life: what breaks after the answer must not end the process.
  sent.on('error', () => {});
  try {
    const answer = await readAnswer(await responseTo(sent, body, signal), limits, signal);
    return { is: 'answer', answer };
  } catch (error) {
    return { is: 'lost', why: signal.aborted ? `no answer within ${limits.seconds} s` : wordOf(error) };
  }
}

function responseTo(sent: ClientRequest, body: WireBody | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      sent.destroy();
      reject(new Error('stopped'));
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    const over = () => signal.removeEventListener('abort', stop);
    sent.once('upgrade', (_, socket) => {
      socket.destroy();
      reject(new Error('an upgrade'));
    });
    sent.once('response', (answer) => {
      over();
      answer.on('error', () => {});
      resolve(answer);
    });
    sent.once('error', (error) => {
      over();
      reject(error);
    });
    sent.once('close', () => reject(new Error('closed')));
    sent.end(body?.bytes);
  });
}

/** The code alone: messages have addresses. */
function wordOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: string };
  return typeof code === 'string' ? code : (message ?? 'broken').slice(0, 80);
}
