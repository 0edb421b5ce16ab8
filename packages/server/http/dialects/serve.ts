import { Readable } from 'node:stream';
import { findCard } from '@refreel/core/catalog';
import { type CodecContext, type FormPart, findExchange } from '@refreel/core/dialects';
import { type Request as FilmRequest, type Problem, problem, Refusal } from '@refreel/core/model';
import type { Caller } from '../../generations/service.ts';
import type { ClockReading } from '../../sandbox/clock.ts';
import type { FaultTaker } from '../../store/index.ts';
import type { Admission } from '../admission.ts';
import { languageOfCaller, toResponse } from '../answer.ts';
import { FaultShown, showInstead } from '../asked-faults.ts';
import { cutAlike } from '../cut.ts';
import { problemsOfError } from '../faults.ts';
import type { Parts } from '../parts.ts';
import { bodyType } from '../read-body.ts';
import { showFault } from '../show-fault.ts';
import { accept } from './accept.ts';
import { type Deeds, type DialectCall, refuseWith } from './call.ts';
import { look } from './look.ts';
import { type Place, placeOf } from './place.ts';
import { readAskBody, readHead } from './read-ask.ts';
import type { FormFile } from './read-form.ts';
import { tellOf } from './tell-of.ts';
import { callerByPermit, upload } from './upload.ts';
import { findShown } from './view.ts';

/** All fields of a form that brings leave instead of a key. */
const mostLeaveBytes = 64 * 1024;
const methods = ['GET', 'POST', 'DELETE'] as const;
const deeds: Deeds = { ...accept, ...look, ...upload, ...tellOf };

/** A request to a stand-in at the door. */
export interface Visit {
  readonly request: Request;
  readonly url: URL;
  readonly requestId: string;
  /** Before every address of ours that is handed out; empty where none is known to be right. */
  readonly base: string;
  /** Of what answers it, as its table writes it; set once that is known. */
  route?: string | undefined;
  /** What problems speak of, once it was read. */
  asked?: FilmRequest | undefined;
}

/**
 * Answers whatever comes to an address of a vendor's, in that vendor's clothes: films and refusals alike, and also what the front door turns
 * away. Undefined for all other addresses. Never rejects.
 */
export function serveDialect(visit: Visit, parts: Parts, admission: Admission): Promise<Response> | undefined {
  const place = placeOf(visit.url.pathname);
  return place === undefined ? undefined : answer(visit, place, parts, admission);
}

async function answer(visit: Visit, place: Place, parts: Parts, admission: Admission): Promise<Response> {
  const { request, requestId } = visit;
  const { dialect, base } = place;
  let context = contextOf(visit, place, Date.now());
  let response: Response;
  try {
    const entered = await admission.enter(request, visit.url);
    if (!entered.ok) throw new Refusal(entered.problem);
    if (isPreflight(request)) return new Response(null, { status: 204 });
    const clock = await parts.clock.read();
    context = contextOf(visit, place, clock.now);
    if (base === undefined) throw new Refusal(problem('route_unknown', '', { found: shownOf(visit) }));
    response = await serve(visit, { ...place, base }, context, clock, entered.keyless, parts, admission);
  } catch (error) {
    const refuse = (problems: readonly Problem[]) => refuseWith({ dialect, context }, problems, visit.asked);
    if (error instanceof FaultShown) response = showFault(error.fault, refuse);
    else {
      const { problems, fault } = problemsOfError(error, requestId);
      if (fault) parts.onFault(error, requestId);
      response = toResponse(refuse(problems));
    }
  }
  if (!response.headers.has('x-refreel-producer')) response.headers.set('x-refreel-producer', 'animatic');
  return request.method === 'HEAD' ? cutAlike(response, new Response(null, response)) : response;
}

async function serve(
  visit: Visit,
  { dialect, base, path }: Place & { readonly base: NonNullable<Place['base']> },
  context: CodecContext,
  clock: ClockReading,
  keyless: boolean,
  parts: Parts,
  admission: Admission,
): Promise<Response> {
  const { request, url } = visit;
  const head = readHead(request, url, path);
  const found = findExchange(dialect, head.method, path);
  if (found === undefined) {
    const limit = methods.filter((method) => findExchange(dialect, method, path) !== undefined);
    if (limit.length === 0) throw new Refusal(problem('route_unknown', '', { found: shownOf(visit) }));
    throw new Refusal(problem('method_unknown', url.pathname.slice(0, 200), { found: request.method, limit }));
  }
  const { exchange } = found;
  visit.route = `${base.path}${exchange.path.replace(/:(\w+)/g, '{$1}')}`;
  const key = dialect.key.read(head);
  // A form that was given leave brings that instead of a key.
  const byPermit = key === undefined && exchange.does === 'upload' && dialect.exchanges.permit !== undefined;
  let caller: Caller | undefined;
  if (!byPermit) {
    const recognised = await admission.recogniseKey(key, keyless);
    if (!recognised.ok) throw new Refusal(recognised.problem);
    caller = recognised.caller;
  }
  const keepFile = async (file: FormFile, bytes: AsyncIterable<Uint8Array>, before: readonly FormPart[]) => {
    caller ??= await callerByPermit(before, { dialect, clock, parts });
    if (caller === undefined) throw new Refusal(problem('key_missing', ''));
    const content = Readable.from(bytes, { objectMode: false });
    const kept = await parts.generations.keep(caller, { kind: 'stream', content, name: file.fileName });
    if (kept.ok) return `asset:${kept.value.sha256}`;
    throw new Refusal(...kept.problems.map((one) => (one.path === 'file' ? { ...one, path: file.name } : one)));
  };
  // Of a stranger nothing is read but the few fields that leave consists of.
  if (byPermit && bodyType(request) !== 'multipart/form-data') throw new Refusal(problem('key_missing', ''));
  const limits = byPermit ? { ...parts.limits, bodyBytes: mostLeaveBytes } : parts.limits;
  const ask = { ...head, body: await readAskBody(request, limits, keepFile) };
  const read = exchange.ask.decode(ask, found.parts, context);
  if (!read.ok) throw new Refusal(...read.problems);
  if ('request' in read.value) visit.asked = read.value.request;
  // A form without a file was asked for nothing yet.
  if (caller === undefined) throw new Refusal(problem('key_missing', ''));
  const call = {
    ...{ request, ask, dialect, basePath: base.path, base: visit.base, exchange, context, clock, caller, parts },
    question: read.value,
    notes: read.notes,
  };
  if (exchange.does !== 'create' && exchange.does !== 'remix')
    await showInstead(request, parts, parts.faultsObeyed ? await lookOf(call) : undefined);
  // The question is that of the exchange, and the deed that of the question: no type of the language can say so.
  return await (deeds[exchange.does] as (one: unknown) => Promise<Response>)(call);
}

/** What a fault may wait for that is armed for looks. */
async function lookOf({ question, ...call }: DialectCall): Promise<FaultTaker | undefined> {
  if (question.does !== 'look') return undefined;
  const found = await findShown(call, question.id, question.model);
  return { askedFor: 'look', dialect: call.dialect.id, model: found?.model };
}

function contextOf({ request, requestId }: Visit, { base }: Place, now: number): CodecContext {
  const wanted = request.headers.get('accept-language');
  const language = wanted === null ? undefined : languageOfCaller(wanted);
  return { requestId, now, region: base?.region, language, findCard };
}

function shownOf({ request, url }: Visit): string {
  return `${request.method} ${url.pathname.slice(0, 200)}`;
}

function isPreflight(request: Request): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.headers.has('origin') &&
    request.headers.has('access-control-request-method')
  );
}
