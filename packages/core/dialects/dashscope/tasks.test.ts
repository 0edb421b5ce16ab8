import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facts, footage } from '../../catalog/check-samples.ts';
import { findCard, quote } from '../../catalog/index.ts';
import { check, problem, type State, states } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import type { GenerationView } from '../dialect.ts';
import { goldenView } from '../golden.ts';
import { type Answer, type Ask, type Json, jsonBody, noBody } from '../message.ts';
import { goldens } from './goldens/index.ts';
import { dashscope } from './index.ts';
import { readStamp, readTime, writeStamp, writeTime } from './times.ts';

const context = contextOf(dashscope);
const task = dashscope.exchanges.look![0]!;
const list = dashscope.exchanges.list![0]!;
const cancel = dashscope.exchanges.cancel![0]!;
const get = (path: string, query: Record<string, string> = {}): Ask => ({
  method: 'GET',
  path,
  query,
  headers: {},
  body: noBody,
});
const bodyOf = ({ body }: Answer) => (body.kind === 'json' ? (body.value as { [key: string]: Json }) : {});

const finished = goldens.answers.find(({ name }) => name === 'a film of 2.7')?.reply as GenerationView;
const tell = (view: GenerationView | undefined, now = context.now) =>
  bodyOf(task.answer.encode(view, { does: 'look', id: view?.id ?? 'x' }, { ...context, now }));

describe('how a task stands', () => {
  it.each<[State, string]>([
    ['preparing', 'PENDING'],
    ['queued', 'PENDING'],
    ['submitting', 'RUNNING'],
    ['unconfirmed', 'RUNNING'],
    ['running', 'RUNNING'],
    ['fetching', 'RUNNING'],
    ['cancelling', 'RUNNING'],
    ['done', 'SUCCEEDED'],
    ['failed', 'FAILED'],
    ['cancelled', 'CANCELED'],
  ])('%s is %s, with an address and usage only when it is done', (state, word) => {
    const told = tell({ ...finished, state });
    expect(told.output).toMatchObject({ task_id: finished.id, task_status: word });
    expect(Object.hasOwn(told, 'usage')).toBe(state === 'done');
    expect(Object.hasOwn(told.output as object, 'video_url')).toBe(state === 'done');
  });

  it('after its hours it is unknown, like one that never was', () => {
    const expiresAt = finished.finishedAt! + 86_400_000;
    const view = { ...finished, expiresAt };
    expect(tell(view, expiresAt - 1).output).toMatchObject({ task_status: 'SUCCEEDED' });
    const gone = { task_id: finished.id, task_status: 'UNKNOWN' };
    expect(tell(view, expiresAt)).toEqual({ request_id: context.requestId, output: gone });
    expect(tell(undefined)).toEqual({ request_id: context.requestId, output: { ...gone, task_id: 'x' } });
  });

  it('a failure says the code and the sentence of the error that it would have been, and no usage', () => {
    const failed = tell({ ...finished, state: 'failed', films: [], problem: problem('moderation_blocked', '') });
    expect(failed.output).toEqual({
      task_id: finished.id,
      task_status: 'FAILED',
      code: 'DataInspectionFailed',
      message: 'Input or output data may contain inappropriate content.',
    });
    const broken = tell({
      ...finished,
      state: 'failed',
      problem: problem('disk_full', '', { found: '/srv/films/a.mp4' }),
    });
    expect(JSON.stringify(broken)).not.toContain('/srv');
  });

  it.each<[number, number, number]>([
    [1, 8, 5],
    [2, 8, 2.5],
    [3, 8, 1.65],
    [4, 8, 1.25],
    [5, 8, 1],
    [5, 0.5, 0.5],
  ])('of %i references with a video of %d s, %d s of it are billed', (count, seconds, billed) => {
    const pictures = Array.from({ length: count - 1 }, (_, index) => ({
      type: 'reference_image',
      url: `https://e/${index}.png`,
    }));
    const media = [
      { type: 'first_frame', url: 'https://e/f.png' },
      ...pictures,
      { type: 'reference_video', url: 'https://e/a.mp4' },
    ];
    const ask: Ask = {
      ...goldens.asks[0]!.ask,
      body: jsonBody({
        model: 'wan2.7-r2v',
        input: { prompt: 'p', media },
        parameters: { duration: 10, resolution: '1080P' },
      }),
    };
    const read = decodeAsk(dashscope, ask);
    if (!read.ok || read.value.does !== 'create') throw new Error('refused');
    const card = findCard('wan2.7-r2v')!;
    const { request } = read.value;
    const measured = facts({ 'https://e/a.mp4': footage({ seconds }) });
    const { film, taken } = check(request, card, measured);
    const inputSeconds = quote(taken, card, film!, measured).lines[1]?.seconds ?? 0;
    const told = tell({ ...finished, request, film, inputSeconds });
    expect(told.usage).toEqual({
      duration: 10 + billed,
      input_video_duration: billed,
      output_video_duration: 10,
      video_count: 1,
      SR: 1080,
      ratio: '16:9',
    });
  });
});

describe('times', () => {
  it('are what clocks in Beijing show', () => {
    expect(writeTime(Date.UTC(2026, 3, 25, 7, 3, 25, 848))).toBe('2026-04-25 15:03:25.848');
    expect(writeTime(Date.UTC(2026, 11, 31, 16, 0, 0, 0))).toBe('2027-01-01 00:00:00.000');
    expect(readTime('2026-04-25 15:03:25.848')).toBe(Date.UTC(2026, 3, 25, 7, 3, 25, 848));
    expect(readStamp('20230420193058')).toBe(Date.UTC(2023, 3, 20, 11, 30, 58));
  });

  it('read as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (time) => {
        expect(readTime(writeTime(time))).toBe(time);
        expect(readStamp(writeStamp(time))).toBe(Math.floor(time / 1000) * 1000);
      }),
    );
  });

  it.each(['', '2026-04-31 00:00:00.000', '2026-04-25T15:03:25Z', '20260431000000', '2026', 'x'])(
    'are not %j',
    (text) => {
      expect(readTime(text)).toBeUndefined();
      expect(readStamp(text)).toBeUndefined();
    },
  );
});

describe('lists', () => {
  const read = (query: Record<string, string>) => list.ask.decode(get('/tasks', query), {}, context);
  const day = 86_400_000;

  it('are of the last 24 hours, ten at a time, unless more is said', () => {
    expect(read({})).toMatchObject({
      value: { page: { number: 1, size: 10 }, from: context.now - day, to: context.now, states: undefined },
    });
    const start = Date.UTC(2023, 3, 20, 11, 30, 58);
    expect(read({ start_time: '20230420193058' })).toMatchObject({ value: { from: start, to: start + day } });
    expect(read({ end_time: '20230420193058' })).toMatchObject({ value: { from: start - day, to: start } });
    const more = {
      task_id: 't',
      model_name: 'wan2.7-r2v',
      region: 'cn-beijing',
      api_key_id: '1',
      page_no: '3',
      page_size: '50',
    };
    expect(read(more)).toMatchObject({ value: { id: 't', model: 'wan2.7-r2v', page: { number: 3, size: 50 } } });
  });

  it('take every word, one of which no task has', () => {
    for (const word of ['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELED', 'UNKNOWN', 'SUSPENDED']) {
      const found = read({ status: word });
      const meant = states.filter((state) => dashscope.words[state] === word);
      expect(found).toMatchObject({ value: { states: meant } });
    }
  });

  it.each<Record<string, string>>([
    { page_no: '0' },
    { page_no: 'x' },
    { page_size: '-1' },
    { page_size: '101' },
    { status: 'pending' },
    { start_time: '2023-04-20' },
    { start_time: '20230420193058', end_time: '20230422193058' },
    { start_time: '20230420193058', end_time: '20230419193058' },
  ])('refuse %j', (query) => {
    const found = read(query);
    if (found.ok) throw new Error('accepted');
    const refusal = dashscope.refusal.encode(found.problems, context);
    expect(refusal.status).toBe(400);
    expect(bodyOf(refusal).code).toBe('InvalidParameter');
  });

  it('count their pages', () => {
    const view = goldenView({ id: 't', model: 'wan2.7-r2v', createdAt: 1 });
    const found = read({ page_size: '2' });
    if (!found.ok) throw new Error('refused');
    const told = bodyOf(list.answer.encode({ generations: [view], total: 5, more: true }, found.value, context));
    expect(told).toMatchObject({ total: 5, total_page: 3, page_no: 1, page_size: 2 });
    expect(told.data).toMatchObject([{ task_id: 't', status: 'PENDING', gmt_create: 1, region: 'cn-beijing' }]);
  });
});

describe('taking back', () => {
  it('is for what waits; a stranger and a runner are answered alike', () => {
    const question = cancel.ask.decode({ ...get('/tasks/t/cancel'), method: 'POST' }, { id: 't' }, context);
    if (!question.ok) throw new Error('refused');
    expect(question.value.whileIn).toEqual(['preparing', 'queued']);
    const [late, strange] = [
      cancel.answer.encode('too-late', question.value, context),
      cancel.answer.encode(undefined, question.value, context),
    ];
    expect(late).toEqual(strange);
    expect(late.status).toBe(400);
  });
});
