import { setTimeout as pause } from 'node:timers/promises';
import { problem, Refusal } from '@refreel/core/model';
import type { Caller } from '../generations/service.ts';
import {
  abandonRequest,
  type BeginOptions,
  beginRequest,
  finishRequest,
  forgetRequest,
  type Run,
} from '../store/index.ts';
import { type TextAnswer, toResponse } from './answer.ts';
import type { Parts } from './parts.ts';
import type { Call } from './route.ts';

/** Wide enough for every client's ids, and narrow enough to be a header. */
const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** The caller's `Idempotency-Key`. @throws Refusal for one that cannot be kept. */
export function repeatKey(call: Pick<Call, 'request'>): string | undefined {
  const key = call.request.headers.get('idempotency-key') ?? undefined;
  if (key === undefined || keyPattern.test(key)) return key;
  const found = { en: 'it must be 1 to 255 visible ASCII characters', zh: '应为 1 到 255 个可见 ASCII 字符' };
  throw new Refusal(problem('invalid_request', 'Idempotency-Key', { found }));
}

/** What is done once; without a key it is no run of anything. */
type Work = (run: Run | undefined) => Promise<TextAnswer>;

/** Does something once for each idempotency key of a route of the native API. */
export async function oncePerKey(call: Call, parts: Parts, fingerprint: string, work: Work): Promise<Response> {
  return toResponse(await textOncePerKey(call, parts, fingerprint, work));
}

/** The same, for an answer that something is still done with. */
export async function textOncePerKey(call: Call, parts: Parts, fingerprint: string, work: Work): Promise<TextAnswer> {
  const key = repeatKey(call);
  if (key === undefined) return await work(undefined);
  return await onceFor({ caller: call.caller, dialect: 'native', key, fingerprint }, parts, work);
}

/** What may come again. */
export interface Repeat extends BeginOptions {
  readonly caller: Caller;
  /** The wire format by which it came: keys of one mean nothing in another. */
  readonly dialect: string;
  readonly key: string;
  /** Of the request. */
  readonly fingerprint: string;
}

/**
 * Does something once for each key: the same request again has the same answer, another one under the key is refused, and one that comes while
 * the first is at work waits for it a while. A refusal is not kept, so that the mended request may use its key again. @throws Refusal
 */
export async function onceFor(
  { caller: { workspace }, dialect, key, fingerprint, ...options }: Repeat,
  parts: Parts,
  work: (run: Run) => Promise<TextAnswer>,
): Promise<TextAnswer> {
  const { connection } = parts.database;
  const repeatable = { dialect, key, bodySha256: fingerprint };
  const giveUp = performance.now() + parts.limits.repeatSeconds * 1000;
  while (true) {
    const begun = await beginRequest(connection, workspace, repeatable, options);
    if (begun.is === 'conflict') throw new Refusal(problem('repeat_differs', 'Idempotency-Key', { found: key }));
    if (begun.is === 'replay') {
      const { status, headers, body } = begun.answer;
      return { status, headers: { ...headers, 'idempotent-replayed': 'true' }, body };
    }
    if (begun.is === 'running') {
      if (performance.now() >= giveUp || parts.stopping.aborted)
        throw new Refusal(problem('repeat_running', 'Idempotency-Key', { found: key }));
      await pause(50);
      continue;
    }
    const { token } = begun;
    try {
      const answer = await work(begun);
      if (answer.status >= 400) await forgetRequest(connection, workspace, repeatable, token);
      // Should the lease be over, another run has found what this one did, and keeps its own answer.
      else await finishRequest(connection, workspace, repeatable, token, answer);
      return answer;
    } catch (error) {
      // What was refused was not done. Of anything else nobody knows: the next run looks. If the store is away too, the lease lets go of the key.
      const letGo = error instanceof Refusal ? forgetRequest : abandonRequest;
      await letGo(connection, workspace, repeatable, token).catch(() => {});
      throw error;
    }
  }
}
