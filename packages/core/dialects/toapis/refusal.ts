import { type Localized, type Problem, type ProblemCode, problem, problemKind } from '../../model/index.ts';
import type { CodecContext, GenerationView } from '../dialect.ts';
import { type Answer, jsonBody } from '../message.ts';
import { joinSentences, ownWords } from '../own-words.ts';
import { answerReader } from '../read-answer.ts';
import { WireError, type WireTask } from './wire.ts';

/** How the vendor says a kind of problem. */
interface Row {
  readonly status: number;
  /** Word of its table of errors ("Video task status", read 2026-11-20), or of an example where there is one. */
  readonly type: string;
  /** Its own sentence, and nothing else; without one, ours. Chinese is the page's, English of the same meaning. */
  readonly text?: Localized;
}

const invalid = { status: 400, type: 'invalid_request' } as const;
const unauthorized: Row = {
  status: 401,
  type: 'authentication_error',
  text: { en: 'Authentication failed, please check your API key', zh: '身份验证失败，请检查您的API密钥' },
};
/** A budget of ours is as empty as a balance. */
const spent: Row = { status: 402, type: 'insufficient_quota' };
const internal: Row = {
  status: 500,
  type: 'internal_error',
  text: { en: 'Internal server error', zh: '服务器内部错误' },
};
const violation: Row = {
  status: 422,
  type: 'content_policy_violation',
  text: { en: 'The content violates the content policy', zh: '内容违反了内容政策' },
};
const limited: Row = {
  status: 429,
  type: 'rate_limit_exceeded',
  text: { en: 'Rate limit exceeded', zh: '请求频率超限' },
};

/** Kinds that are not here are the caller's fault or ours. */
const rows: Partial<Record<ProblemCode, Row>> = {
  key_missing: unauthorized,
  key_invalid: unauthorized,
  key_needed: unauthorized,
  route_unknown: { status: 404, type: 'not_found_error' },
  method_unknown: { status: 404, type: 'not_found_error' },
  generation_unknown: {
    status: 404,
    type: 'not_found_error',
    text: { en: 'The task does not exist', zh: '任务不存在' },
  },
  moderation_blocked: violation,
  quota_exhausted: {
    status: 402,
    type: 'insufficient_quota',
    text: { en: 'Insufficient balance', zh: '余额不足' },
  },
  budget_exceeded: spent,
  budget_currency: spent,
  budget_needs_price: spent,
  rate_limited: limited,
  vendor_refused: invalid,
  foreign_origin: { status: 403, type: 'unauthorized' },
  foreign_host: { status: 403, type: 'unauthorized' },
  proxy_needs_key: { status: 403, type: 'unauthorized' },
  // Clients come again after it.
  repeat_running: { status: 429, type: 'rate_limit_exceeded' },
};

const types: Readonly<Record<string, number>> = {
  invalid_request: 400,
  authentication_error: 401,
  insufficient_quota: 402,
  not_found_error: 404,
  content_policy_violation: 422,
  rate_limit_exceeded: 429,
  internal_error: 500,
};

/** Seconds after which a caller of too many requests may come again: the page's own pace. */
const retrySeconds = 10;

function rowOf(found: Problem): Row {
  const { vendorCode } = found.values;
  const passed = typeof vendorCode === 'string' && Object.hasOwn(types, vendorCode) ? types[vendorCode] : undefined;
  // What the vendor itself said of a request that was passed on is said again in its own words.
  if (passed !== undefined && ['vendor_refused', 'moderation_blocked', 'vendor_failed'].includes(found.code)) {
    const words = String(found.values.found);
    return { status: passed, type: String(vendorCode), text: { en: words, zh: words } };
  }
  return rows[found.code] ?? (problemKind(found.code).fault === 'caller' ? invalid : internal);
}

function sentence(found: Problem, row: Row, context: CodecContext): string {
  const language = context.language ?? 'en';
  if (row.text !== undefined) return row.text[language];
  return ownWords(found, wireField(found.path), language).replaceAll('negativePrompt', 'metadata.negative_prompt');
}

/** Problems that one error tells of: whoever sends a thousand faults needs no thousand sentences. */
const mostTold = 8;

/** The vendor's error: the first problem's status and type, the sentences of all. Errors of uploads are another shape. */
export function encodeRefusal(problems: readonly Problem[], context: CodecContext): Answer {
  const [first] = problems;
  if (first?.path === uploadField) return encodeUploadRefusal(first, context);
  const { status, type } = first === undefined ? internal : rowOf(first);
  const told = problems.slice(0, mostTold).map((found) => sentence(found, rowOf(found), context));
  const over = problems.length - mostTold;
  if (over > 0) told.push(context.language === 'zh' ? `另有 ${over} 处。` : `And ${over} more.`);
  const message =
    joinSentences([...new Set(told)], context.language ?? 'en') || internal.text![context.language ?? 'en'];
  const headers = {
    'content-type': 'application/json',
    ...(status === 429 && { 'retry-after': String(retrySeconds) }),
  };
  return { status, headers, body: jsonBody({ error: { code: status, message, type } }) };
}

/** The field that a file is uploaded in. A problem there is an error of the upload page. */
export const uploadField = 'file';

/** The upload page has two sentences of its own, in English (read 2026-11-20). */
function encodeUploadRefusal(found: Problem, context: CodecContext): Answer {
  const unsupported = ['media_type', 'media_type_unsupported', 'media_kind', 'media_corrupt', 'media_truncated'];
  const large = ['media_bytes', 'media_too_large'];
  const row = rowOf(found);
  const message = unsupported.includes(found.code)
    ? 'Unsupported image type. Allowed: JPEG, PNG, WebP, GIF'
    : large.includes(found.code)
      ? 'Image too large. Maximum size is 10MB'
      : sentence(found, row, context);
  return {
    status: row.status,
    headers: { 'content-type': 'application/json' },
    body: jsonBody({ success: false, message }),
  };
}

/** The vendor's name for a place in a request; a place that came from the wire has it already. */
function wireField(path: string): string {
  const reference = /^references\[(\d+)\]/.exec(path);
  // Pictures of the plain list come first; those with a role are counted behind them.
  if (reference !== null) return `reference image ${Number(reference[1]) + 1}`;
  if (/^shots(?:\[\d+\])?\.prompt$/.test(path)) return 'prompt';
  if (/^shots/.test(path)) return 'duration';
  const names: Readonly<Record<string, string>> = {
    references: 'reference_images',
    startFrame: 'first_frame',
    endFrame: 'last_frame',
    negativePrompt: 'metadata.negative_prompt',
    watermark: 'metadata.watermark',
    tier: 'mode',
    ratio: 'aspect_ratio',
  };
  return Object.hasOwn(names, path) ? names[path]! : path;
}

/** What is said of a task that failed. The page has one code for all of them and begins its sentence so. */
export function lateFailure(view: GenerationView, context: CodecContext): { code: string; message: string } {
  const language = context.language ?? 'en';
  const found = view.problem ?? problem(view.state === 'cancelled' ? 'render_cancelled' : 'render_failed', '');
  const why = sentence(found, rowOf(found), context);
  const message = language === 'zh' ? `生成失败: ${why}` : `Generation failed: ${why}`;
  return { code: 'generation_failed', message };
}

/** What a failed task means to a client. `generation_failed` may be moderation or a fault of theirs: only its sentence tells. */
export function readLateFailure(error: WireTask['error']): Problem {
  const found = error?.message ?? '';
  if (error?.code === violation.type) return problem('moderation_blocked', '', { found, vendorCode: violation.type });
  return problem('vendor_failed', '', { found });
}

/** The problem that an answer of the vendor tells of, by its status; undefined for one that tells of none. */
export function decodeRefusal(answer: Answer): Problem | undefined {
  const { status, body } = answer;
  if (status < 400) return undefined;
  const wire = body.kind === 'json' ? WireError.safeParse(body.value).data : undefined;
  const type = wire?.error?.type;
  const found = wire?.error?.message ?? wire?.message ?? String(status);
  const values = type === undefined ? { found } : { found, vendorCode: type };
  if (status === 401) return problem('key_invalid', '');
  if (status === 402) return problem('quota_exhausted', '', values);
  if (status === 429) return problem('rate_limited', '', values);
  if (type === violation.type) return problem('moderation_blocked', '', values);
  if (status === 503) return problem('vendor_unavailable', '', values);
  return problem(status >= 500 ? 'vendor_failed' : 'vendor_refused', '', values);
}

/** What an answer says, by a schema of the fields that are used; an error as its problem. */
export const readAnswer = answerReader(decodeRefusal);
