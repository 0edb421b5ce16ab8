import { cards, findCard, inRegion } from '@refreel/core/catalog';
import {
  type CodecContext,
  type Dialect,
  findExchange,
  type Json,
  type Question,
  type Written,
} from '@refreel/core/dialects';
import { type Card, check, type Note, noFacts, noteEffect, type Problem, type Request } from '@refreel/core/model';
import type { AskGolden } from '../../packages/core/dialects/golden.ts';
import type { Ask } from '../../packages/core/dialects/message.ts';
import { diffAsks } from '../../packages/core/dialects/wire-diff.suite.ts';

/** One field: "references[0].image" and what stands there. */
export interface Row {
  readonly path: string;
  readonly value: Json;
}

/** A documented request of one vendor, as Refreel reads it, and as another vendor would get it. */
export interface Played {
  readonly golden: AskGolden;
  readonly asked: { readonly address: string; readonly rows: readonly Row[] };
  readonly canonical: { readonly rows: readonly Row[]; readonly notes: readonly Note[] };
  readonly sent: {
    readonly dialect: string;
    readonly model: string;
    /** Undefined where it cannot be said there. */
    readonly address: string | undefined;
    readonly rows: readonly Row[];
    readonly notes: readonly Note[];
    /** What the model refuses; with an address, only the model's check does. */
    readonly problems: readonly Problem[];
    /** Back at the vendor by which it came: the places that are written otherwise than they were. */
    readonly otherwise: readonly string[] | undefined;
  };
}

/** The documented requests that ask for a film. */
export function creatingGoldens(dialect: Dialect, asks: readonly AskGolden[]): AskGolden[] {
  return asks.filter(({ ask }) => findExchange(dialect, ask.method, ask.path)?.exchange.does === 'create');
}

/**
 * Reads an example and writes it for another dialect, by the model that is named or by the one of that dialect that loses least.
 * Throws where an example of the project is refused by its own dialect, or the dialect has no such model.
 */
export function play(from: Dialect, golden: AskGolden, to: Dialect, model?: string): Played {
  const { ask } = golden;
  const question = readGolden(from, golden);
  const { request, echo, notes } = question;
  const tries = modelsOf(to, model ?? request.model, model !== undefined).map((card) =>
    write(to, card, { ...request, model: card.id }, from.id === to.id ? echo : null),
  );
  const best = tries.sort((one, other) => costOf(one) - costOf(other))[0];
  if (best === undefined) throw new Error(`${to.id} has no model ${model ?? ''}`.trim());
  const { written, problems } = best;
  const back = from.id === to.id && best.card.id === request.model;
  return {
    golden,
    asked: { address: `${ask.method} ${ask.path}`, rows: rowsOfAsk(ask) },
    canonical: { rows: rowsOf(JSON.parse(JSON.stringify(request)) as Json), notes },
    sent: {
      dialect: to.id,
      model: best.card.id,
      address: written.ok ? `${written.message.method} ${written.message.path}` : undefined,
      rows: written.ok ? rowsOfAsk(written.message) : [],
      notes: best.notes,
      problems,
      otherwise: back && written.ok ? diffAsks(ask, written.message) : undefined,
    },
  };
}

function readGolden(dialect: Dialect, { name, ask, region }: AskGolden): Extract<Question, { does: 'create' }> {
  const found = findExchange(dialect, ask.method, ask.path);
  const read = found?.exchange.ask.decode(ask, found.parts, contextOf(dialect, region));
  if (read?.ok !== true || read.value.does !== 'create')
    throw new Error(`${dialect.id}: "${name}" asks for no film, or is refused`);
  return read.value;
}

function contextOf(dialect: Dialect, region = dialect.bases[0]?.region): CodecContext {
  return { requestId: '00000000-0000-4000-8000-000000000000', now: 0, region, findCard };
}

/** The model itself where the dialect has it or it was asked for, else all that the dialect has. One that has none of its own takes any. */
function modelsOf(dialect: Dialect, model: string, only: boolean): Card[] {
  const own = cards.filter((card) => card.dialect === dialect.id);
  const same = (own.length === 0 ? cards : own).filter(({ id }) => id === model);
  const offered = only || same.length > 0 ? same : own;
  const region = dialect.bases[0]?.region;
  return offered.flatMap((card) => {
    const there = region === undefined ? card : inRegion(card, region);
    return 'code' in there ? [] : [there];
  });
}

interface Attempt {
  readonly card: Card;
  readonly written: Written<Ask>;
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/** Nothing of an example is measured, and what no prompt names is no news. */
const untold = ['media_unmeasured', 'reference_unmentioned', 'references_unmentioned'];

function write(dialect: Dialect, card: Card, request: Request, echo: Json): Attempt {
  const create = dialect.exchanges.create?.[0];
  if (create === undefined) throw new Error(`${dialect.id} makes no films`);
  const written = create.ask.encode({ does: 'create', request, echo, notes: [] }, contextOf(dialect));
  const checked = check(request, card, noFacts);
  const all = [...(written.ok ? written.notes : []), ...checked.notes].filter(({ code }) => !untold.includes(code));
  const problems = [...(written.ok ? [] : written.problems), ...checked.problems];
  return { card, written, notes: each(all), problems: each(problems) };
}

/** One of each: a check and the wire often say the same. */
function each<Told extends Note | Problem>(told: readonly Told[]): Told[] {
  return [...new Map(told.map((one) => [`${one.code} ${one.path}`, one])).values()];
}

/** What is refused weighs more than anything that is only lost. */
function costOf({ notes, problems }: Attempt): number {
  const degraded = notes.filter(({ code }) => noteEffect(code) === 'degraded').length;
  return problems.length * 10_000 + degraded * 100 + notes.length;
}

function rowsOfAsk({ query, body }: Ask): Row[] {
  const asked = Object.entries(query).map(([name, value]) => ({ path: `?${name}`, value }));
  if (body.kind === 'json') return [...asked, ...rowsOf(body.value)];
  if (body.kind !== 'form') return asked;
  const parts = body.parts.map((part) => ({ path: part.name, value: 'value' in part ? part.value : part.bytes }));
  return [...asked, ...parts];
}

/** Every field that holds something, in order. */
export function rowsOf(value: Json, path = ''): Row[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  const inner: [string, Json][] = Array.isArray(value)
    ? value.map((one: Json, index) => [`${path}[${index}]`, one])
    : Object.entries(value).map(([key, one]) => [path === '' ? key : `${path}.${key}`, one as Json]);
  return inner.length === 0 ? [{ path, value }] : inner.flatMap(([at, one]) => rowsOf(one, at));
}
