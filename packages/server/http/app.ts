import { randomUUID } from 'node:crypto';
import { makeNote, problem, Refusal } from '@refreel/core/model';
import { Hono } from 'hono';
import type { Caller } from '../generations/service.ts';
import { type Admission, openAdmission } from './admission.ts';
import { languageOfCaller, noteHeader, refusal, refusalText } from './answer.ts';
import { FaultShown, faultHeader, unheededHeader } from './asked-faults.ts';
import { cutAlike } from './cut.ts';
import { sendAddressed } from './dialects/send-addressed.ts';
import { serveDialect, type Visit } from './dialects/serve.ts';
import { problemsOfError } from './faults.ts';
import { isLoopback } from './front-door.ts';
import { nativeRoutes } from './native/routes.ts';
import { defaultLimits, type HttpLimits, type Parts } from './parts.ts';
import { readCall } from './read-call.ts';
import type { Route } from './route.ts';
import { showFault } from './show-fault.ts';
import { sendStudio } from './studio.ts';

/** What answers requests. */
export interface App {
  /** Answers anything that is a request; never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Everything that is served. */
  readonly routes: readonly Route[];
}

export interface AppOptions extends Omit<Parts, 'limits'> {
  readonly limits?: Partial<HttpLimits>;
  /** Whether callers need a key, where that is known already. */
  readonly locked?: boolean;
}

/** Opens the front door and the routes behind it. */
export async function openApp({ locked, ...options }: AppOptions): Promise<App> {
  const parts: Parts = { ...options, limits: { ...defaultLimits, ...options.limits } };
  const admission = await openAdmission(parts, locked);
  const routes = nativeRoutes(admission.lock);
  const hono = new Hono<{ Bindings: Entry }>();
  for (const route of routes)
    hono.on(route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), ({ env, req }) => {
      env.route = route.path;
      return answerRoute(route, env, req.param(), parts, admission);
    });
  hono.notFound(({ env }) => {
    throw new Refusal(unknownRoute(routes, env));
  });
  hono.onError((error) => {
    throw error;
  });
  return { routes, fetch: (request) => answerAny(request, hono, parts, admission) };
}

/** A request that came through the front door. */
interface Entry {
  readonly request: Request;
  readonly url: URL;
  readonly requestId: string;
  readonly keyless: boolean;
  /** Of the route that answers it, as its table writes it. */
  route?: string | undefined;
}

async function answerAny(
  request: Request,
  hono: Hono<{ Bindings: Entry }>,
  parts: Parts,
  admission: Admission,
): Promise<Response> {
  const given = request.headers.get('x-request-id') ?? '';
  const requestId = /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  const language = languageOfCaller(request.headers.get('accept-language'));
  const begun = performance.now();
  let answer: Response;
  let entry: Visit | undefined;
  try {
    const url = new URL(request.url);
    // Vendors' addresses first, as they are refused in another way, then those that need no key; the rest is our own.
    const visit: Visit = { request, url, requestId, base: baseOf(url, parts) };
    entry = visit;
    answer =
      (await serveDialect(visit, parts, admission)) ??
      (await sendAddressed(visit, parts)) ??
      (await answerNative(visit, hono, admission));
  } catch (error) {
    if (error instanceof FaultShown) answer = showFault(error.fault, (problems) => refusalText(problems, language));
    else {
      const { problems, fault } = problemsOfError(error, requestId);
      if (fault) parts.onFault(error, requestId);
      answer = refusal(problems, language);
    }
    if (request.method === 'HEAD') answer = cutAlike(answer, new Response(null, answer));
  }
  answer.headers.set('x-request-id', requestId);
  answer.headers.set('x-content-type-options', 'nosniff');
  answer.headers.append('vary', 'Accept-Language, Origin');
  tellUnheeded(request, answer);
  allowOrigin(request, answer, parts);
  parts.metrics.answered(request.method, entry?.route, answer.status, (performance.now() - begun) / 1000);
  return answer;
}

/** Whoever names a fault where none is shown learns it: a test that passes because nothing went wrong has tested nothing. */
function tellUnheeded(request: Request, { headers }: Response): void {
  const found = unheededHeader(request);
  if (found === undefined) return;
  const notes = noteHeader([makeNote('fault_ignored', faultHeader, { found: found.slice(0, 100) })]);
  for (const [name, value] of Object.entries(notes)) headers.append(name, value);
}

async function answerNative(visit: Visit, hono: Hono<{ Bindings: Entry }>, admission: Admission): Promise<Response> {
  const { request, url } = visit;
  const entered = await admission.enter(request, url);
  if (!entered.ok) throw new Refusal(entered.problem);
  if (isPreflight(request)) return new Response(null, { status: 204 });
  const studio = await sendStudio(request, url);
  if (studio !== undefined) return studio;
  const entry: Entry = { ...visit, keyless: entered.keyless };
  try {
    return await hono.fetch(request, entry);
  } finally {
    visit.route = entry.route;
  }
}

async function answerRoute(
  route: Route,
  { request, url, requestId, keyless }: Entry,
  path: Record<string, string>,
  parts: Parts,
  admission: Admission,
): Promise<Response> {
  const recognised = await admission.recognise(request, route.access, keyless);
  if (!recognised.ok) throw new Refusal(recognised.problem);
  const unstorable = Object.entries(path).find(([, value]) => value.includes('\0') || !value.isWellFormed());
  if (unstorable !== undefined)
    throw new Refusal(problem('route_unknown', '', { found: `${request.method} ${route.path}` }));
  const language = languageOfCaller(request.headers.get('accept-language'));
  const call = {
    request,
    url,
    requestId,
    language,
    path,
    base: baseOf(url, parts),
    // A route of another access has no use for it, and a use would be seen at once.
    caller: recognised.caller ?? (undefined as unknown as Caller),
  };
  return await route.answer(await readCall(route, call, parts), parts);
}

/** Addresses that are handed out must lead back here: by the name the operator gave, or by one of this machine that the caller used itself. */
function baseOf(url: URL, parts: Parts): string {
  const { publicUrl } = parts.door();
  if (publicUrl !== undefined) return publicUrl;
  return isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1')) ? url.origin : '';
}

function unknownRoute(routes: readonly Route[], { request, url }: Entry) {
  const asked = url.pathname.slice(0, 200);
  const methods = routes.filter(({ path }) => matches(path, url.pathname)).map(({ method }) => method);
  if (methods.length === 0) return problem('route_unknown', '', { found: `${request.method} ${asked}` });
  return problem('method_unknown', asked, { found: request.method, limit: methods });
}

function matches(path: string, asked: string): boolean {
  const [wanted, given] = [path.split('/'), asked.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith('{') ? given[at] !== '' : part === given[at]))
  );
}

function isPreflight(request: Request): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.headers.has('origin') &&
    request.headers.has('access-control-request-method')
  );
}

const exposed = 'ETag, Location, Retry-After, Idempotent-Replayed, X-Request-Id, X-Refreel-Producer, X-Refreel-Notes';

/** Pages of the sites that the operator named may read the answer. */
function allowOrigin(request: Request, answer: Response, parts: Parts): void {
  const origin = request.headers.get('origin');
  if (origin === null || !parts.door().cors.includes(origin)) return;
  answer.headers.set('access-control-allow-origin', origin);
  answer.headers.set('access-control-expose-headers', exposed);
  if (!isPreflight(request)) return;
  answer.headers.set('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE');
  answer.headers.set(
    'access-control-allow-headers',
    'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Range, If-Range, If-None-Match, X-Refreel-Fault',
  );
  answer.headers.set('access-control-max-age', '600');
}
