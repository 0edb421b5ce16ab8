import { type Localized, type Problem, type ProblemCode, problem, problemKind } from '../../model/index.ts';
import type { CodecContext } from '../dialect.ts';
import type { Answer } from '../message.ts';
import { joinSentences, ownWords } from '../own-words.ts';
import { answerReader } from '../read-answer.ts';
import { envelope, say } from './envelope.ts';
import { WireError } from './wire.ts';

/** How the vendor says a kind of problem. */
interface Row {
  /** The HTTP status, and the code of the body. */
  readonly status: number;
  /** A sentence of its own, and nothing else; without one, ours. */
  readonly text?: Localized;
}

/** The page has these statuses (200, 400, 401, 404, 500; read 2026-11-20) without bodies: sentences are ours but for moderation's. */
const refused: Row = { status: 400 };
const internal: Row = { status: 500, text: { en: 'Internal server error', zh: '服务器内部错误' } };

// What the vendor's text service answers with status 400 (seen by one of its users, read 2026-11-20).
const review = 'The content contains inappropriate information and does not pass the review.';

/** Kinds that are not here are the caller's fault (400) or ours (500). */
const rows: Partial<Record<ProblemCode, Row>> = {
  key_missing: { status: 401 },
  key_invalid: { status: 401 },
  key_needed: { status: 401 },
  route_unknown: { status: 404 },
  method_unknown: { status: 404 },
  generation_unknown: { status: 404 },
  moderation_blocked: { status: 400, text: { en: review, zh: review } },
  quota_exhausted: { status: 400, text: { en: 'Insufficient balance', zh: '余额不足' } },
  // No page has it; clients know what it means. Ours.
  rate_limited: {
    status: 429,
    text: { en: 'Too many requests, please try again later', zh: '请求过于频繁，请稍后重试' },
  },
  vendor_refused: refused,
  foreign_origin: { status: 403 },
  foreign_host: { status: 403 },
  proxy_needs_key: { status: 403 },
  // Clients come again after it.
  repeat_running: { status: 429 },
};

/** Seconds after which a caller of too many requests may come again: the pace at which clients of this vendor ask. */
const retrySeconds = 10;

function rowOf(found: Problem): Row {
  const { vendorCode } = found.values;
  // What the vendor itself said of a request that was passed on is said again in its own words.
  if (found.code === 'vendor_refused' && (vendorCode === '400' || vendorCode === '404')) {
    const words = String(found.values.found);
    return { status: Number(vendorCode), text: { en: words, zh: words } };
  }
  return rows[found.code] ?? (problemKind(found.code).fault === 'caller' ? refused : internal);
}

/** One problem as the vendor would say it: of an error, and of a task that failed. */
export function sentence(found: Problem, context: CodecContext): string {
  const { text } = rowOf(found);
  if (text !== undefined) return say(text, context);
  return ownWords(found, wireField(found.path), context.language ?? 'zh').replaceAll(
    'negativePrompt',
    'input.negative_prompt',
  );
}

/** Problems that one error tells of: whoever sends a thousand faults needs no thousand sentences. */
const mostTold = 8;

/** The vendor's error: the first problem's status, the sentences of all. */
export function encodeRefusal(problems: readonly Problem[], context: CodecContext): Answer {
  const [first] = problems;
  const { status } = first === undefined ? internal : rowOf(first);
  const told = problems.slice(0, mostTold).map((found) => sentence(found, context));
  const over = problems.length - mostTold;
  if (over > 0) told.push(say({ en: `And ${over} more.`, zh: `另有 ${over} 处。` }, context));
  const message = joinSentences([...new Set(told)], context.language ?? 'zh') || say(internal.text!, context);
  const answer = envelope(status, message, null, context);
  return status === 429 ? { ...answer, headers: { ...answer.headers, 'retry-after': String(retrySeconds) } } : answer;
}

/** The vendor's name for a place in a request; a place that came from the wire has it already. */
function wireField(path: string): string {
  const reference = /^references\[(\d+)\](?:\.(image|name)|\.angles\[(\d+)\])?/.exec(path);
  if (reference !== null) {
    const [, index, field, angle] = reference;
    const part = field === 'name' ? '.name' : field === 'image' ? '.urls[0]' : '';
    return `input.mutil_reference[${index}]${angle === undefined ? part : `.urls[${Number(angle) + 1}]`}`;
  }
  if (/^shots(?:\[\d+\])?\.prompt$/.test(path)) return 'input.prompt';
  if (/^shots/.test(path)) return 'input.duration';
  const names: Readonly<Record<string, string>> = {
    references: 'input.mutil_reference',
    tier: 'input.resolution',
    ratio: 'input.aspect_ratio',
    count: 'input.number_of_videos',
    expand: 'need_expand_prompt',
    negativePrompt: 'input.negative_prompt',
  };
  return Object.hasOwn(names, path) ? names[path]! : path;
}

/**
 * The problem that an answer of the vendor tells of; undefined for one that tells of none. Its page shows codes 400 and 500 under the answer
 * of status 200, so that a body may refuse where the status does not.
 */
export function decodeRefusal(answer: Answer): Problem | undefined {
  const wire = answer.body.kind === 'json' ? WireError.safeParse(answer.body.value).data : undefined;
  const status = answer.status >= 400 ? answer.status : (wire?.code ?? 0);
  if (status === 0 || (answer.status < 400 && status === 200)) return undefined;
  const found = wire?.message ?? String(status);
  const values = wire?.code === undefined ? { found } : { found, vendorCode: String(wire.code) };
  if (status === 401) return problem('key_invalid', '');
  if (status === 402) return problem('quota_exhausted', '', values);
  if (status === 429) return problem('rate_limited', '', values);
  if (status === 503) return problem('vendor_unavailable', '', values);
  return problem(status >= 500 ? 'vendor_failed' : 'vendor_refused', '', values);
}

/** What an answer says, by a schema of the fields that are used; an error as its problem. */
export const readAnswer = answerReader(decodeRefusal);
