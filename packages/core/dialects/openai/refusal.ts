import { type Problem, type ProblemCode, problem, problemKind, type Request } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';
import { type Answer, jsonBody } from '../message.ts';
import { ownWords } from '../own-words.ts';
import { answerReader } from '../read-answer.ts';
import { WireError } from './wire.ts';

/** How the vendor says a kind of problem. */
interface Row {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  /** The vendor's own sentence. */
  readonly text?: string;
  /** Nothing goes after that sentence: it is all that the vendor says, or more would tell what is not the caller's business. */
  readonly alone?: boolean;
}

/** Without money: also what a budget of ours does not pay, and then why is said. */
const spent: Row = {
  status: 429,
  type: 'insufficient_quota',
  code: 'insufficient_quota',
  text: 'You exceeded your current quota, please check your plan and billing details.',
};

const invalid = (code: string | null, text?: string, status = 400): Row => ({
  status,
  type: 'invalid_request_error',
  code,
  ...(text !== undefined && { text }),
});

/**
 * Kinds that are not here are the caller's fault (400 invalid_value) or ours (500 server_error). Clients repeat 408, 409, 429 and 5xx by
 * themselves (npm openai 7.55.0), so that nothing that stays wrong is answered so.
 */
const rows: Partial<Record<ProblemCode, Row>> = {
  key_missing: invalid(null, "You didn't provide an API key.", 401),
  key_needed: invalid(null, "You didn't provide an API key.", 401),
  key_invalid: { ...invalid('invalid_api_key', 'Incorrect API key provided.', 401), alone: true },
  foreign_origin: invalid(null, undefined, 403),
  foreign_host: invalid(null, undefined, 403),
  proxy_needs_key: invalid(null, undefined, 403),
  route_unknown: invalid(null, 'Invalid URL.', 404),
  method_unknown: invalid('method_not_supported', undefined, 405),
  generation_unknown: invalid('not_found', undefined, 404),
  remix_source_missing: invalid('not_found', undefined, 404),
  film_unknown: invalid('not_found', undefined, 404),
  asset_unknown: invalid('not_found', undefined, 404),
  unknown_model: invalid('model_not_found', undefined, 404),
  region_not_offered: invalid('model_not_found', undefined, 404),
  body_too_large: invalid('request_too_large', undefined, 413),
  body_slow: invalid('request_timeout', undefined, 408),
  content_type: invalid('unsupported_content_type'),
  body_unreadable: invalid(null, 'We could not parse the body of your request.'),
  field_missing: invalid('missing_required_parameter'),
  unknown_field: invalid('unknown_parameter'),
  // Seen with these null places by several users of the vendor, 2025-10 to 2026-05.
  frame_size: invalid(null, 'Inpaint image must match the requested width and height.'),
  // The page of Qiniu, 2026-11-20, has code and sentence.
  moderation_blocked: {
    ...invalid('moderation_blocked', 'Your request was blocked by our moderation system.'),
    alone: true,
  },
  remix_source_unfinished: invalid('video_not_completed'),
  repeat_differs: invalid('idempotency_key_reused'),
  repeat_running: { status: 409, type: 'invalid_request_error', code: 'idempotency_key_in_use' },
  rate_limited: {
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    text: 'Rate limit reached. Please try again later.',
    alone: true,
  },
  quota_exhausted: { ...spent, alone: true },
  budget_exceeded: spent,
  budget_currency: spent,
  budget_needs_price: spent,
  vendor_refused: invalid('invalid_value'),
  vendor_unavailable: {
    status: 503,
    type: 'server_error',
    code: 'server_overloaded',
    text: 'The server is currently overloaded. Please try again later.',
    alone: true,
  },
};

const ours: Row = {
  status: 500,
  type: 'server_error',
  code: 'server_error',
  text: 'The server had an error while processing your request.',
  alone: true,
};
const callers = invalid('invalid_value');

/** What speaks of the request. What speaks of a key or an account at the vendor is not about the caller's own. */
const passedOn: readonly ProblemCode[] = ['vendor_refused', 'moderation_blocked', 'vendor_failed'];

/** Codes that are said again as another service of this shape said them. */
const knownCodes = [
  ...['invalid_value', 'invalid_type', 'unknown_parameter', 'missing_required_parameter', 'moderation_blocked'],
  ...['content_policy_violation', 'processing_error', 'video_generation_failed'],
];

function rowOf(found: Problem): Row {
  const { code, values } = found;
  const row = rows[code] ?? (problemKind(code).fault === 'caller' ? callers : ours);
  if (code === 'invalid_request' && values.wrongType === true) return { ...row, code: 'invalid_type' };
  const { vendorCode } = values;
  if (passedOn.includes(code) && typeof vendorCode === 'string' && knownCodes.includes(vendorCode))
    return { ...row, code: vendorCode, text: String(values.found), alone: true };
  return row;
}

/** The name on the wire of a place in a request: of the problem's path, and of the model that it speaks of. */
export type FieldOf = (found: Problem, context: CodecContext, request?: Request) => string;

/** What one problem is said as. */
interface Failure {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
  readonly message: string;
}

/** The errors of this wire; `fieldOf` is what a variant calls things. */
export function refusalWith(fieldOf: FieldOf) {
  function failureOf(found: Problem, context: CodecContext, request?: Request): Failure {
    const { status, type, code, text, alone } = rowOf(found);
    const field = fieldOf(found, context, request);
    const param = field === '' ? null : field;
    return {
      status,
      type,
      code,
      param,
      message: alone === true && text !== undefined ? text : told(found, field, text),
    };
  }

  /** The vendor's error. It has room for one code: the first problem's; the sentences of the others are said as well. */
  function encode(problems: readonly Problem[], context: CodecContext, request?: Request): Answer {
    const failures = problems.slice(0, mostTold).map((found) => failureOf(found, context, request));
    const { status, type, code, param } = failures[0] ?? { ...ours, param: null };
    const more = problems.length > mostTold ? [`And ${problems.length - mostTold} more.`] : [];
    const message = [...new Set(failures.map((failure) => failure.message)), ...more].join(' ') || ours.text!;
    const headers = { 'content-type': 'application/json', 'x-request-id': context.requestId };
    return { status, headers, body: jsonBody({ error: { message, type, param, code } }) };
  }

  /** What a video that failed says of it. */
  function failed(
    found: Problem | undefined,
    context: CodecContext,
    request: Request,
  ): { code: string; message: string } {
    const failure = found === undefined ? undefined : failureOf(found, context, request);
    // Seen of the vendor by its users, 2026; its pages list no codes of failed videos but the one for moderation.
    if (failure === undefined || failure.status >= 500)
      return { code: 'processing_error', message: 'The video could not be generated. Please try again.' };
    return { code: failure.code ?? 'invalid_value', message: failure.message };
  }

  return { encode, failed };
}

/** Problems that one error tells of: whoever sends a thousand faults needs no thousand sentences. */
const mostTold = 8;

function told(found: Problem, field: string, text: string | undefined): string {
  const { values, code } = found;
  if (code === 'unknown_field') return `Unknown parameter: '${field}'.`;
  if (code === 'field_missing') return `Missing required parameter: '${field}'.`;
  if (code === 'invalid_request' && values.wrongType === true) return `Invalid type for '${field}': ${values.found}.`;
  const words = ownWords(found, field, 'en');
  return text === undefined ? words : `${text} ${words}`;
}

/** What a code and a sentence mean, of an error or of a video that failed. Decided by code and status, never by the sentence. */
export function readFailure(code: string | undefined, message: string | undefined, status?: number): Problem {
  const found = message ?? code ?? String(status ?? '');
  const values = code === undefined ? { found } : { found, vendorCode: code };
  if (code === 'moderation_blocked' || code === 'content_policy_violation')
    return problem('moderation_blocked', '', values);
  if (code === 'insufficient_quota' || code === 'billing_hard_limit_reached' || status === 402)
    return problem('quota_exhausted', '', values);
  if (code === 'invalid_api_key' || status === 401) return problem('key_invalid', '');
  if (code === 'rate_limit_exceeded' || status === 429) return problem('rate_limited', '', values);
  if (status === 503) return problem('vendor_unavailable', '', values);
  // A video that failed without a code that is known says nothing against the request.
  if (status === undefined || status >= 500) return problem('vendor_failed', '', values);
  return problem('vendor_refused', '', values);
}

/** The problem that an answer tells of; undefined for one that tells of none. */
export function decodeRefusal(answer: Answer): Problem | undefined {
  if (answer.status < 400) return undefined;
  const read = answer.body.kind === 'json' ? WireError.safeParse(answer.body.value).data : undefined;
  const { message, code } = read === undefined ? {} : wordsOf(read);
  return readFailure(code == null ? undefined : String(code), message, answer.status);
}

function wordsOf(read: WireError): { message?: string | undefined; code?: string | number | null | undefined } {
  if ('error' in read && typeof read.error === 'object' && read.error !== null)
    return read.error as { message?: string; code?: string | number | null };
  if ('detail' in read && Array.isArray(read.detail))
    return { message: read.detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ') };
  if ('detail' in read) return { message: String(read.detail) };
  return read as { message: string; code?: string | number | null };
}

/** What an answer says, by a schema of the fields that are used; an error as its problem. */
export const readAnswer = answerReader(decodeRefusal);
