import { createHash } from 'node:crypto';
import { readRequest, type SavedReferences, savedIn, shapeProblems } from '@refreel/core/authoring';
import { namePattern, problem, Refusal } from '@refreel/core/model';
import type { z } from 'zod';
import { findReferences } from '../store/index.ts';
import type { Parts } from './parts.ts';
import { hasBody, parseJson, readBytes, requireJson } from './read-body.ts';
import type { AuthoredBody, Call, ReadCall, Route } from './route.ts';

/** Reads query and body of a call as its route says. @throws Refusal with everything that is wrong with either. */
export async function readCall(route: Route, call: Call, parts: Parts): Promise<ReadCall<unknown, unknown>> {
  const query = readQuery(route, call.url);
  const { body } = route;
  // A route that takes more than JSON reads its body by itself.
  if (body === undefined || body.alsoTypes !== undefined) return { ...call, query, body: undefined, fingerprint: '' };
  if (body.optional === true && !hasBody(call.request))
    return { ...call, query, body: undefined, fingerprint: fingerprintOf(call.request, call.url, Buffer.alloc(0)) };
  requireJson(call.request);
  const bytes = await readBytes(call.request, parts.limits);
  const value = parseJson(bytes);
  const read =
    body.authored === true
      ? await readAuthored(value, call, parts, body.beside)
      : readShape(body.schema, value, keysOf(body.schema));
  return { ...call, query, body: read, fingerprint: fingerprintOf(call.request, call.url, bytes) };
}

/** What makes it the same request when it comes again. How long somebody waits for it does not. */
export function fingerprintOf(request: Request, url: URL, body: Uint8Array): string {
  const query = new URLSearchParams(url.search);
  query.delete('wait');
  return createHash('sha256').update(`${request.method} ${url.pathname}?${query}\n`).update(body).digest('hex');
}

/** @throws Refusal that says which fields there are. */
export function readShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  known: readonly string[],
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(...shapeProblems(schema, value, () => known));
}

async function readAuthored(
  value: unknown,
  call: Call,
  parts: Parts,
  beside?: z.ZodObject,
): Promise<AuthoredBody & { readonly beside?: unknown }> {
  const { own, other } = takeBeside(value, beside);
  const { request, problems, notes } = readRequest(own, parts.cards?.() ?? [], await savedOf(own, call, parts));
  if (request === undefined) throw new Refusal(...problems);
  return {
    request,
    problems,
    notes,
    ...(beside !== undefined && { beside: readShape(beside, other, keysOf(beside)) }),
  };
}

/** Fields of the request, and those that stand beside it. */
function takeBeside(
  value: unknown,
  beside: z.ZodObject | undefined,
): { readonly own: unknown; readonly other: object } {
  if (beside === undefined || typeof value !== 'object' || value === null || Array.isArray(value))
    return { own: value, other: {} };
  const fields = Object.entries(value);
  const isBeside = (name: string) => Object.hasOwn(beside.shape, name);
  return {
    own: Object.fromEntries(fields.filter(([name]) => !isBeside(name))),
    other: Object.fromEntries(fields.filter(([name]) => isBeside(name))),
  };
}

/** What a request of the caller names as saved, by each word that it uses. */
async function savedOf(value: unknown, { caller }: Call, { database }: Parts): Promise<SavedReferences | undefined> {
  // Ids are names too, as far as their letters go; anything else is no word of ours, and may hold what a database cannot take.
  const words = savedIn(value).filter((word) => namePattern.test(word));
  if (words.length === 0) return undefined;
  const found = await findReferences(database.connection, caller.workspace, words);
  return new Map(found.flatMap(({ id, name, reference }) => [[id, reference] as const, [name, reference] as const]));
}

function readQuery({ query, access }: Route, url: URL): unknown {
  const refuse = (name: string, en: string, zh: string) =>
    new Refusal(problem('invalid_request', name, { found: { en, zh } }));
  const given = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (given.has(name)) throw refuse(name, 'it is given twice', '重复出现');
    if (`${name}${value}`.includes('\0'))
      throw refuse('query', 'it holds a character that cannot be kept', '含有无法保存的字符');
    given.set(name, value);
  }
  if (query !== undefined) return readShape(query, Object.fromEntries(given), Object.keys(query.shape));
  const [extra] = given.keys();
  // Whoever watches a server may add what keeps caches away.
  if (extra !== undefined && access !== 'anyone')
    throw refuse(extra, 'nothing can be asked for here', '此处不接受查询参数');
  return undefined;
}

function keysOf(schema: z.ZodType): string[] {
  return 'shape' in schema ? Object.keys(schema.shape as object) : [];
}
