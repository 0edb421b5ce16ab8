import { explainProblem, type Problem, type ProblemCode, problem, problemKind } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';
import { type Answer, jsonBody } from '../message.ts';
import { answerReader } from '../read-answer.ts';
import { takesMedia } from './media.ts';
import { WireError } from './wire.ts';

/** How the vendor says a kind of problem. */
interface Row {
  readonly status: number;
  readonly code: string;
  /** The vendor's own sentence, from its table of errors of 2026-06-25 unless another source is named. */
  readonly text?: string;
  /** Nothing goes after that sentence: it is all that the vendor says, or more would tell what is not the caller's business. */
  readonly alone?: boolean;
}

const wrongAddress = 'url error, please check url!'; // the guide, 2026-11-20
const notCancelled = 'Failed to cancel the task, please confirm if the task is in PENDING status.'; // "Manage asynchronous tasks", read 2026-11-20
const noModel = 'The model does not exist or you do not have access to it.';

/** Without money: also what a budget of ours does not pay, and then why is said. */
const spent: Row = {
  status: 400,
  code: 'Arrearage',
  text: 'Access denied, please make sure your account is in good standing.',
};

/** Kinds that are not here are the caller's fault (InvalidParameter) or ours (InternalError), and are told in our own words. */
const rows: Partial<Record<ProblemCode, Row>> = {
  key_missing: { status: 401, code: 'InvalidApiKey', text: 'No API-key provided.', alone: true },
  key_invalid: { status: 401, code: 'InvalidApiKey', text: 'Invalid API-key provided.', alone: true },
  key_needed: { status: 401, code: 'InvalidApiKey', text: 'No API-key provided.', alone: true },
  foreign_origin: { status: 403, code: 'AccessDenied', text: 'Access denied.' },
  foreign_host: { status: 403, code: 'AccessDenied', text: 'Access denied.' },
  proxy_needs_key: { status: 403, code: 'AccessDenied', text: 'Access denied.' },
  // Clients come again after these.
  repeat_running: { status: 429, code: 'Throttling' },
  server_stopping: { status: 503, code: 'ModelUnavailable' },
  store_unavailable: {
    status: 503,
    code: 'ModelUnavailable',
    text: 'Model is unavailable, please try again later.',
    alone: true,
  },
  route_unknown: { status: 404, code: 'NotFound', text: 'Not found!' },
  body_unreadable: {
    status: 400,
    code: 'InvalidParameter',
    text: 'Required body invalid, please check the request body format.',
  },
  body_too_large: { status: 400, code: 'BadRequest.TooLarge', text: 'Payload Too Large.' },
  content_type: { status: 400, code: 'BadRequest.IllegalInput', text: 'The input parameter requires json format.' },
  // The reference of 2.7, read 2026-11-20, has the sentence; the table of errors counts it among the denials.
  async_only: {
    status: 403,
    code: 'AccessDenied',
    text: 'current user api does not support synchronous calls',
    alone: true,
  },
  header_missing: { status: 400, code: 'InvalidParameter', text: wrongAddress },
  media_address: { status: 400, code: 'InvalidParameter', text: wrongAddress },
  media_of_other_model: { status: 400, code: 'InvalidParameter', text: wrongAddress },
  media_not_stored: { status: 400, code: 'InvalidParameter', text: wrongAddress },
  media_missing: {
    status: 400,
    code: 'InvalidURL',
    text: 'Required URL is missing or invalid, please check the request URL.',
  },
  unknown_model: { status: 404, code: 'ModelNotFound', text: noModel, alone: true },
  region_not_offered: { status: 404, code: 'ModelNotFound', text: noModel },
  moderation_blocked: {
    status: 400,
    code: 'DataInspectionFailed',
    text: 'Input or output data may contain inappropriate content.',
    alone: true,
  },
  generation_unknown: { status: 400, code: 'UnsupportedOperation', text: notCancelled, alone: true },
  cancel_too_late: { status: 400, code: 'UnsupportedOperation', text: notCancelled, alone: true },
  rate_limited: {
    status: 429,
    code: 'Throttling.RateQuota',
    text: 'Requests rate limit exceeded, please try again later.',
    alone: true,
  },
  quota_exhausted: { ...spent, alone: true },
  budget_exceeded: spent,
  budget_currency: spent,
  budget_needs_price: spent,
  render_timeout: {
    status: 500,
    code: 'InternalError.Timeout',
    text: 'An internal timeout error has occured during execution.',
    alone: true,
  },
  render_failed: { status: 500, code: 'InternalError.Algo', text: 'inference internal error.', alone: true },
  vendor_refused: { status: 400, code: 'InvalidParameter' },
  vendor_failed: { status: 500, code: 'InternalError.Algo', text: 'inference internal error.', alone: true },
  vendor_unavailable: {
    status: 503,
    code: 'ModelUnavailable',
    text: 'Model is unavailable, please try again later.',
    alone: true,
  },
};

const ours: Row = {
  status: 500,
  code: 'InternalError',
  text: 'An internal error has occured, please try again later.',
  alone: true,
};
const callers: Row = { status: 400, code: 'InvalidParameter' };

/** What each missing field is called; all others are "Field required: ...". */
const missing: Readonly<Record<string, Row>> = {
  model: {
    status: 400,
    code: 'BadRequest.EmptyModel',
    text: 'Required parameter "model" missing from request.',
    alone: true,
  },
  input: {
    status: 400,
    code: 'BadRequest.EmptyInput',
    text: 'Required input parameter missing from request.',
    alone: true,
  },
};

function rowOf(found: Problem): Row {
  if (found.code === 'field_missing') {
    const named = Object.hasOwn(missing, found.path) ? missing[found.path] : undefined;
    return named ?? { ...callers, text: `Field required: ${found.path}`, alone: true };
  }
  const { vendorCode } = found.values;
  const passed = isPassedOn(found.code) && typeof vendorCode === 'string' ? statusOfCode(vendorCode) : undefined;
  // What the vendor itself said of a request that was passed on is said again in its own words.
  if (passed !== undefined)
    return { status: passed, code: String(vendorCode), text: String(found.values.found), alone: true };
  return rows[found.code] ?? (problemKind(found.code).fault === 'caller' ? callers : ours);
}

/** What speaks of the request. What speaks of a key or an account at the vendor is not about the caller's own. */
function isPassedOn(code: ProblemCode): boolean {
  return ['vendor_refused', 'moderation_blocked', 'vendor_failed', 'vendor_unavailable'].includes(code);
}

/** The code and the sentence for one problem: of an error, and of a task that failed. */
export function failureOf(found: Problem, context: CodecContext): { status: number; code: string; message: string } {
  const { status, code, text, alone } = rowOf(found);
  if (alone === true && text !== undefined) return { status, code, message: text };
  const { message, remedy } = explainProblem({ ...found, path: wireField(found, context) }, 'en', { wire: true });
  const own = `${message} ${remedy}`.replaceAll('negativePrompt', 'input.negative_prompt');
  return { status, code, message: text === undefined ? own : `${text} ${own}` };
}

/** Problems that one error tells of: whoever sends a thousand faults needs no thousand sentences. */
const mostTold = 8;

/** The vendor's error. It has room for one code: the first problem's; the sentences of the others are said as well. */
export function encodeRefusal(problems: readonly Problem[], context: CodecContext): Answer {
  const failures = problems.slice(0, mostTold).map((found) => failureOf(found, context));
  const { status, code } = failures[0] ?? ours;
  const more = problems.length > mostTold ? [`And ${problems.length - mostTold} more.`] : [];
  const message = [...new Set(failures.map((failure) => failure.message)), ...more].join(' ') || ours.text!;
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: jsonBody({ code, message, request_id: context.requestId }),
  };
}

/** The vendor's name for a place in a request; a place that came from the wire has it already. */
function wireField({ path, values }: Problem, context: CodecContext): string {
  const reference = /^references\[(\d+)\](?:\.(\w+))?/.exec(path);
  if (reference !== null) {
    const [, index, field] = reference;
    const part = field === 'voice' ? 'reference_voice' : field === undefined ? '' : 'url';
    // first_frame may stand anywhere between them and is not counted, as in prompts.
    return `reference ${Number(index) + 1}${part === '' ? '' : ` (${part})`}`;
  }
  if (/^shots(?:\[\d+\])?\.prompt$/.test(path)) return 'input.prompt';
  if (/^shots/.test(path)) return 'parameters.duration';
  const card = typeof values.model === 'string' ? context.findCard(values.model) : undefined;
  const names: Readonly<Record<string, string>> = {
    body: 'the body',
    references: card === undefined || takesMedia(card) ? 'input.media' : 'input.reference_urls',
    startFrame: 'first_frame',
    endFrame: 'last_frame',
    negativePrompt: 'input.negative_prompt',
    tier: 'parameters.resolution',
    expand: 'parameters.prompt_extend',
    ratio: 'parameters.ratio',
    size: 'parameters.size',
    seed: 'parameters.seed',
    audio: 'parameters.audio',
    watermark: 'parameters.watermark',
  };
  return Object.hasOwn(names, path) ? names[path]! : path;
}

/** Every code that the vendor documents, with its status (table of errors, 2026-06-25). */
const statuses: Readonly<Record<number, readonly string[]>> = {
  400: [
    ...['InvalidParameter', 'InvalidParameter.DataInspection', 'DataInspectionFailed', 'IPInfringementSuspect'],
    ...['InvalidURL', 'InvalidURL.ConnectionRefused', 'InvalidURL.Timeout', 'BadRequest.TooLarge', 'Arrearage'],
    ...['UnsupportedOperation', 'BadRequest.EmptyModel', 'BadRequest.EmptyInput', 'BadRequest.IllegalInput'],
  ],
  401: ['InvalidApiKey'],
  403: [
    ...['AccessDenied', 'AccessDenied.Unpurchased', 'AllocationQuota.FreeTierOnly'],
    ...['Model.AccessDenied', 'Workspace.AccessDenied'],
  ],
  404: ['ModelNotFound', 'NotFound'],
  429: ['Throttling', 'Throttling.RateQuota', 'Throttling.AllocationQuota', 'Throttling.BurstRate'],
  500: ['InternalError', 'InternalError.Algo', 'InternalError.Timeout', 'RequestTimeOut'],
  503: ['ModelUnavailable', 'ModelServingError'],
};

function statusOfCode(code: string): number | undefined {
  for (const [status, codes] of Object.entries(statuses)) if (codes.includes(code)) return Number(status);
  return undefined;
}

/** What a code and a sentence of the vendor mean, of an error or of a task that failed. Decided by the code, never by the sentence. */
export function readFailure(code: string | undefined, message: string | undefined, status?: number): Problem {
  const found = message ?? code ?? String(status ?? '');
  const values = code === undefined ? { found } : { found, vendorCode: code };
  const known = code === undefined ? status : (statusOfCode(code) ?? status);
  if (code === 'InvalidApiKey' || known === 401) return problem('key_invalid', '');
  if (code === 'DataInspectionFailed' || code === 'IPInfringementSuspect')
    return problem('moderation_blocked', '', values);
  if (code === 'Arrearage' || code === 'AllocationQuota.FreeTierOnly') return problem('quota_exhausted', '', values);
  if (known === 429) return problem('rate_limited', '', values);
  if (known === 503) return problem('vendor_unavailable', '', values);
  if (known !== undefined && known >= 500) return problem('vendor_failed', '', values);
  return problem('vendor_refused', '', values);
}

/** The problem that an answer of the vendor tells of; undefined for one that tells of none. */
export function decodeRefusal(answer: Answer): Problem | undefined {
  if (answer.status < 400) return undefined;
  const parsed = answer.body.kind === 'json' ? WireError.safeParse(answer.body.value) : undefined;
  return readFailure(parsed?.data?.code, parsed?.data?.message, answer.status);
}

/** What an answer says, by a schema of the fields that are used; an error as its problem. */
export const readAnswer = answerReader(decodeRefusal);
