import { z } from 'zod';
import type { Find, Question, Span } from '../dialect.ts';
import { headerOf } from '../message.ts';
import { list } from './list.ts';
import { readAnswer } from './refusal.ts';
import { WireTask } from './wire.ts';

const Traced = z.looseObject({ model: z.string(), input: z.looseObject({ prompt: z.string() }) });

const pageSize = 100;
const secondMilliseconds = 1000;

/** Looks through the list of tasks. It names models and times; the prompt is repeated by a task that succeeded. */
export const find: Find = {
  trace(sent) {
    if (headerOf(sent, 'x-dashscope-async') === undefined || sent.body.kind !== 'json') return undefined;
    const read = Traced.safeParse(sent.body.value).data;
    return read && { model: read.model, prompt: read.input.prompt };
  },
  list({ from, to }, cursor, context) {
    // Asked for in whole seconds.
    const span = { from: Math.floor(from / secondMilliseconds) * secondMilliseconds, to: to + secondMilliseconds };
    const written = list.ask.encode(questionOf(cursor, span), context);
    if (written.ok) return written.message;
    throw new Error('a list of tasks can always be asked for');
  },
  listed(answer, span, cursor, context) {
    const read = list.answer.decode(answer, questionOf(cursor, span), context);
    if (!read.ok) return undefined;
    const { generations, more } = read.value;
    return { found: generations, next: more ? pageOf(cursor) + 1 : undefined };
  },
  prompt(answer) {
    const read = readAnswer(answer, WireTask);
    return read.ok ? read.value.output.orig_prompt : undefined;
  },
};

function pageOf(cursor: unknown): number {
  return typeof cursor === 'number' ? cursor : 1;
}

function questionOf(cursor: unknown, { from, to }: Span): Extract<Question, { does: 'list' }> {
  return {
    ...{ does: 'list', page: { number: pageOf(cursor), size: pageSize }, from, to, newestFirst: true },
    ...{ model: undefined, states: undefined, id: undefined },
  };
}
