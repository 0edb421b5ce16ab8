import type { ShownProblem } from './answers.ts';
import { noAnswer, RefreelError } from './error.ts';
import { openPatience, type Patience } from './pause.ts';
import { beforeRetry, isRetryableStatus, readRetryAfter } from './retry.ts';

/** What calls the network. The global `fetch` is one. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

/** One call. */
export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From "/v1/". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, with the type that `headers` name. */
  readonly body?: Blob | ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;
  /** Doing it twice is as good as doing it once: it is tried again after a failure that may pass. */
  readonly repeatable: boolean;
  /** Seconds until the answer must have begun; 0 for as long as it takes. Default 60. */
  readonly patienceSeconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/** The way to one server. */
export interface Transport {
  /** How often something that failed is tried again. */
  readonly retries: number;
  /** The JSON of an answer, which must have these fields. @throws RefreelError */
  json<Answer>(ask: Ask, fields: readonly (keyof Answer & string)[]): Promise<Answer>;
  /** A good answer whose body is still to come; tried once. Its body ends when the signal is aborted. @throws RefreelError */
  open(ask: Ask): Promise<Response>;
  /** Where a path leads. */
  address(ask: Pick<Ask, 'path' | 'query'>): string;
}

/** What a transport needs to know. */
export interface TransportOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly key: string | undefined;
  readonly language: 'en' | 'zh' | undefined;
  readonly fetch: Fetch;
  readonly retries: number;
}

const usualPatienceSeconds = 60;
/** A JSON answer comes in one piece. */
const bodySeconds = 60;

/** Opens the way to a server; nothing is sent yet. */
export function openTransport({ baseUrl, key, language, fetch, retries }: TransportOptions): Transport {
  const address: Transport['address'] = ({ path, query = {} }) => {
    const given = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    return `${baseUrl}${path}${given.length === 0 ? '' : `?${new URLSearchParams(given)}`}`;
  };

  const send = async (ask: Ask, patience: Patience): Promise<Response> => {
    const streamed = ask.body instanceof ReadableStream;
    const init: RequestInit & { duplex?: 'half' } = {
      method: ask.method ?? 'GET',
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(language !== undefined && { 'accept-language': language }),
        ...(ask.json !== undefined && { 'content-type': 'application/json' }),
        ...ask.headers,
      },
      ...(ask.json !== undefined && { body: JSON.stringify(ask.json) }),
      ...(ask.body !== undefined && { body: ask.body as NonNullable<RequestInit['body']> }),
      ...(streamed && { duplex: 'half' }),
      signal: patience.signal,
    };
    const answer = await heard(ask, patience, () => fetch(address(ask), init));
    if (answer.ok) return answer;
    patience.reset(bodySeconds);
    throw refusalOf(answer, await heard(ask, patience, () => answer.text()), shown(ask));
  };

  /** Tells the caller's own abort from a connection that failed. */
  const heard = async <Value>(ask: Ask, patience: Patience, work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      ask.signal?.throwIfAborted();
      throw noAnswer(shown(ask), patience.over() ? patience.signal.reason : error);
    }
  };

  const shown = (ask: Ask) => `${ask.method ?? 'GET'} ${baseUrl}${ask.path}`;

  const once = async <Answer>(ask: Ask, fields: readonly (keyof Answer & string)[]): Promise<Answer> => {
    const patience = openPatience(ask.patienceSeconds ?? usualPatienceSeconds, ask.signal);
    try {
      const answer = await send(ask, patience);
      patience.reset(bodySeconds);
      const value = parse(await heard(ask, patience, () => answer.text()));
      if (typeof value === 'object' && value !== null && fields.every((field) => field in value))
        return value as Answer;
      throw notOurs(answer, shown(ask));
    } finally {
      patience.end();
    }
  };

  return {
    retries,
    address,
    async json(ask, fields) {
      for (let retry = 0; ; retry += 1) {
        ask.signal?.throwIfAborted();
        try {
          return await once(ask, fields);
        } catch (error) {
          await beforeRetry(error, retry, ask.repeatable ? retries : 0, ask.signal);
        }
      }
    },
    async open(ask) {
      const patience = openPatience(ask.patienceSeconds ?? usualPatienceSeconds, ask.signal);
      try {
        const answer = await send(ask, patience);
        // From here on only the caller's own signal ends it.
        patience.reset(0);
        return answer;
      } catch (error) {
        patience.end();
        throw error;
      }
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an answer that is no success says: its problems, or that it is not ours. */
function refusalOf(answer: Response, text: string, asked: string): RefreelError {
  const { status, headers } = answer;
  const problems = readProblems(parse(text));
  if (problems === undefined) return notOurs(answer, asked);
  return new RefreelError({
    kind: 'refused',
    message: problems.map(({ message, remedy }) => `${message} ${remedy}`).join('\n'),
    status,
    problems,
    requestId: headers.get('x-request-id') ?? undefined,
    retryable: problems[0]!.retryable,
    retryAfterSeconds: readRetryAfter(headers.get('retry-after'), Date.now()),
  });
}

function readProblems(value: unknown): readonly ShownProblem[] | undefined {
  if (typeof value !== 'object' || value === null || !('problems' in value)) return undefined;
  const { problems } = value;
  const isProblem = (one: unknown): one is ShownProblem =>
    typeof one === 'object' && one !== null && 'code' in one && 'message' in one && 'remedy' in one;
  return Array.isArray(problems) && problems.length > 0 && problems.every(isProblem) ? problems : undefined;
}

/** An answer that Refreel does not give: a proxy's page, another program. */
function notOurs({ status, headers }: Response, asked: string): RefreelError {
  return new RefreelError({
    kind: 'bad answer',
    message: `What answered ${asked} is not Refreel, or something stands between (HTTP ${status}, ${headers.get('content-type') ?? 'no type'}).`,
    status,
    retryable: isRetryableStatus(status),
    retryAfterSeconds: readRetryAfter(headers.get('retry-after'), Date.now()),
  });
}
