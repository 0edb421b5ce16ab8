import { expect, it } from 'vitest';
import { contextOf } from '../conformance.suite.ts';
import { type Json, jsonBody } from '../message.ts';
import { dashscope } from './index.ts';

const context = contextOf(dashscope);
const find = dashscope.voyage.find!;
const page = (value: Json, status = 200) => ({ status, headers: {}, body: jsonBody(value) });
/** 2026-11-20, 12:00:00.250 to 12:00:01.500 in London. */
const span = { from: Date.UTC(2026, 10, 20, 12, 0, 0, 250), to: Date.UTC(2026, 10, 20, 12, 0, 1, 500) };

it('keeps the model and the prompt as they are sent', () => {
  const references = [{ kind: 'image', id: 'r1', name: 'cup', image: 'https://files.example/cup.png' }] as const;
  const shots = [{ prompt: [{ mention: 'r1' }, ' steams.'], seconds: 2 }];
  const started = dashscope.voyage.start({ model: 'wan2.7-r2v', references: [...references], shots }, context);
  expect(started.ok && find.trace(started.message)).toEqual({ model: 'wan2.7-r2v', prompt: 'Image 1 steams.' });
});

it('asks for the whole seconds around a span, page by page', () => {
  const ask = find.list(span, undefined, context);
  expect(ask.query).toMatchObject({ start_time: '20261120200000', end_time: '20261120200002', page_no: '1' });
  const task = { task_id: 'a', status: 'RUNNING', model_name: 'wan2.7-r2v', gmt_create: span.from };
  const first = page({ total: 101, page_no: 1, page_size: 100, data: [task] });
  expect(find.listed(first, span, undefined, context)).toMatchObject({
    found: [{ id: 'a', model: 'wan2.7-r2v', createdAt: span.from }],
    next: 2,
  });
  const last = page({ total: 101, page_no: 2, page_size: 100, data: [] });
  expect(find.listed(last, span, 2, context)).toEqual({ found: [], next: undefined });
  expect(find.listed(page({ code: 'Throttling', message: '' }, 429), span, undefined, context)).toBeUndefined();
});

it('reads the prompt that a task repeats once it has succeeded', () => {
  const output = { task_id: 'a', task_status: 'SUCCEEDED', orig_prompt: 'Image 1 steams.' };
  expect(find.prompt!(page({ request_id: 'r', output }), { taskId: 'a' }, context)).toBe('Image 1 steams.');
  const running = { task_id: 'a', task_status: 'RUNNING' };
  expect(find.prompt!(page({ request_id: 'r', output: running }), { taskId: 'a' }, context)).toBeUndefined();
});
