import { findCard } from '@refreel/core/catalog';
import {
  type Answer,
  type AnyExchange,
  type Ask,
  type CodecContext,
  type Dialect,
  exchangesOf,
  fillPath,
  findExchange,
  type GenerationView,
  type Json,
  type Question,
  type Read,
  type SeenFilm,
  type SeenGeneration,
} from '@refreel/core/dialects';
import type { State } from '@refreel/core/model';
import type { AnswerGolden, AskGolden, Goldens } from '../../packages/core/dialects/golden.ts';
import { openWire, type Wire } from './wire.ts';

/** Sends a vendor's documented requests as they stand: the base address and the key are changed, and ids are those that were answered. */
export interface DocumentedClient {
  readonly wire: Wire;
  send(ask: Ask): Promise<Answer>;
  /** What an answer to that ask says. @throws where it is an error */
  learn(ask: Ask, answer: Answer): SeenGeneration;
  /** What every documented way to look at it answers. */
  looks(id: string, model: string): Promise<Answer[]>;
  /** Looks until it is over. @throws where it failed */
  films(id: string, model: string): Promise<SeenFilm[]>;
  download(film: SeenFilm): Promise<Buffer>;
}

/** Every documented request of a dialect. */
export async function documentedAsks(dialect: Dialect): Promise<readonly AskGolden[]> {
  return (await goldensOf(dialect)).asks;
}

/** The forms of an answer beside those of the documented ones of its kind that it may have; the same form in both where it has one. */
export async function formsOf(
  dialect: Dialect,
  answer: Answer,
  does: 'create' | 'look',
  state: State,
): Promise<{ readonly is: string[]; readonly documented: string[] }[]> {
  const { answers } = await goldensOf(dialect);
  const like = answers.filter(({ question, reply, answer: one }) => {
    const told = (reply as GenerationView | undefined)?.state;
    return question.does === does && told === state && one.status === 200 && one.body.kind === 'json';
  });
  return like.map((golden) => ({ is: formOf(answer, golden), documented: formOf(golden.answer, golden) }));
}

async function goldensOf({ id }: Dialect): Promise<Goldens> {
  return ((await import(`../../packages/core/dialects/${id}/goldens/index.ts`)) as { goldens: Goldens }).goldens;
}

/** The places of a body and what kind of value stands there, but for those that an example names as written otherwise. */
function formOf({ body }: Answer, { differs = {} }: Pick<AnswerGolden, 'differs'>): string[] {
  if (body.kind !== 'json') return [body.kind];
  const walk = (value: Json, path: string): string[] => {
    if (path in differs) return [];
    if (typeof value !== 'object' || value === null) return [`${path}: ${value === null ? 'null' : typeof value}`];
    const more = Array.isArray(value) ? value.slice(0, 1) : value;
    return Object.entries(more).flatMap(([key, one]: [string, Json]) =>
      walk(one, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
    );
  };
  return walk(body.value, '').toSorted();
}

/** What a documented request asks for. */
export function deedOf(dialect: Dialect, { method, path }: Ask): Question['does'] {
  return findExchange(dialect, method, path)!.exchange.does;
}

export async function openDocumentedClient(
  url: string,
  dialect: Dialect,
  { key = 'sk-anything', region }: { readonly key?: string; readonly region?: string | undefined } = {},
): Promise<DocumentedClient> {
  const base = dialect.bases.find((one) => region === undefined || one.region === region)!;
  const context: CodecContext = { requestId: 'r', now: Date.now(), region: base.region, findCard };
  const headers = dialect.key.write(key);
  const wire = openWire(url + base.path, headers);
  const goldens = await documentedAsks(dialect);
  // One of each way; those that take the film away are another matter.
  const ways = exchangesOf(dialect)
    .filter(({ does }) => does === 'look')
    .map((exchange) => goldens.find(({ ask }) => findExchange(dialect, ask.method, ask.path)?.exchange === exchange)!);

  const learnt = (ask: Ask, answer: Answer) => {
    const { exchange } = findExchange(dialect, ask.method, ask.path)!;
    const read = decodeAny(exchange, answer, questionOf(dialect, ask, context), context);
    if (!read.ok || read.value === undefined) throw new Error(JSON.stringify(answer));
    return read.value as SeenGeneration;
  };
  const asksAbout = (id: string, model: string) =>
    ways.map(({ ask }) => {
      const question = questionOf(dialect, ask, context) as Extract<Question, { does: 'look' }>;
      let text = JSON.stringify(ask).replaceAll(question.id, id);
      if (question.model !== undefined) text = text.replaceAll(question.model, model);
      return JSON.parse(text) as Ask;
    });
  const send = (ask: Ask) => {
    // Whoever sends a form makes its boundary.
    const { 'content-type': type, ...others } = ask.headers;
    return wire.send(ask.body.kind === 'form' || type === undefined ? { ...ask, headers: others } : ask);
  };

  return {
    wire,
    send,
    learn: learnt,
    looks: (id, model) => Promise.all(asksAbout(id, model).map(send)),
    async films(id, model) {
      const asks = asksAbout(id, model);
      for (let left = 1200; left > 0; left -= 1) {
        const first = learnt(asks[0]!, await send(asks[0]!));
        if (first.problem !== undefined) throw new Error(JSON.stringify(first));
        if (first.state !== 'done') {
          await new Promise((go) => setTimeout(go, 100));
          continue;
        }
        if (first.films.length > 0) return [...first.films];
        // One vendor tells at another address what came of it.
        const others = await Promise.all(asks.slice(1).map(async (ask) => learnt(ask, await send(ask)).films));
        const found = others.find((films) => films.length > 0);
        if (found !== undefined) return [...found];
        // Another has it under the generation's own address.
        const [content] = dialect.exchanges.content ?? [];
        return content === undefined ? [] : [{ url: fillPath(content.path, { id }), seconds: undefined }];
      }
      throw new Error('it did not end');
    },
    async download(film) {
      if (film.bytes !== undefined) return wire.bytes.get(film.bytes)!;
      // A path below the base is asked for with the key, and no other address is.
      const own = film.url.startsWith('/');
      const answer = await fetch(own ? url + base.path + film.url : film.url, { headers: own ? headers : {} });
      if (answer.headers.get('content-type') !== 'video/mp4') throw new Error(await answer.text());
      return Buffer.from(await answer.arrayBuffer());
    },
  };
}

function questionOf(dialect: Dialect, ask: Ask, context: CodecContext): Question {
  const { exchange, parts } = findExchange(dialect, ask.method, ask.path)!;
  const read = exchange.ask.decode(ask, parts, context);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

/** The question is that of the exchange: no type of the language can say so. */
function decodeAny(exchange: AnyExchange, answer: Answer, question: Question, context: CodecContext): Read<unknown> {
  const { decode } = exchange.answer as unknown as { decode(...all: unknown[]): Read<unknown> };
  return decode(answer, question, context);
}
