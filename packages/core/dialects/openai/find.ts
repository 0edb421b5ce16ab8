import { z } from 'zod';
import type { Exchange, Find, Question } from '../dialect.ts';
import { createPath } from './create.ts';
import { readFields } from './fields.ts';

const Traced = z.looseObject({ model: z.string(), prompt: z.string() });

/** The most that a page holds (openapi.yaml, 2026-08-21). */
const pageSize = 100;

/** Looks through the list of videos, newest first; each repeats its model and its prompt. */
export function findWith(list: Exchange<'list'>): Find {
  const questionOf = (after: string | undefined): Extract<Question, { does: 'list' }> => ({
    ...{ does: 'list', page: { after, size: pageSize }, newestFirst: true },
    ...{ from: undefined, to: undefined, model: undefined, states: undefined, id: undefined },
  });
  return {
    trace(sent) {
      // A remix says no model: it is its source's.
      if (sent.path !== createPath) return undefined;
      const fields = readFields(sent);
      const read = 'problems' in fields ? undefined : Traced.safeParse(fields.value).data;
      return read && { model: read.model, prompt: read.prompt };
    },
    list(_, cursor, context) {
      const written = list.ask.encode(questionOf(typeof cursor === 'string' ? cursor : undefined), context);
      if (written.ok) return written.message;
      throw new Error('a list of videos can always be asked for');
    },
    listed(answer, { from }, _, context) {
      const read = list.answer.decode(answer, questionOf(undefined), context);
      if (!read.ok) return undefined;
      const { generations, more } = read.value;
      const last = generations.at(-1);
      const older = last?.createdAt !== undefined && last.createdAt < Math.floor(from / 1000) * 1000;
      return { found: generations, next: more && !older ? last?.id : undefined };
    },
  };
}
