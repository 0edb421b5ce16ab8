import { findCard } from '@refreel/core/catalog';
import {
  type Answer,
  type AnyExchange,
  type Ask,
  type Body,
  type CodecContext,
  type Dialect,
  exchangesOf,
  findExchange,
  jsonBody,
  noBody,
  type Question,
  type Read,
} from '@refreel/core/dialects';
import { Request } from '@refreel/core/model';
import type { Goldens } from '../core/dialects/golden.ts';
import type { Chance } from './test-chance.ts';
import { bendForm, isField } from './test-fuzz.ts';
import { mutateJson } from './test-fuzz-bodies.ts';

/** What came of mutated goldens at the decoders of a dialect, without a server. */
export interface DecoderShots {
  readonly shots: number;
  /** That were read, and were written again. */
  readonly read: number;
  readonly refused: number;
  /** The longest that one of them took, in milliseconds. */
  readonly slowest: number;
  /** What no message may bring about, each with the message. */
  readonly wrong: readonly string[];
}

/** An exchange whose deed is not known to the compiler. */
interface Codec {
  readonly ask: {
    decode(ask: Ask, parts: Readonly<Record<string, string>>, context: CodecContext): Read<Question>;
    encode(question: unknown, context: CodecContext): unknown;
  };
  readonly answer: { decode(answer: Answer, question: unknown, context: CodecContext): Read<unknown> };
}

/**
 * Feeds so many mutated documented requests to the decoders of a dialect, as a server reads them: each is read, and then written again, or refused
 * in the vendor's shape as the caller's fault.
 */
export function shootAsks(dialect: Dialect, goldens: Goldens, chance: Chance, count: number): DecoderShots {
  return shootEach(count, () => {
    const { ask, region } = chance.pick(goldens.asks);
    const sent = mutateAsk(chance, ask);
    const context = contextOf(dialect, region);
    const found = findExchange(dialect, sent.method, sent.path);
    return {
      shown: sent,
      feed() {
        if (found === undefined) return 'refused';
        const codec = found.exchange as unknown as Codec;
        const read = codec.ask.decode(sent, found.parts, context);
        if (!read.ok) {
          const answer = dialect.refusal.encode(read.problems, context);
          if (read.problems.length === 0 || answer.status < 400 || answer.status >= 500)
            throw new Error(`refused with ${answer.status} for ${JSON.stringify(read.problems).slice(0, 300)}`);
          if (dialect.refusal.decode(answer) === undefined) throw new Error('its refusal is of no shape');
          return 'refused';
        }
        if (read.value.does !== found.exchange.does) throw new Error(`it does ${read.value.does}`);
        const lie = read.value.does === 'create' ? Request.safeParse(read.value.request).error : undefined;
        if (lie !== undefined) throw lie;
        codec.ask.encode(read.value, context);
        return 'read';
      },
    };
  });
}

/** Feeds so many mutated documented answers and errors to a client's half: each is read, refused, or no course at all. */
export function shootAnswers(dialect: Dialect, goldens: Goldens, chance: Chance, count: number): DecoderShots {
  return shootEach(count, () => {
    const golden = chance.pick(goldens.answers);
    const { question, region } = golden;
    const from = chance.number(1) < 0.8 ? golden.answer : chance.pick(goldens.refusals).answer;
    const status = chance.number(1) < 0.8 ? from.status : chance.pick([200, 204, 301, 400, 404, 429, 500, 503]);
    const sent: Answer = { ...from, status, body: mutateBody(chance, from.body) };
    const context = contextOf(dialect, region);
    const exchange = exchangesOf(dialect).find(
      (one: AnyExchange) => one.does === question.does && (golden.path === undefined || one.path === golden.path),
    ) as unknown as Codec;
    return {
      shown: sent,
      feed() {
        dialect.refusal.decode(sent);
        const accepted = dialect.voyage.accepted(sent, context);
        if ('handle' in accepted) dialect.voyage.seen(sent, accepted.handle, context);
        const read = exchange.answer.decode(sent, question, context);
        if (!read.ok && read.problems.length === 0) throw new Error('refused without a problem');
        return read.ok ? 'read' : 'refused';
      },
    };
  });
}

function shootEach(
  count: number,
  make: () => { readonly shown: unknown; readonly feed: () => 'read' | 'refused' },
): DecoderShots {
  const counted = { read: 0, refused: 0 };
  const wrong: string[] = [];
  let slowest = 0;
  let shots = 0;
  while (shots < count && wrong.length < 20) {
    const { shown, feed } = make();
    shots += 1;
    const began = performance.now();
    try {
      counted[feed()] += 1;
    } catch (error) {
      wrong.push(
        `${error instanceof Error ? (error.stack ?? error.message) : error} — ${JSON.stringify(shown).slice(0, 3000)}`,
      );
    }
    slowest = Math.max(slowest, performance.now() - began);
  }
  return { ...counted, shots, slowest, wrong };
}

function contextOf(dialect: Dialect, region = dialect.bases[0]?.region): CodecContext {
  return { requestId: '00000000-0000-4000-8000-000000000000', now: Date.UTC(2026, 10, 20), region, findCard };
}

function mutateAsk(chance: Chance, ask: Ask): Ask {
  const some = (share: number) => chance.number(1) < share;
  const query = some(0.2) ? mutateTexts(chance, ask.query) : ask.query;
  const headers = some(0.1) ? mutateTexts(chance, ask.headers) : ask.headers;
  const path = some(0.05) ? ask.path.replace(/[^/]*$/, chance.pick(['', '%', '%00', '..', 'x', '图', '🎬'])) : ask.path;
  return { ...ask, path, query, headers, body: mutateBody(chance, ask.body) };
}

function mutateTexts(chance: Chance, texts: Readonly<Record<string, string>>): Record<string, string> {
  const wrong = parse(mutateJson(chance, texts));
  if (typeof wrong !== 'object' || wrong === null) return {};
  return Object.fromEntries(
    Object.entries(wrong).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function mutateBody(chance: Chance, body: Body): Body {
  if (body.kind === 'json') {
    const value = parse(mutateJson(chance, body.value));
    return value === undefined ? noBody : jsonBody(value as never);
  }
  if (body.kind !== 'form') return body;
  // Files stay at their places behind or before the fields that are bent.
  const fields = bendForm(chance, body.parts.filter(isField));
  const files = body.parts.filter((part) => !isField(part));
  return { kind: 'form', parts: chance.number(1) < 0.9 ? [...fields, ...files] : [...files, ...fields] };
}

/** As doors let it in: one of either side turns away what has a field "toString". */
function parse(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text.replaceAll('"toString"', '"to string"'));
}
