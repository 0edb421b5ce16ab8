import { casesOf, type LimitCase } from '../catalog/check-cases.ts';
import { check, type Facts, type MediaFacts, type Note, noFacts, type Request } from '../model/index.ts';
import { contextOf, decodeAsk } from './conformance.suite.ts';
import type { CodecContext, Dialect } from './dialect.ts';
import type { Answer, Ask, Json } from './message.ts';

/** What a server would say to an ask, for the tests of the dialects. */
export interface Served {
  /** Undefined where it was refused. */
  readonly request: Request | undefined;
  readonly notes: readonly Note[];
  /** The vendor's error, where it was refused. */
  readonly refusal: Answer | undefined;
}

/** Reads, looks it over as the model's card has it, and refuses in the vendor's shape. */
export function serveBy(dialect: Dialect, ask: Ask, more: Partial<CodecContext> = {}, facts: Facts = noFacts): Served {
  const context = contextOf(dialect, more);
  const read = decodeAsk(dialect, ask, context);
  if (!read.ok) return { request: undefined, notes: [], refusal: dialect.refusal.encode(read.problems, context) };
  if (read.value.does !== 'create') throw new Error('not a create');
  const card = context.findCard(read.value.request.model);
  if (card === undefined) throw new Error('a model that is not offered was let in');
  const request = dialect.afterMeasuring?.(read.value.request, facts, card) ?? read.value.request;
  const checked = check(request, card, facts);
  const notes = [...read.notes, ...checked.notes];
  if (checked.problems.length === 0) return { request, notes, refusal: undefined };
  return { request, notes, refusal: dialect.refusal.encode(checked.problems, context, request) };
}

/** "code path" of each note, but for what every request of these tests is told. */
export function notedBy({ notes }: Served): string[] {
  const always = /^(?:references?_unmentioned|media_unmeasured)$/;
  return notes.filter(({ code }) => !always.test(code)).map(({ code, path }) => `${code} ${path}`);
}

/** The JSON of an answer. */
export function jsonOf({ body }: Answer): { readonly [key: string]: Json } {
  if (body.kind !== 'json') throw new Error('an answer without JSON');
  return body.value as { readonly [key: string]: Json };
}

/** A limit of a card, asked for over the wire. */
export interface WireCase {
  readonly limit: LimitCase;
  /** Undefined where the wire has no words for it. */
  readonly served: Served | undefined;
  /** The places that writing it changed: what is not on the wire cannot be refused there. */
  readonly changed: readonly string[];
}

/** Every limit of a card, at the limit and one past it, written for the vendor and read by its stand-in. */
export function limitsOverWire(dialect: Dialect, card: LimitCase['card']): WireCase[] {
  const create = dialect.exchanges.create![0]!;
  return casesOf(card).map((limit) => {
    const request = onTheWeb(limit.request) as Request;
    const question = { does: 'create', request, echo: null, notes: [] } as const;
    const written = create.ask.encode(question, contextOf(dialect));
    if (!written.ok) return { limit, served: undefined, changed: [] };
    const media = Object.entries(limit.media).map(([name, facts]): [string, MediaFacts] => [addressOf(name), facts]);
    const served = serveBy(dialect, written.message, {}, { media: Object.fromEntries(media), lines: {} });
    return { limit, served, changed: written.notes.map(({ path }) => path) };
  });
}

const addressOf = (name: string) => `https://media.example/${name}`;

/** The samples name files; a wire names addresses. */
function onTheWeb(value: unknown): unknown {
  if (typeof value === 'string') return /^\S+\.(?:png|mp4|wav)$/.test(value) ? addressOf(value) : value;
  if (Array.isArray(value)) return value.map(onTheWeb);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, onTheWeb(one)]));
}
