import { noAnswer, RefreelError } from './error.ts';
import { openPatience } from './pause.ts';
import { beforeRetry } from './retry.ts';
import { type Hash, openSha256 } from './sha256.ts';
import type { Ask, Transport } from './transport.ts';

/** Bytes on their way. Nothing is read ahead of whoever takes them. */
export interface Download {
  readonly mediaType: string;
  /** Undefined where something on the way keeps the length back. */
  readonly bytes: number | undefined;
  /** Hex of the SHA-256 that the server names; the stream fails at its end if what came has another one. */
  readonly sha256: string | undefined;
  /** To be read once. A connection that is cut is taken up where it broke. */
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** All of it at once, instead of the stream. @throws RefreelError */
  blob(): Promise<Blob>;
}

/** Without another byte for so long, a connection is taken for cut. */
const silenceSeconds = 60;

/** Starts a download. @throws RefreelError; the stream fails with one too */
export async function openDownload(
  transport: Transport,
  ask: Pick<Ask, 'path' | 'query' | 'signal'>,
): Promise<Download> {
  const { signal } = ask;
  const ended = new AbortController();
  const outer = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
  let patience = openPatience(0, outer);
  const connect = (headers?: Readonly<Record<string, string>>) => {
    patience.end();
    patience = openPatience(silenceSeconds, outer);
    const { path, query } = ask;
    return transport.open({
      ...{ path, query: query ?? {}, repeatable: true, patienceSeconds: silenceSeconds, signal: patience.signal },
      ...(headers !== undefined && { headers }),
    });
  };
  const failed = (error: unknown) => {
    signal?.throwIfAborted();
    if (error instanceof RefreelError) return error;
    return noAnswer(transport.address(ask), patience.over() ? patience.signal.reason : error);
  };

  const first = await begin(connect, failed, transport.retries, signal).catch((error) => {
    patience.end();
    throw error;
  });
  // Whoever asked takes the bytes when it likes.
  patience.reset(0);
  const { mediaType, bytes, tag, sha256 } = first;
  const hash: Hash | undefined = sha256 === undefined ? undefined : openSha256();
  let reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined = first.reader;
  let received = 0;
  let skip = 0;
  let retry = 0;

  /** The next bytes, from wherever they come; undefined at the end. */
  const next = async (): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    for (;;) {
      try {
        if (reader === undefined) {
          const answer = await connect({ range: `bytes=${received}-`, 'if-range': tag! });
          if (tagOf(answer) !== tag) throw changed(transport.address(ask));
          // Whoever ignores the range sends it from its beginning.
          skip = answer.status === 206 ? 0 : received;
          reader = bodyOf(answer, transport.address(ask));
        }
        patience.reset(silenceSeconds);
        const { done, value } = await reader.read();
        if (done) {
          if (bytes === undefined || received >= bytes) return undefined;
          throw noAnswer(transport.address(ask), `it ended after ${received} of ${bytes} bytes`);
        }
        retry = 0;
        const fresh = value.subarray(Math.min(skip, value.length));
        skip -= value.length - fresh.length;
        if (fresh.length > 0) return fresh;
      } catch (error) {
        void reader?.cancel().catch(() => {});
        reader = undefined;
        const failure = failed(error);
        // Without a tag nobody knows whether the rest belongs to what came.
        await beforeRetry(failure, retry, tag === undefined ? 0 : transport.retries, signal);
        retry += 1;
      }
    }
  };
  const close = () => {
    patience.end();
    ended.abort();
  };
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const chunk = await next();
          if (chunk !== undefined) {
            received += chunk.length;
            hash?.add(chunk);
            patience.reset(0);
            controller.enqueue(chunk);
            return;
          }
          if (hash !== undefined && hash.end() !== sha256) throw changed(transport.address(ask));
          close();
          controller.close();
        } catch (error) {
          close();
          throw error;
        }
      },
      cancel() {
        void reader?.cancel().catch(() => {});
        close();
      },
    },
    { highWaterMark: 0 },
  );
  return {
    mediaType,
    bytes,
    sha256,
    stream,
    blob: () => gather(stream, mediaType),
  };
}

interface Beginning {
  readonly mediaType: string;
  readonly bytes: number | undefined;
  readonly tag: string | undefined;
  readonly sha256: string | undefined;
  readonly reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
}

async function begin(
  connect: () => Promise<Response>,
  failed: (error: unknown) => RefreelError,
  retries: number,
  signal: AbortSignal | undefined,
): Promise<Beginning> {
  for (let retry = 0; ; retry += 1) {
    try {
      const answer = await connect();
      const length = answer.headers.get('content-length');
      const tag = tagOf(answer);
      return {
        mediaType: answer.headers.get('content-type') ?? 'application/octet-stream',
        bytes: length === null ? undefined : Number(length),
        tag,
        sha256: /^"([0-9a-f]{64})"$/.exec(tag ?? '')?.[1],
        reader: bodyOf(answer, answer.url),
      };
    } catch (error) {
      await beforeRetry(failed(error), retry, retries, signal);
    }
  }
}

/** The strong form of the answer's ETag: what stands between may have weakened it, and the bytes are hashed anyway. */
function tagOf({ headers }: Response): string | undefined {
  return headers.get('etag')?.replace(/^W\//, '');
}

function bodyOf(answer: Response, address: string): ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> {
  if (answer.body === null) throw noAnswer(address, 'it has no body');
  return answer.body.getReader() as ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
}

function changed(address: string): RefreelError {
  return new RefreelError({
    kind: 'bad answer',
    message: `${address}: the bytes that came are not those that the server named.`,
  });
}

async function gather(stream: ReadableStream<Uint8Array<ArrayBuffer>>, type: string): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks, { type });
    chunks.push(value);
  }
}
