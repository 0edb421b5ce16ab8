import { type Problem, problem } from '../../model/index.ts';
import type { CodecContext, Exchange, GenerationView, Question, Read } from '../dialect.ts';
import { type Json, jsonBody, noBody } from '../message.ts';
import { readEcho } from './echo.ts';
import { readAnswer } from './refusal.ts';
import { knownWords, readWord, statesOf, words } from './states.ts';
import { readStamp, writeStamp } from './times.ts';
import { WireList } from './wire.ts';

type List = Extract<Question, { does: 'list' }>;

const dayMilliseconds = 86_400_000;
/** Default of the page; the most is ours, as the page names none. */
const usualSize = 10;
const mostSize = 100;

/** Asks for the tasks of the last day, or of any other span of 24 hours. */
export const list: Exchange<'list'> = {
  does: 'list',
  method: 'GET',
  path: '/tasks',
  ask: {
    decode: (ask, _, context) => decode(ask.query, context),
    encode: (question) => ({
      ok: true,
      message: { method: list.method, path: list.path, query: encodeQuery(question), headers: {}, body: noBody },
      notes: [],
    }),
  },
  answer: {
    encode(reply, { page }, context) {
      const number = 'number' in page ? page.number : 1;
      const body: { [key: string]: Json } = {
        total: reply.total,
        data: reply.generations.map((view) => entryOf(view, context)),
        total_page: Math.ceil(reply.total / page.size),
        page_no: number,
        request_id: context.requestId,
        page_size: page.size,
      };
      return { status: 200, headers: { 'content-type': 'application/json' }, body: jsonBody(body) };
    },
    decode(answer) {
      const read = readAnswer(answer, WireList);
      if (!read.ok) return read;
      const { total, page_no: number, page_size: size, data } = read.value;
      const generations = data.map((entry) => ({
        id: entry.task_id,
        state: readWord(entry.status) ?? ('running' as const),
        model: entry.model_name,
        films: [],
        problem: undefined,
        createdAt: entry.gmt_create,
        startedAt: entry.start_time,
        finishedAt: entry.end_time,
        progress: undefined,
        billedSeconds: undefined,
      }));
      return { ...read, value: { generations, total, more: number * size < total } };
    },
  },
};

function decode(query: Readonly<Record<string, string>>, context: CodecContext): Read<List> {
  const problems: Problem[] = [];
  const invalid = (path: string, found: string) => problems.push(problem('invalid_request', path, { found }));
  const text = (name: string) => (Object.hasOwn(query, name) && query[name] !== '' ? query[name] : undefined);
  const count = (name: string, usual: number, most: number) => {
    const said = text(name);
    if (said === undefined) return usual;
    if (!/^[1-9]\d{0,8}$/.test(said) || Number(said) > most)
      invalid(name, `it must be a whole number from 1 to ${most}`);
    return Number(said);
  };
  const time = (name: string) => {
    const said = text(name);
    const read = said === undefined ? undefined : readStamp(said);
    if (said !== undefined && read === undefined) invalid(name, 'it must be a time as YYYYMMDDhhmmss');
    return read;
  };
  const page = { number: count('page_no', 1, 1_000_000), size: count('page_size', usualSize, mostSize) };
  const start = time('start_time');
  const end = time('end_time');
  const status = text('status');
  if (status !== undefined && !knownWords.includes(status))
    invalid('status', `it must be one of ${knownWords.join(', ')}`);
  if (start !== undefined && end !== undefined && (end < start || end - start > dayMilliseconds))
    invalid('end_time', 'it must be at most 24 hours after start_time');
  if (problems.length > 0) return { ok: false, problems };
  const to = end ?? (start === undefined ? context.now : start + dayMilliseconds);
  const value: List = {
    does: 'list',
    page,
    from: start ?? to - dayMilliseconds,
    to,
    model: text('model_name'),
    states: status === undefined ? undefined : statesOf(status),
    id: text('task_id'),
    newestFirst: true,
  };
  return { ok: true, value, notes: [] };
}

function encodeQuery({ page, from, to, model, states, id }: List): Record<string, string> {
  const [state] = states ?? [];
  return {
    page_no: String('number' in page ? page.number : 1),
    page_size: String(page.size),
    ...(from !== undefined && { start_time: writeStamp(from) }),
    ...(to !== undefined && { end_time: writeStamp(to) }),
    ...(model !== undefined && { model_name: model }),
    ...(state !== undefined && { status: words[state] }),
    ...(id !== undefined && { task_id: id }),
  };
}

function entryOf(view: GenerationView, context: CodecContext): { [key: string]: Json } {
  return {
    // Numbers of accounts at Alibaba Cloud: there are none here.
    api_key_id: '0',
    caller_parent_id: '0',
    caller_uid: '0',
    ...(view.finishedAt !== undefined && { end_time: view.finishedAt }),
    gmt_create: view.createdAt,
    model_name: view.model,
    region: context.region ?? 'cn-beijing',
    request_id: readEcho(view.echo)?.requestId ?? context.requestId,
    ...(view.startedAt !== undefined && { start_time: view.startedAt }),
    status: words[view.state],
    task_id: view.id,
    user_api_unique_key: `apikey:v1:aigc:video-generation:video-synthesis:${view.model}`,
  };
}
