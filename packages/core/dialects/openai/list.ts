import { type Problem, problem } from '../../model/index.ts';
import type { Exchange, Question, Read } from '../dialect.ts';
import { noBody } from '../message.ts';
import { readAnswer } from './refusal.ts';
import { answerJson, seenOf, type VideoWire } from './video.ts';
import { WireList } from './wire.ts';

type List = Extract<Question, { does: 'list' }>;

/** "0-100" says the specification (openapi.yaml, 2026-08-21); what is usual it does not: 20, as elsewhere in the same API. */
const usualLimit = 20;
const mostLimit = 100;

/** Asks for the videos of a workspace, from the one after `after` on. */
export function listWith(wire: VideoWire): Exchange<'list'> {
  const path = '/videos';
  return {
    does: 'list',
    method: 'GET',
    path,
    ask: {
      decode: ({ query }) => decode(query),
      encode: (question) => ({
        ok: true,
        message: { method: 'GET', path, query: encodeQuery(question), headers: {}, body: noBody },
        notes: [],
      }),
    },
    answer: {
      encode({ generations, more }, _, context) {
        const data = generations.map((view) => wire.write(view, context, false));
        const first = generations[0]?.id ?? null;
        const last = generations.at(-1)?.id ?? null;
        return answerJson({ object: 'list', data, first_id: first, last_id: last, has_more: more }, context);
      },
      decode(answer) {
        const read = readAnswer(answer, WireList);
        if (!read.ok) return read;
        const generations = read.value.data.map(seenOf);
        const more = read.value.has_more ?? false;
        return { ...read, value: { generations, total: generations.length, more } };
      },
    },
  };
}

function decode(query: Readonly<Record<string, string>>): Read<List> {
  const problems: Problem[] = [];
  const text = (name: string) => (Object.hasOwn(query, name) && query[name] !== '' ? query[name] : undefined);
  const limit = text('limit');
  if (limit !== undefined && (!/^\d{1,3}$/.test(limit) || Number(limit) > mostLimit)) {
    const found = { en: `it must be a whole number from 0 to ${mostLimit}`, zh: `应为 0 至 ${mostLimit} 的整数` };
    problems.push(problem('invalid_request', 'limit', { found }));
  }
  const order = text('order');
  if (order !== undefined && order !== 'asc' && order !== 'desc')
    problems.push(
      problem('invalid_request', 'order', { found: { en: 'it must be "asc" or "desc"', zh: '应为“asc”或“desc”' } }),
    );
  if (problems.length > 0) return { ok: false, problems };
  const value: List = {
    does: 'list',
    page: { after: text('after'), size: limit === undefined ? usualLimit : Number(limit) },
    from: undefined,
    to: undefined,
    model: undefined,
    states: undefined,
    id: undefined,
    newestFirst: order !== 'asc',
  };
  return { ok: true, value, notes: [] };
}

function encodeQuery({ page, newestFirst }: List): Record<string, string> {
  const after = 'after' in page ? page.after : undefined;
  return {
    limit: String(page.size),
    order: newestFirst ? 'desc' : 'asc',
    ...(after !== undefined && { after }),
  };
}
