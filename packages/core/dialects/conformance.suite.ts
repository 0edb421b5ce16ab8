import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cards, engineCards, findCard } from '../catalog/index.ts';
import { type Card, type Problem, type ProblemCode, problem, problemKind, Request, states } from '../model/index.ts';
import { problemTable } from '../model/problem-table.ts';
import type { CodecContext, Dialect, Question, Read } from './dialect.ts';
import { dialects } from './dialects.ts';
import { diff } from './diff.ts';
import { exchangesOf, fillPath, findExchange } from './find-exchange.ts';
import type { AnswerGolden, Goldens } from './golden.ts';
import { type Answer, type Ask, type Body, type Json, jsonBody, noBody } from './message.ts';
import { requestsFor } from './request-samples.suite.ts';
import { diffAsks, diffBodies } from './wire-diff.suite.ts';

/** What the suite has to know of a dialect besides its goldens. */
export interface ConformanceOptions {
  /** Headers without which nothing is read: those of a well-formed create. */
  readonly headers: Readonly<Record<string, string>>;
  /** How addresses of the vendor's own store begin, where that is not the web: "oss://store". */
  readonly store?: string;
  /** Requests of the fuzz for each exchange. */
  readonly runs?: number;
  /** What becomes of the laws' requests where most of them ask for more than the wire can say of anything. */
  readonly narrow?: (request: Request) => Request;
  /** Models for the laws, where the catalog has none of this dialect: such as accounts bring. */
  readonly cards?: readonly Card[];
}

/** What every dialect keeps to, whatever its vendor: its tables are whole, its laws hold, its goldens pass, and nothing makes it throw. */
export function conforms(dialect: Dialect, goldens: Goldens, options: ConformanceOptions): void {
  describe(`${dialect.id}: what every dialect keeps to`, () => {
    tables(dialect);
    readsGoldens(dialect, goldens);
    keepsLaws(dialect, options);
    neverThrows(dialect, goldens, options);
  });
}

export function contextOf(dialect: Dialect, more: Partial<CodecContext> = {}): CodecContext {
  return {
    requestId: '00000000-0000-4000-8000-000000000000',
    now: Date.UTC(2026, 10, 20),
    region: dialect.bases[0]?.region,
    findCard: (id) => findCard(id, engineCards),
    ...more,
  };
}

/** An ask read by the exchange that it belongs to, as a server does it. */
export function decodeAsk(dialect: Dialect, ask: Ask, context = contextOf(dialect)): Read<Question> {
  const found = findExchange(dialect, ask.method, ask.path);
  if (found === undefined) throw new Error(`${dialect.id} has no ${ask.method} ${ask.path}`);
  return found.exchange.ask.decode(ask, found.parts, context);
}

function tables(dialect: Dialect): void {
  it('has bases where it is served, a word for each state, and ids that are told apart', () => {
    expect(dialect.bases.length > 0).toBe(dialects.includes(dialect));
    for (const { path } of dialect.bases) expect(path).toMatch(/^\/[\w/-]*\w$/);
    for (const state of states) expect(dialect.words[state], state).toMatch(/^[\w-]+$/);
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(fc.uniqueArray(digits, { minLength: 2, maxLength: 5 }), fc.nat(), (several, now) => {
        const ids = several.map((one) => dialect.publicId(one, now));
        expect(new Set(ids).size).toBe(several.length);
        for (const id of ids) expect(id).toMatch(/^[\w.:-]{8,80}$/);
      }),
    );
  });

  it('reads the key that it writes, and none where there is none', () => {
    const ask = (headers: Record<string, string>): Ask => ({
      method: 'GET',
      path: '/',
      query: {},
      headers,
      body: noBody,
    });
    expect(dialect.key.read(ask({ ...dialect.key.write('sk-x') }))).toBe('sk-x');
    const shouted = Object.entries(dialect.key.write('sk-x')).map(([name, value]) => [name.toUpperCase(), value]);
    expect(dialect.key.read(ask(Object.fromEntries(shouted)))).toBe('sk-x');
    expect(dialect.key.read(ask({}))).toBeUndefined();
  });

  it('has both directions of every exchange, each at its own address', () => {
    const addresses = exchangesOf(dialect).map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const exchange of exchangesOf(dialect)) {
      expect(exchange.path).toMatch(/^\/[^?#]*[^/]$/);
      for (const codec of [exchange.ask, exchange.answer])
        expect([typeof codec.decode, typeof codec.encode], exchange.path).toEqual(['function', 'function']);
      const path = fillPath(exchange.path, { id: 'a b/ü' });
      for (const written of [path, `${path}/`])
        expect(findExchange(dialect, exchange.method, written)?.exchange).toBe(exchange);
    }
    expect(findExchange(dialect, 'GET', '/no/such/place')).toBeUndefined();
    expect(findExchange(dialect, 'GET', '/%')).toBeUndefined();
  });

  it('has a refusal for every problem: a status of an error, words, no empty places', () => {
    const context = contextOf(dialect);
    for (const code of Object.keys(problemTable) as ProblemCode[]) {
      const answer = dialect.refusal.encode([sampleOf(code)], context);
      expect(answer.status, code).toBeGreaterThanOrEqual(400);
      expect(answer.status, code).toBeLessThan(600);
      const faultless = problemKind(code).fault !== 'caller';
      if (!faultless) expect(answer.status, `${code} is the caller's fault`).toBeLessThan(500);
      const text = JSON.stringify(answer.body);
      expect(text.length, code).toBeGreaterThan(30);
      expect(text, code).not.toMatch(
        /\{(?:path|found|limit|model|over|what|hint|condition|other|closest)\}|undefined|\[object/,
      );
      expect(dialect.refusal.decode(answer), code).toMatchObject({ code: expect.any(String) });
    }
    const several = dialect.refusal.encode([sampleOf('too_many'), sampleOf('prompt_empty')], context);
    expect(several.status).toBeGreaterThanOrEqual(400);
    expect(dialect.refusal.encode([], context).status).toBeGreaterThanOrEqual(500);
    expect(dialect.refusal.decode({ status: 200, headers: {}, body: jsonBody({}) })).toBeUndefined();
  });
}

const words = { en: 'this', zh: '此' };

function sampleOf(code: ProblemCode): Problem {
  const values = { found: 'this', limit: 'that', model: 'a-model', over: 1, what: words, other: words, hint: words };
  const more = { condition: '', closest: 'another', foundBytes: words, limitBytes: words };
  return problem(code, 'references[0].image', { ...values, ...more, foundPixels: words, limitPixels: words });
}

function readsGoldens(dialect: Dialect, goldens: Goldens): void {
  describe('documented requests', () => {
    it.each(goldens.asks.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
      const context = contextOf(dialect, golden.region === undefined ? {} : { region: golden.region });
      const read = decodeAsk(dialect, golden.ask, context);
      if (!read.ok) throw new Error(`refused: ${JSON.stringify(read.problems)}`);
      const seen = { ...('request' in read.value ? read.value.request : {}), ...read.value };
      for (const [path, value] of Object.entries(golden.reads)) expect(at(seen, path), path).toEqual(value);
      expect(read.notes.map(({ path }) => path)).toEqual(golden.notes ?? []);
      if (read.value.does === 'create') expect(Request.safeParse(read.value.request).error).toBeUndefined();

      const exchange = findExchange(dialect, golden.ask.method, golden.ask.path)?.exchange as unknown as Codec;
      const question = read.value.does === 'create' ? { ...read.value, echo: null } : read.value;
      expectDifferences(diffAsks(golden.ask, encode(exchange, question, context)), golden.differs);
      if (read.value.does !== 'create') return;
      const kept = encode(exchange, read.value, context);
      expectDifferences(diffAsks(golden.ask, kept), golden.differsWithEcho);
    });
  });

  describe('documented answers', () => {
    it.each(goldens.answers.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
      const { answer, question, reply, requestId, region, now, language } = golden;
      const context = contextOf(dialect, {
        requestId,
        language,
        ...(region !== undefined && { region }),
        ...(now !== undefined && { now }),
      });
      const exchange = exchangeOf(dialect, golden);
      const written = exchange.answer.encode(reply, question, context);
      expect(written.status).toBe(answer.status);
      expectDifferences(diffBodies(answer.body, written.body), golden.differs);
      expect(exchange.answer.decode(answer, question, context)).toMatchObject({ ok: true, value: golden.learns });
      expect(exchange.answer.decode(written, question, context)).toMatchObject({ ok: true, value: golden.learns });
    });
  });

  describe('documented errors', () => {
    it.each(goldens.refusals.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
      expect(dialect.refusal.decode(golden.answer)?.code).toBe(golden.reads);
      if (golden.problem === undefined) return;
      const { code, path, values } = golden.problem;
      const { requestId, language, now } = golden;
      const context = contextOf(dialect, { requestId, language, ...(now !== undefined && { now }) });
      const written = dialect.refusal.encode([problem(code as ProblemCode, path, values)], context);
      expect({ status: written.status, body: written.body }).toEqual({
        status: golden.answer.status,
        body: golden.answer.body,
      });
    });
  });
}

/** The exchange by which a golden's answer came. */
function exchangeOf(dialect: Dialect, { question, path }: AnswerGolden): Codec {
  const found = exchangesOf(dialect).find(
    (exchange) => exchange.does === question.does && (path === undefined || exchange.path === path),
  );
  if (found === undefined) throw new Error(`${dialect.id} has no exchange for ${question.does} at ${path}`);
  return found as unknown as Codec;
}

/** Exactly the places that a golden lists, each of which stands for all below it. */
function expectDifferences(found: readonly string[], listed: Readonly<Record<string, string>> = {}): void {
  const placeOf = (path: string) =>
    Object.keys(listed).find((place) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`));
  expect([...new Set(found.map((path) => placeOf(path) ?? path))].sort()).toEqual(Object.keys(listed).sort());
}

/** An exchange whose deed is not known to the compiler. */
interface Codec {
  readonly answer: {
    encode(reply: unknown, question: unknown, context: CodecContext): Answer;
    decode(answer: Answer, question: unknown, context: CodecContext): Read<unknown>;
  };
  readonly ask: {
    encode(question: unknown, context: CodecContext): { ok: boolean; message?: Ask; problems?: unknown };
  };
}

function encode(exchange: Codec, question: Question, context: CodecContext): Ask {
  const written = exchange.ask.encode(question, context);
  if (written.message === undefined) throw new Error(`not written: ${JSON.stringify(written.problems)}`);
  return written.message;
}

/** "shots[0].prompt[1].mention" of a value. */
function at(value: unknown, path: string): unknown {
  let found: unknown = value;
  for (const key of path.split(/[.[\]]+/).filter((part) => part !== ''))
    found = (found as Record<string, unknown> | undefined)?.[key];
  return found;
}

function keepsLaws(dialect: Dialect, { store, cards: brought = [], narrow = (all) => all }: ConformanceOptions): void {
  const own = [...cards.filter((card) => card.dialect === dialect.id), ...brought];
  const create = dialect.exchanges.create?.[0];
  if (create === undefined) return;

  it.each(own.map((card) => [card.id, card] as const))(
    '%s: what is written reads the same, but for what the notes name; and is written so again',
    (_, card) => {
      let said = 0;
      const bases = dialect.bases.length === 0 ? [{ region: undefined }] : dialect.bases;
      const regions = bases.map(({ region }) => region).filter((region) => offers(card, region));
      fc.assert(
        fc.property(requestsFor(card, store).map(narrow), fc.constantFrom(...regions), (request, region) => {
          const context = contextOf(dialect, { region, findCard: (id) => findCard(id, brought) });
          const written = create.ask.encode({ does: 'create', request, echo: null, notes: [] }, context);
          if (!written.ok) {
            expect(written.problems.length).toBeGreaterThan(0);
            return;
          }
          said += 1;
          const { message } = written;
          expect(message.body.kind === 'json' && JSON.parse(JSON.stringify(message.body.value))).toEqual(
            message.body.kind === 'json' && message.body.value,
          );
          const read = create.ask.decode(message, {}, context);
          if (!read.ok) throw new Error(`its own ask is refused: ${JSON.stringify(read.problems)}`);
          const lost = new Set(diff(request, read.value.request, card, dialect.places?.(request.references, card)));
          const noted = new Set(written.notes.map(({ path }) => path));
          expect([...lost].sort(), `notes: ${JSON.stringify(written.notes)}`).toEqual([...noted].sort());

          // What was cut off is gone.
          if (written.notes.some(({ code }) => code === 'prompt_cut')) return;
          const again = create.ask.encode(read.value, context);
          if (!again.ok) throw new Error(`not written again: ${JSON.stringify(again.problems)}`);
          expect(again.message).toEqual(message);
        }),
        { numRuns: 300 },
      );
      expect(said, 'most requests can be said').toBeGreaterThan(150);
    },
  );
}

function offers(card: Card, region: string | undefined): boolean {
  return region === undefined || card.regions === undefined || card.regions.some(({ id }) => id === region);
}

function neverThrows(dialect: Dialect, goldens: Goldens, { headers, runs = 300 }: ConformanceOptions): void {
  const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '0', '-1', '99999999999', 'null'),
  );
  const part = fc.oneof(
    fc.record({ name: text, value: text }),
    fc.record({ name: text, fileName: text, mediaType: text, bytes: text }),
  );
  const body = fc.oneof<fc.Arbitrary<Body>[]>(
    json.map(jsonBody),
    fc.constant(noBody),
    fc.array(part, { maxLength: 4 }).map((parts) => ({ kind: 'form', parts })),
    fc.record({ kind: fc.constant('bytes' as const), bytes: text, mediaType: text }),
  );

  it.each(exchangesOf(dialect).map((exchange) => [`${exchange.method} ${exchange.path}`, exchange] as const))(
    'any ask of %s is read or refused in its own shape',
    (_, exchange) => {
      const examples = goldens.asks
        .filter(({ ask }) => findExchange(dialect, ask.method, ask.path)?.exchange === exchange)
        .map(({ ask }) => ask);
      const wild = fc.record({ query: fc.dictionary(text, text), headers: fc.constantFrom({}, headers), body });
      const broken = examples.length === 0 ? wild : fc.oneof(wild, mutated(examples, json, text));
      const some = fc.string({ minLength: 1 });
      fc.assert(
        fc.property(broken, some, ({ query, headers: sent, body: given }, id) => {
          const path = fillPath(exchange.path, { id });
          const ask: Ask = { method: exchange.method, path, query, headers: sent, body: given };
          const parts = findExchange(dialect, ask.method, path)?.parts ?? { id };
          const context = contextOf(dialect);
          const read: Read<Question> = exchange.ask.decode(ask, parts, context);
          if (read.ok) {
            expect(read.value.does).toBe(exchange.does);
            if (read.value.does === 'create') expect(Request.safeParse(read.value.request).error).toBeUndefined();
            return;
          }
          expect(read.problems.length).toBeGreaterThan(0);
          const answer = dialect.refusal.encode(read.problems, context);
          expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(answer.status).toBeLessThan(500);
          expect(dialect.refusal.decode(answer)).toBeDefined();
        }),
        { numRuns: runs },
      );
    },
  );

  it('any answer is read or refused, and moves no voyage off its course', () => {
    const answers = goldens.answers.map(({ answer }) => answer);
    const wild = fc.record({
      status: fc.constantFrom(200, 204, 301, 400, 404, 429, 500, 503),
      headers: fc.constant({}),
      body,
    });
    const broken = fc.oneof(wild, mutatedAnswers(answers, json));
    const context = contextOf(dialect);
    fc.assert(
      fc.property(broken, (answer) => {
        for (const golden of goldens.answers) {
          const exchange = exchangeOf(dialect, golden);
          const read = exchange.answer.decode(answer, golden.question, context);
          if (!read.ok) expect(read.problems.length).toBeGreaterThan(0);
        }
        const accepted = dialect.voyage.accepted(answer, context);
        if (!('handle' in accepted)) {
          // Only what was refused at the door is known to have cost nothing.
          if (accepted.is === 'failed' && (answer.status < 400 || answer.status >= 500))
            expect(accepted.billed).not.toBe('no');
          return;
        }
        const { handle } = accepted;
        expect(JSON.parse(JSON.stringify(handle))).toEqual(handle);
        expect(
          findExchange(dialect, dialect.voyage.look(handle, context).method, dialect.voyage.look(handle, context).path),
        ).toBeDefined();
        expect(dialect.voyage.seen(answer, handle, context)).toMatchObject({ is: expect.any(String) });
      }),
      { numRuns: runs },
    );
  });

  it('nothing is too deep: any place of an example may hold a list of lists of lists', () => {
    let deep: Json = 'x';
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    const context = contextOf(dialect);
    for (const { ask } of goldens.asks) {
      if (ask.body.kind !== 'json') continue;
      for (const place of placesOf(ask.body.value)) {
        const read = decodeAsk(dialect, { ...ask, body: jsonBody(replaceAt(ask.body.value, place, deep)) }, context);
        if (!read.ok) expect(dialect.refusal.encode(read.problems, context).status).toBeLessThan(500);
      }
    }
    for (const golden of goldens.answers) {
      const { answer, question } = golden;
      if (answer.body.kind !== 'json') continue;
      const exchange = exchangeOf(dialect, golden);
      for (const place of placesOf(answer.body.value)) {
        const read = exchange.answer.decode(
          { ...answer, body: jsonBody(replaceAt(answer.body.value, place, deep)) },
          question,
          context,
        );
        expect(typeof read.ok).toBe('boolean');
      }
    }
  });
}

/** Examples in which one place was replaced by something else, or taken out. */
function mutated(examples: readonly Ask[], json: fc.Arbitrary<Json>, text: fc.Arbitrary<string>) {
  return fc
    .record({ example: fc.constantFrom(...examples), place: fc.nat(), by: fc.option(json), name: text })
    .map(({ example, place, by, name }) => ({
      query: Object.fromEntries(
        Object.entries(example.query).map(([key, value], index) => [key, index === place % 3 ? name : value]),
      ),
      headers: example.headers,
      body: mutateBody(example.body, place, by),
    }));
}

function mutatedAnswers(answers: readonly Answer[], json: fc.Arbitrary<Json>): fc.Arbitrary<Answer> {
  return fc
    .record({ answer: fc.constantFrom(...answers), place: fc.nat(), by: fc.option(json) })
    .map(({ answer, place, by }) => ({ ...answer, body: mutateBody(answer.body, place, by) }));
}

function mutateBody(body: Body, place: number, by: Json | null): Body {
  if (body.kind === 'form')
    return { kind: 'form', parts: body.parts.filter((_, index) => index !== place % (body.parts.length + 1)) };
  if (body.kind !== 'json') return body;
  const places = placesOf(body.value);
  return jsonBody(replaceAt(body.value, places[place % places.length]!, by));
}

type Place = readonly (string | number)[];

function placesOf(value: Json, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  const inner = Array.isArray(value) ? value.map((one: Json, index) => [index, one] as const) : Object.entries(value);
  return [place, ...inner.flatMap(([key, one]) => placesOf(one as Json, [...place, key]))];
}

function replaceAt(value: Json, [key, ...rest]: Place, by: Json): Json {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one: Json, index) => (index === key ? replaceAt(one, rest, by) : one));
  const record = value as { readonly [key: string]: Json };
  return { ...record, [key]: replaceAt(record[key]!, rest, by) };
}
