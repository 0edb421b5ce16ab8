import type {
  Answer,
  AnyExchange,
  Ask,
  CodecContext,
  Deed,
  Dialect,
  Exchange,
  Question,
  Replies,
} from '@refreel/core/dialects';
import { type Request as FilmRequest, type Note, type Problem, problemKind } from '@refreel/core/model';
import type { Caller } from '../../generations/service.ts';
import type { ClockReading } from '../../sandbox/clock.ts';
import type { WholeGeneration } from '../../store/index.ts';
import { type TextAnswer, toResponse } from '../answer.ts';
import { filmFault, showInstead } from '../asked-faults.ts';
import type { Content } from '../content.ts';
import { cutAlike } from '../cut.ts';
import { generationHeaders } from '../native/write-generation.ts';
import type { Parts } from '../parts.ts';
import { sendFilm } from '../send-film.ts';

/** One request to a stand-in that was read, with all that answering it takes. */
export interface DialectCall<Does extends Deed = Deed> {
  readonly request: Request;
  readonly ask: Ask;
  readonly dialect: Dialect;
  readonly basePath: string;
  /** Before every address of ours that is handed out; empty where none is known to be right. */
  readonly base: string;
  readonly exchange: Extract<AnyExchange, { does: Does }>;
  readonly question: Extract<Question, { does: Does }>;
  /** Of the reading. */
  readonly notes: readonly Note[];
  readonly context: CodecContext;
  readonly clock: ClockReading;
  readonly caller: Caller;
  readonly parts: Parts;
}

/** Does what is asked for. */
export type Deeds = { readonly [Does in Deed]: (call: DialectCall<Does>) => Promise<Response> };

export interface Telling {
  /** Whose notes and producers the headers tell. */
  readonly generation?: WholeGeneration | undefined;
  /** What the handles of the reply stand for. */
  readonly contents?: ReadonlyMap<string, Content> | undefined;
}

/** The reply as the vendor writes it. */
export function encodeReply<Does extends Deed>(call: DialectCall<Does>, reply: Replies[Does]): Answer {
  const { answer } = call.exchange as unknown as Pick<Exchange<Does>, 'answer'>;
  return answer.encode(reply, call.question, call.context);
}

export async function tell<Does extends Deed>(
  call: DialectCall<Does>,
  reply: Replies[Does],
  telling: Telling = {},
): Promise<Response> {
  const answer = encodeReply(call, reply);
  const { generation } = telling;
  if (answer.body.kind === 'bytes' && generation !== undefined && call.parts.faultsObeyed) {
    const { request, parts, dialect } = call;
    await showInstead(request, parts, { askedFor: 'content', dialect: dialect.id, model: generation.model });
    // To whoever asks with a key an expired film is one that is not known.
    if (filmFault(request, parts, generation.faults) === 'expired_url')
      return await writeAnswer(call, encodeReply(call, undefined as Replies[Does]));
  }
  return await writeAnswer(call, answer, telling);
}

/** Writes an answer: JSON, nothing, or the bytes that a handle stands for, in part where a part is asked for. */
export async function writeAnswer(
  { request, parts }: Pick<DialectCall, 'request' | 'parts'>,
  answer: Answer,
  { generation, contents }: Telling = {},
): Promise<Response> {
  const { status, headers, body } = answer;
  const more = generation === undefined ? {} : generationHeaders(generation);
  if (body.kind !== 'bytes') return toResponse({ ...textOf(answer), headers: { ...textOf(answer).headers, ...more } });
  const content = contents?.get(body.bytes);
  if (content === undefined) throw new Error(`nobody knows what ${body.bytes} stands for`);
  const fault = generation === undefined ? undefined : filmFault(request, parts, generation.faults);
  const sent = await sendFilm(request, parts.files, { ...content, mediaType: body.mediaType }, false, fault);
  const whole = sent.status === 200 ? status : sent.status;
  const response = cutAlike(sent, new Response(sent.body, { status: whole, headers: sent.headers }));
  for (const [name, value] of Object.entries({ ...headers, ...more }))
    if (fault === undefined || name.toLowerCase() !== 'content-type') response.headers.set(name, value);
  return response;
}

/** An answer in one piece, so that it can be kept and given again. */
export function textOf({ status, headers, body }: Answer): TextAnswer {
  if (body.kind !== 'none' && body.kind !== 'json') throw new Error(`an answer of ${body.kind} has no text`);
  const type = body.kind === 'json' ? { 'content-type': 'application/json' } : {};
  return {
    status,
    headers: { 'cache-control': 'no-store', ...type, ...headers },
    body: body.kind === 'json' ? JSON.stringify(body.value) : '',
  };
}

/** A refusal as the vendor writes it, with when to come again where that may help. `asked`: what the problems speak of, where it was read. */
export function refuseWith(
  { dialect, context }: Pick<DialectCall, 'dialect' | 'context'>,
  problems: readonly Problem[],
  asked?: FilmRequest,
): TextAnswer {
  const refused = withAllowed(textOf(dialect.refusal.encode(problems, context, asked)), problems);
  const retryable = problems[0] !== undefined && problemKind(problems[0].code).retryable;
  if (!retryable || 'retry-after' in refused.headers) return refused;
  return { ...refused, headers: { 'retry-after': '1', ...refused.headers } };
}

/** Whatever the vendor's words for a wrong method are: the header that says which are right. */
function withAllowed(refused: TextAnswer, [first]: readonly Problem[]): TextAnswer {
  if (first?.code !== 'method_unknown') return refused;
  return { ...refused, headers: { allow: [first.values.limit ?? []].flat().join(', '), ...refused.headers } };
}
