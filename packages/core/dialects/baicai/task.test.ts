import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem, type State } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import type { Exchange, GenerationView } from '../dialect.ts';
import { goldenView } from '../golden.ts';
import { type Ask, type Json, jsonBody, noBody } from '../message.ts';
import { jsonOf } from '../serving.suite.ts';
import { baicai } from './index.ts';
import { alias, result, status } from './task.ts';
import { writeTime } from './times.ts';

const context = contextOf(baicai);
const id = '3524e0b3ba014b12ab1faf29f9f00000';
const film = (index: number) => ({
  index,
  url: `https://media.example/${index}.mp4`,
  seconds: 5,
  width: 1280,
  height: 720,
  bytes: 1,
});
const view = (more: Partial<GenerationView> = {}) => goldenView({ id, model: 'PixVerse-v4.5-MR2V', ...more });
const tell = (exchange: Exchange<'look'>, of: GenerationView | undefined, language?: 'en' | 'zh') =>
  jsonOf(exchange.answer.encode(of, { does: 'look', id }, { ...context, language }));

describe('how a task stands', () => {
  it.each<[State, string, string]>([
    ['preparing', 'PENDING', '0'],
    ['queued', 'PENDING', '0'],
    ['submitting', 'RUNNING', '40'],
    ['unconfirmed', 'RUNNING', '40'],
    ['running', 'RUNNING', '40'],
    ['fetching', 'RUNNING', '40'],
    ['cancelling', 'RUNNING', '40'],
    ['done', 'COMPLETED', '100'],
    ['failed', 'FAILED', '0'],
    ['cancelled', 'CANCELED', '0'],
  ])('%s is %s', (state, word, progress) => {
    expect(tell(status, view({ state, progress: 0.4 }))).toMatchObject({
      code: 0,
      data: [{ taskId: id, status: word, progress }],
    });
    expect(tell(result, view({ state }))).toMatchObject({ data: { taskId: id, status: word, urls: [] } });
  });

  it('one to four films are the films of one task', () => {
    for (const count of [1, 4]) {
      const films = Array.from({ length: count }, (_, index) => film(index));
      const told = tell(result, view({ state: 'done', films }));
      expect(told).toMatchObject({ data: { status: 'COMPLETED', urls: films.map(({ url }) => url) } });
      expect(tell(alias, view({ state: 'done', films }))).toEqual(told);
    }
  });

  it('a failure says why where there is room for a sentence, and nothing of this machine', () => {
    const small = problem('media_type', 'references[0].image', { found: 'image/gif', model: 'm', limit: 'image/png' });
    expect(tell(status, view({ state: 'failed', problem: small })).message).toMatch(
      /^input\.mutil_reference\[0\]\.urls\[0\] 的类型是 image\/gif/,
    );
    expect(tell(result, view({ state: 'failed', problem: small }), 'en').message).toMatch(/ is image\/gif; /);
    const broken = view({ state: 'failed', problem: problem('disk_full', '', { found: '/srv/films/a.mp4' }) });
    expect(JSON.stringify(tell(status, broken))).not.toContain('/srv');
  });

  it('a task that nobody knows is one that is not there', () => {
    for (const exchange of [status, result, alias])
      expect(exchange.answer.encode(undefined, { does: 'look', id }, context)).toMatchObject({
        status: 404,
        body: { value: { code: 404, data: null } },
      });
  });
});

describe('times', () => {
  it('are what clocks in Shanghai show, with nine digits and a zone', () => {
    expect(writeTime(Date.UTC(2026, 2, 9, 2, 44, 54, 716))).toBe('2026-03-09T10:44:54.716000000+08:00[Asia/Shanghai]');
    expect(writeTime(Date.UTC(2026, 11, 31, 16))).toBe('2027-01-01T00:00:00.000000000+08:00[Asia/Shanghai]');
  });

  it('are of one shape, and the same instant to whoever reads them without the zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (time) => {
        const written = writeTime(time);
        expect(written).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}\+08:00\[Asia\/Shanghai\]$/);
        expect(Date.parse(written.replace(/000000(?=\+)/, '').replace(/\[.*$/, ''))).toBe(time);
      }),
    );
  });
});

describe('what clients read', () => {
  const read = (data: Json, exchange = result) =>
    exchange.answer.decode(
      { status: 200, headers: {}, body: jsonBody({ code: 0, data }) },
      { does: 'look', id },
      context,
    );
  const url = 'https://media.example/1.mp4';

  it.each<[string, Json]>([
    ['an object with films', { urls: [url] }],
    ['an object with a result', { result: { urls: [url] } }],
    ['a list with films', [{ urls: [url] }]],
    ['a list with a result', [{ result: { urls: [url] } }]],
    ['a film among odd entries', { urls: [null, url, '', 7] }],
  ])('%s', (_, data) => {
    expect(read(data)).toMatchObject({ ok: true, value: { id, state: 'done', films: [{ url }] } });
  });

  it('the films of every entry of a list', () => {
    const other = 'https://media.example/2.mp4';
    const entries = [{ status: 'COMPLETED', urls: [url] }, { result: { urls: [other] } }];
    expect(read(entries)).toMatchObject({ value: { state: 'done', films: [{ url }, { url: other }] } });
  });

  it('progress as text or as a number, and whatever else as none', () => {
    const progress = (value: Json) => {
      const found = read([{ status: 'RUNNING', progress: value }], status);
      return found.ok ? found.value?.progress : 'refused';
    };
    expect([progress('40'), progress(40), progress('40%'), progress('soon'), progress(null), progress('900')]).toEqual([
      0.4,
      0.4,
      0.4,
      undefined,
      undefined,
      1,
    ]);
  });

  it('an acceptance as an object and as a list', () => {
    const create = baicai.exchanges.create![0]!;
    const question = { does: 'create', request: view().request, echo: null, notes: [] } as const;
    for (const data of [{ taskId: 't' }, [{ taskId: 't', status: 'PENDING' }]])
      expect(
        create.answer.decode({ status: 200, headers: {}, body: jsonBody({ code: 0, data }) }, question, context),
      ).toMatchObject({ ok: true, value: { id: 't', state: 'queued' } });
  });
});

describe('a picture to upload', () => {
  const file = { name: 'file', fileName: 'a.png', mediaType: 'image/png', bytes: 'asset:a' };
  const ask = (body: Ask['body']): Ask => ({ method: 'POST', path: '/resources/upload', query: {}, headers: {}, body });

  it.each<[string, Ask, string]>([
    ['no form', ask(noBody), '请求体无法解析'],
    ['no file', ask({ kind: 'form', parts: [{ name: 'file', value: 'a' }] }), '缺少 file'],
    ['a file of another name', ask({ kind: 'form', parts: [{ ...file, name: 'image' }] }), '缺少 file'],
    ['two files', ask({ kind: 'form', parts: [file, file] }), '每次只能上传一个文件'],
  ])('%s', (_, given, expected) => {
    const read = decodeAsk(baicai, given);
    if (read.ok) throw new Error('accepted');
    const answer = baicai.refusal.encode(read.problems, context);
    expect(answer.status).toBe(400);
    expect(jsonOf(answer)).toMatchObject({ code: 400, data: null, message: expect.stringContaining(expected) });
  });
});
