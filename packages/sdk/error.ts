import type { ShownProblem } from './answers.ts';

/**
 * `refused`: the server says why (`problems`). `no answer`: the connection failed, broke or stayed silent. `bad answer`: something answered
 * that is not Refreel, or what it sent is not what it should be.
 */
export type RefreelErrorKind = 'refused' | 'no answer' | 'bad answer';

/** What is known of a call that failed. */
export interface RefreelErrorFacts {
  readonly kind: RefreelErrorKind;
  readonly message: string;
  readonly status?: number | undefined;
  readonly problems?: readonly ShownProblem[];
  readonly requestId?: string | undefined;
  readonly retryable?: boolean;
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/** The one error of this client. A call that its caller aborts throws the signal's own reason instead. */
export class RefreelError extends Error {
  readonly kind: RefreelErrorKind;
  /** HTTP status; undefined without an answer. */
  readonly status: number | undefined;
  /** Each with code, path, message and next step; empty unless the server refused. */
  readonly problems: readonly ShownProblem[];
  /** What the server's log calls the request. */
  readonly requestId: string | undefined;
  /** The same call may succeed later, unchanged. */
  readonly retryable: boolean;
  /** How long the server asks to wait before that. */
  readonly retryAfterSeconds: number | undefined;

  constructor({
    kind,
    message,
    status,
    problems = [],
    requestId,
    retryable,
    retryAfterSeconds,
    cause,
  }: RefreelErrorFacts) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'RefreelError';
    this.kind = kind;
    this.status = status;
    this.problems = problems;
    this.requestId = requestId;
    this.retryable = retryable ?? false;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Nothing came, or it broke off. */
export function noAnswer(address: string, cause: unknown): RefreelError {
  return new RefreelError({
    kind: 'no answer',
    message: `No answer from ${address}: ${reasonOf(cause)}.`,
    retryable: true,
    cause,
  });
}

/** The innermost reason that an error names: fetch wraps what happened into "fetch failed". */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.cause !== undefined) return reasonOf(cause.cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return cause.message || code || cause.name;
}
