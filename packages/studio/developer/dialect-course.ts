import { findCard, inRegion } from '@refreel/core/catalog';
import type {
  Answer,
  Ask,
  CodecContext,
  Dialect,
  Exchange,
  GenerationView,
  Json,
  Question,
} from '@refreel/core/dialects';
import { check, type Note, noFacts, type Problem, problem, type Request, type State } from '@refreel/core/model';
import { type Course, idMark, type Place, placeOf, valueAt, type WireAsk } from './course.ts';

/** A course over a dialect's wire and what is changed on the way, or why it cannot be said there. */
export type WrittenCourse =
  | { readonly ok: true; readonly course: Course; readonly notes: readonly Note[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const filmMark = 'https://film.invalid/film.mp4';
const handleMark = 'film-itself';
/** Of instants that only fill places. */
const second = 1000;

/**
 * How a program gets the film of a request over a dialect: by the dialect's own codecs, which are asked what they would answer and where
 * in it id, state and film stand. Media are named by addresses. `origin` is that of the server.
 */
export function courseOver(dialect: Dialect, request: Request, origin: string): WrittenCourse {
  const base = dialect.bases[0]!;
  const context: CodecContext = {
    requestId: '',
    now: 0,
    region: base.region,
    findCard: (id) => cardOf(id, base.region),
  };
  const create = dialect.exchanges.create?.[0];
  if (create === undefined) return cannot('create');
  const question = { does: 'create', request, echo: null, notes: [] } as const;
  const written = create.ask.encode(question, context);
  if (!written.ok) return written;
  const sent = wireAskOf(written.message);
  const id = dialect.publicId('0123456789abcdef0123456789abcdef', 0);
  const show = (state: State) => viewOf(id, request, state, context);
  const accepted = jsonOf(create.answer.encode(show('queued'), question, context));
  const idAt = accepted === undefined ? undefined : placeOf(accepted, id);
  if (sent === undefined || idAt === undefined) return cannot('create');

  const asked = { does: 'look', id, model: request.model } as const;
  const looks = (dialect.exchanges.look ?? []).flatMap((exchange) => readLook(exchange, asked, show, dialect, context));
  const found = looks.find(({ film }) => film !== undefined) ?? looks[0];
  if (found === undefined) return cannot('look');
  const film = found.film ?? contentOf(dialect, id, context);
  if (film === undefined) return cannot('content');
  const { look, state } = found;
  const course = { base: `${origin}${base.path}`, key: dialect.key.write, create: sent, id: idAt, look, state, film };
  return { ok: true, course, notes: written.notes };
}

function cardOf(id: string, region: string | undefined) {
  const card = findCard(id);
  if (card === undefined || region === undefined) return card;
  const there = inRegion(card, region);
  return 'code' in there ? card : there;
}

/** No program can be written for it, which is no fault of the request. */
function cannot(what: string): WrittenCourse {
  return { ok: false, problems: [problem('route_unknown', '', { found: what })] };
}

interface Look {
  readonly look: WireAsk;
  readonly state: Course['state'];
  readonly film: Course['film'] | undefined;
}

function readLook(
  exchange: Exchange<'look'>,
  asked: Extract<Question, { does: 'look' }>,
  show: (state: State) => GenerationView,
  { words }: Dialect,
  context: CodecContext,
): Look[] {
  const written = exchange.ask.encode(asked, context);
  const look = written.ok ? marked(wireAskOf(written.message), asked.id) : undefined;
  const running = jsonOf(exchange.answer.encode(show('running'), asked, context));
  if (look === undefined || running === undefined) return [];
  const answer = exchange.answer.encode(show('done'), asked, context);
  const ended = jsonOf(answer);
  const at = placeOf(running, words.running);
  if (at === undefined || (ended !== undefined && valueAt(ended, at) !== words.done)) return [];
  const state = { at, done: words.done, failed: [...new Set([words.failed, words.cancelled])] };
  return [{ look, state, film: filmIn(answer, ended) }];
}

function filmIn({ body }: Answer, ended: Json | undefined): Course['film'] | undefined {
  if (body.kind === 'bytes' && body.bytes === handleMark) return { is: 'answer' };
  const at: Place | undefined = ended === undefined ? undefined : placeOf(ended, filmMark);
  return at === undefined ? undefined : { is: 'address', at };
}

function contentOf(dialect: Dialect, id: string, context: CodecContext): Course['film'] | undefined {
  const written = dialect.exchanges.content?.[0]?.ask.encode({ does: 'content', id, variant: 'video' }, context);
  const ask = written?.ok === true ? marked(wireAskOf(written.message), id) : undefined;
  return ask === undefined ? undefined : { is: 'path', ask };
}

/** What a dialect is asked to answer about: a generation of the request in a state. */
function viewOf(id: string, request: Request, state: State, { findCard: find }: CodecContext): GenerationView {
  const card = find(request.model);
  const done = state === 'done';
  const film = { index: 0, url: filmMark, seconds: 1, width: 16, height: 16, bytes: 1, handle: handleMark };
  return {
    id,
    model: request.model,
    state,
    echo: null,
    request,
    film: card === undefined ? undefined : check(request, card, noFacts).film,
    createdAt: 0,
    startedAt: state === 'queued' ? undefined : 0,
    finishedAt: done ? second : undefined,
    expiresAt: done ? second : undefined,
    progress: undefined,
    films: done ? [film] : [],
    problem: undefined,
    inputSeconds: 0,
    remixOf: undefined,
  };
}

function jsonOf({ body, status }: Answer): Json | undefined {
  return body.kind === 'json' && status < 300 ? body.value : undefined;
}

/** Undefined for a message that holds bytes: media are addresses here. */
function wireAskOf({ method, path, query, headers, body }: Ask): WireAsk | undefined {
  const words = new URLSearchParams(query).toString();
  const common = { method, path: words === '' ? path : `${path}?${words}`, headers };
  if (body.kind === 'bytes') return undefined;
  if (body.kind !== 'form') return { ...common, body };
  const fields = body.parts.flatMap((part) => ('value' in part ? [part] : []));
  return fields.length === body.parts.length ? { ...common, body: { kind: 'form', fields } } : undefined;
}

function marked(ask: WireAsk | undefined, id: string): WireAsk | undefined {
  return ask === undefined ? undefined : (JSON.parse(JSON.stringify(ask).replaceAll(id, idMark)) as WireAsk);
}
