import { type Problem, type ProblemCode, problem, problemKind, type Request } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';
import { type Answer, type Json, jsonBody } from '../message.ts';
import { answerReader } from '../read-answer.ts';
import { errorDetails } from './error-details.ts';
import { takesElements } from './model.ts';
import { WireError } from './wire.ts';

/** How the vendor says a kind of problem. */
interface Row {
  readonly status: number;
  /** The vendor's own sentence, from its table of error codes of 2026-08-22 unless another source is named. */
  readonly error: string;
  /** Says where and why besides, as the vendor does of invalid parameters. */
  readonly details?: boolean;
  /** Stands in the body beside the sentence; of most errors the vendor keeps its code to itself. */
  readonly code?: string;
}

const invalid: Row = { status: 400, error: 'Invalid request parameters', details: true };
const unknown: Row = { status: 500, error: 'An unknown error occurred' };
const spent: Row = {
  status: 402,
  error: 'Insufficient USD or Diem balance to complete request. Visit https://venice.ai/settings/api to add credits.',
};
const inference: Row = { status: 500, error: 'Inference processing failed' };
const offline: Row = { status: 503, error: 'The model is temporarily offline. Please try again later.' };
const corrupted: Row = { status: 400, error: 'The image file is corrupted or unreadable', details: true };
const unauthorized: Row = { status: 401, error: 'Authentication failed' };
const forbidden: Row = { status: 403, error: 'Unauthorized access', details: true };
const tooLarge: Row = {
  status: 413,
  error: 'The request payload is too large. Please reduce the size of your request.',
  code: 'PAYLOAD_TOO_LARGE',
};
// The guide's table of troubles, read 2026-11-20.
const tooManyImages: Row = { ...invalid, error: 'Number of images exceeds the limit' };
const noImage: Row = { ...invalid, error: 'At least one reference image is required' };

/** Sentences of the same status as moderation that speak of media. */
const imageTooLarge = 'Image dimensions exceed the maximum allowed.';
const videoTooLong = 'Video duration exceeds the maximum allowed.';
const videoTooShort = 'Video duration is too short.';
const aboutMedia: readonly string[] = [imageTooLarge, videoTooLong, videoTooShort];

/** Kinds that are not here are the caller's fault (invalid parameters) or ours (unknown). */
const rows: Partial<Record<ProblemCode, Row>> = {
  key_missing: unauthorized,
  key_invalid: unauthorized,
  key_needed: unauthorized,
  foreign_origin: forbidden,
  foreign_host: forbidden,
  proxy_needs_key: forbidden,
  method_unknown: { status: 405, error: 'Method not allowed', details: true },
  // Clients come again after this.
  repeat_running: { status: 429, error: 'Rate limit exceeded', details: true },
  route_unknown: { status: 404, error: 'Not found', details: true },
  body_too_large: tooLarge,
  media_too_large: tooLarge,
  content_type: { status: 415, error: 'Invalid request content-type', details: true },
  // The specification of the queue has no 404: of the two codes for a wrong model, the one with 400.
  unknown_model: { status: 400, error: 'Invalid model specified', details: true },
  media_corrupt: corrupted,
  media_truncated: corrupted,
  media_unreadable: corrupted,
  media_empty: corrupted,
  media_crashed: corrupted,
  media_timeout: corrupted,
  media_too_small: { status: 400, error: 'Image dimensions are too small', details: true },
  media_too_wide: { status: 422, error: imageTooLarge, details: true },
  media_too_many_pixels: { status: 422, error: imageTooLarge, details: true },
  media_too_long: { status: 422, error: videoTooLong, details: true },
  media_too_short: { status: 422, error: videoTooShort, details: true },
  moderation_blocked: {
    status: 422,
    error: 'Your prompt violates the content policy of Venice.ai or the model provider',
  },
  generation_unknown: {
    status: 404,
    error: 'Media could not be found. Request may be invalid, expired, or deleted.',
  },
  rate_limited: { status: 429, error: 'Rate limit exceeded' },
  quota_exhausted: spent,
  // A budget of ours is as empty as a balance; why is said besides.
  budget_exceeded: { ...spent, details: true },
  budget_currency: { ...spent, details: true },
  budget_needs_price: { ...spent, details: true },
  render_failed: inference,
  render_timeout: inference,
  render_memory: inference,
  vendor_failed: inference,
  answer_unreadable: inference,
  vendor_unavailable: { status: 503, error: 'The model is at capacity. Please try again later.' },
  server_stopping: offline,
  store_unavailable: offline,
};

function rowOf(found: Problem, context: CodecContext): Row {
  const { values, code } = found;
  if (code === 'vendor_refused') return { status: statusOf(found), error: String(values.found ?? invalid.error) };
  const card = typeof values.model === 'string' ? context.findCard(values.model) : undefined;
  if (code === 'too_many') return tooManyImages;
  if (code === 'too_few' && card !== undefined && !takesElements(card)) return noImage;
  return rows[code] ?? (problemKind(code).fault === 'caller' ? invalid : unknown);
}

/** What the vendor itself said of a request that was passed on is said again as it was said. */
function statusOf({ values: { status } }: Problem): number {
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 400;
}

/** The vendor's error: the sentence of the first problem that has one of its own, and where and why of as many as it may speak of. */
export function encodeRefusal(problems: readonly Problem[], context: CodecContext, request?: Request): Answer {
  const all = problems.map((found) => rowOf(found, context));
  const { status, error, code, details } = all.find((row) => row !== invalid) ?? all[0] ?? unknown;
  const told = problems.filter((_, index) => all[index]?.details === true);
  const body: { [key: string]: Json } = {
    ...(code !== undefined && { code }),
    error,
    ...(details === true && { details: errorDetails(told, context, request), issues: [] }),
  };
  return { status, headers: { 'content-type': 'application/json' }, body: jsonBody(body) };
}

/** An id that is not known where a film is given up: "REQUEST_ID_NOT_FOUND", 400. */
export function unknownRequest(): Answer {
  return {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: jsonBody({ error: 'Request ID is invalid.' }),
  };
}

/** A film that moderation refused after it was asked for: an error of its own shape, which says whether it was charged all the same. */
export function policyRefusal(refunded: boolean): Answer {
  const sentence = 'The selected model provider rejected this request due to its content policies.';
  const error = {
    message: refunded ? `${sentence} Credits have been refunded.` : sentence,
    type: 'provider_content_policy',
    credits_refunded: refunded,
  };
  return { status: 422, headers: { 'content-type': 'application/json' }, body: jsonBody({ error }) };
}

/**
 * The problem that an answer of the vendor tells of; undefined for one that tells of none. Its errors carry no code, so that the status
 * decides; only of those with 422 the sentence says whether they speak of media. `refunded`, where the vendor says it, is kept.
 */
export function decodeRefusal(answer: Answer): Problem | undefined {
  const { status, body } = answer;
  if (status < 400) return undefined;
  const parsed = body.kind === 'json' ? WireError.safeParse(body.value).data : undefined;
  const error = parsed?.error;
  const found = (typeof error === 'string' ? error : (error?.message ?? error?.code)) ?? String(status);
  const refunded = (typeof error === 'object' ? error.credits_refunded : undefined) ?? parsed?.credits_refunded;
  const values = refunded === undefined ? { found } : { found, refunded };
  if (status === 401) return problem('key_invalid', '');
  if (status === 402) return problem('quota_exhausted', '', values);
  if (status === 422 && !aboutMedia.includes(found)) return problem('moderation_blocked', '', values);
  if (status === 429) return problem('rate_limited', '', values);
  if (status === 503) return problem('vendor_unavailable', '', values);
  if (status >= 500) return problem('vendor_failed', '', values);
  return problem('vendor_refused', '', { ...values, status });
}

/** What an answer says, by a schema of the fields that are used; an error as its problem. */
export const readAnswer = answerReader(decodeRefusal);
