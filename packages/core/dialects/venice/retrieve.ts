import { typicalSeconds } from '../../catalog/index.ts';
import { problem } from '../../model/index.ts';
import type { CodecContext, Exchange, GenerationView, Learned, Question, Read, SeenFilm } from '../dialect.ts';
import { type Answer, type Ask, jsonBody } from '../message.ts';
import { missing, readJson } from './body.ts';
import { decodeRefusal, encodeRefusal, policyRefusal, readAnswer } from './refusal.ts';
import { readWord, words } from './states.ts';
import { WireRetrieve, WireStatus } from './wire.ts';

type Look = Extract<Question, { does: 'look' }>;
type Seen = Learned['look'];

/** Of a model whose usual time no document says. Ours. */
const usualSeconds = 180;

const json = { 'content-type': 'application/json' };

/** Asks how a film stands. The answer is JSON while it is made, then the film itself; what failed is an error. */
export const retrieve: Exchange<'look'> = {
  does: 'look',
  method: 'POST',
  path: '/video/retrieve',
  ask: {
    decode,
    encode({ id, model, thenDelete }) {
      const body = {
        ...(model !== undefined && { model }),
        queue_id: id,
        ...(thenDelete === true && { delete_media_on_completion: true }),
      };
      const { method, path } = retrieve;
      return { ok: true, message: { method, path, query: {}, headers: json, body: jsonBody(body) }, notes: [] };
    },
  },
  answer: { encode, decode: (answer, { id }) => read(answer, id) },
};

function decode(ask: Ask): Read<Look> {
  const body = readJson(ask, WireRetrieve);
  if ('problems' in body) return { ok: false, problems: body.problems };
  const { model, queue_id: id, delete_media_on_completion: thenDelete } = body.value;
  const problems = missing({ model, queue_id: id });
  if (model == null || id == null || problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { does: 'look', id, model, ...(thenDelete === true && { thenDelete }) }, notes: [] };
}

/** "Media could not be found. Request may be invalid, expired, or deleted": nobody learns which, nor whether it is a stranger's. */
function encode(view: GenerationView | undefined, question: Look, context: CodecContext): Answer {
  const unknown = encodeRefusal([problem('generation_unknown', 'queue_id', { found: question.id })], context);
  if (view === undefined || view.state === 'cancelled' || !isOf(view, question.model, context)) return unknown;
  if (view.expiresAt !== undefined && context.now >= view.expiresAt) return unknown;
  if (view.state === 'failed') return failure(view, context);
  if (view.state !== 'done') return { status: 200, headers: json, body: jsonBody(times(view, context)) };
  const [film] = view.films;
  if (film === undefined) return unknown;
  if (film.handle === undefined) throw new Error('Venice answers with the film itself: its view needs a handle');
  const mediaType = 'video/mp4';
  return {
    status: 200,
    headers: { 'content-type': mediaType },
    body: { kind: 'bytes', bytes: film.handle, mediaType },
  };
}

/** Whether it is a generation of the model that was named, by any of its names. */
function isOf(view: GenerationView, model: string | undefined, { findCard }: CodecContext): boolean {
  if (model === undefined || model === view.model) return true;
  const card = findCard(model);
  return card !== undefined && card.id === findCard(view.model)?.id;
}

/** Milliseconds: what most take, and since when this one was asked for. */
function times(view: GenerationView, context: CodecContext) {
  const card = context.findCard(view.model);
  const typical =
    card === undefined || view.film === undefined ? undefined : typicalSeconds(card, view.request, view.film);
  return {
    status: words[view.state],
    average_execution_time: (typical?.to ?? usualSeconds) * 1000,
    execution_duration: Math.max(0, context.now - view.createdAt),
  };
}

function failure(view: GenerationView, context: CodecContext): Answer {
  const found = view.problem ?? problem('vendor_failed', '', { found: '' });
  if (found.code !== 'moderation_blocked') return encodeRefusal([found], context, view.request);
  return policyRefusal(context.findCard(view.model)?.price?.refusedIsCharged !== true);
}

function read(answer: Answer, id: string): Read<Seen> {
  const nothing = {
    model: undefined,
    createdAt: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    billedSeconds: undefined,
  };
  const value = (more: Pick<NonNullable<Seen>, 'state' | 'films' | 'problem' | 'progress'>): Read<Seen> => ({
    ok: true,
    value: { id, ...nothing, ...more },
    notes: [],
  });
  if (answer.status === 404) return { ok: true, value: undefined, notes: [] };
  // What the provider refused will never be a film; all other errors say nothing for certain.
  if (answer.status === 422)
    return value({ state: 'failed', films: [], problem: decodeRefusal(answer), progress: undefined });
  const { body } = answer;
  if (answer.status === 200 && body.kind === 'bytes' && isFilm(body.mediaType))
    return value({
      state: 'done',
      films: [{ bytes: body.bytes, seconds: undefined }],
      problem: undefined,
      progress: 1,
    });
  const status = readAnswer(answer, WireStatus);
  if (!status.ok) return status;
  const { video_url, url, download_url, average_execution_time: average = 0, execution_duration: since } = status.value;
  const state = readWord(status.value.status) ?? 'running';
  const address = video_url ?? url ?? download_url;
  const films: SeenFilm[] = address === undefined ? [] : [{ url: address, seconds: undefined }];
  const found = state === 'failed' ? problem('vendor_failed', '', { found: status.value.status }) : undefined;
  // An estimate by the clock never says that it is done.
  const progress = since === undefined || average <= 0 ? undefined : Math.min(Math.max(since / average, 0), 0.99);
  return value({ state, films, problem: found, progress: state === 'done' ? 1 : progress });
}

function isFilm(mediaType: string): boolean {
  return /^(?:video\/|application\/octet-stream)/i.test(mediaType);
}
