import { problem } from '../../../model/index.ts';
import { type AnswerGolden, goldenView, jsonAnswer, nothingLearned } from '../../golden.ts';
import type { Json } from '../../message.ts';
import { ours, page } from './sources.ts';

const ts = '2026-03-09T10:44:54.716000000+08:00[Asia/Shanghai]';
const now = Date.UTC(2026, 2, 9, 2, 44, 54, 716);
const requestId = '00000000-0000-4000-8000-000000000000';
const model = 'PixVerse-v4.5-MR2V';
const id = '3524e0b3ba014b12ab1faf29f9f00000';

const answer = (value: { readonly [key: string]: Json }, status = 200) => jsonAnswer({ ts, ...value }, status);

const accepted: AnswerGolden<'create'> = {
  name: 'accepted',
  source: page,
  answer: answer({
    code: 0,
    message: '任务提交成功',
    data: { taskId: '3524e0b3ba014b12ab1faf29f9f*****' },
    ts: '2026-03-09T10:44:54.716004004+08:00[Asia/Shanghai]',
  }),
  requestId,
  now,
  question: { does: 'create', request: { model, references: [], shots: [{ prompt: ['p'] }] }, echo: null, notes: [] },
  reply: goldenView({ id: '3524e0b3ba014b12ab1faf29f9f*****', model }),
  learns: { ...nothingLearned, id: '3524e0b3ba014b12ab1faf29f9f*****', state: 'queued' },
  differs: { ts: 'our clock counts milliseconds' },
};

function look(
  name: string,
  path: string,
  value: { readonly [key: string]: Json },
  reply: Partial<AnswerGolden<'look'>['reply']>,
  learns: object,
): AnswerGolden<'look'> {
  return {
    name,
    source: ours,
    path,
    answer: answer({ code: 0, message: '查询成功', ...value }),
    requestId,
    now,
    question: { does: 'look', id },
    reply: goldenView({ id, model, ...reply }),
    learns: { ...nothingLearned, id, ...learns },
  };
}

const statusPath = '/comfyui/tasks/:id/status';
const resultPath = '/comfyui/tasks/:id/result';
const aliasPath = '/videos/generations/:id';

const films = ['https://media.example/1.mp4', 'https://media.example/2.mp4'].map((url, index) => ({
  index,
  url,
  seconds: 5,
  width: 1280,
  height: 720,
  bytes: 1,
}));
const seenFilms = films.map(({ url }) => ({ url, seconds: undefined }));
const review = 'The content contains inappropriate information and does not pass the review.';

const looks = [
  look(
    'waiting',
    statusPath,
    { data: [{ taskId: id, status: 'PENDING', progress: '0' }] },
    {},
    { state: 'queued', progress: 0 },
  ),
  look(
    'at work',
    statusPath,
    { data: [{ taskId: id, status: 'RUNNING', progress: '40' }] },
    { state: 'running', progress: 0.4 },
    { state: 'running', progress: 0.4 },
  ),
  look(
    'finished',
    statusPath,
    { data: [{ taskId: id, status: 'COMPLETED', progress: '100' }] },
    { state: 'done', films },
    { state: 'done', progress: 1 },
  ),
  look(
    'failed',
    statusPath,
    { message: review, data: [{ taskId: id, status: 'FAILED', progress: '0' }] },
    { state: 'failed', problem: problem('moderation_blocked', '') },
    { state: 'failed', progress: 0, problem: { code: 'vendor_failed', path: '', values: { found: review } } },
  ),
  look(
    'taken back',
    statusPath,
    { data: [{ taskId: id, status: 'CANCELED', progress: '0' }] },
    { state: 'cancelled' },
    { state: 'cancelled', progress: 0 },
  ),
  look(
    'no films yet',
    resultPath,
    { data: { taskId: id, status: 'RUNNING', urls: [] } },
    { state: 'running' },
    { state: 'running' },
  ),
  ...[resultPath, aliasPath].map((path) =>
    look(
      `two films of one task, ${path}`,
      path,
      { data: { taskId: id, status: 'COMPLETED', urls: films.map(({ url }) => url) } },
      { state: 'done', films },
      { state: 'done', films: seenFilms },
    ),
  ),
];

const unknown: AnswerGolden<'look'>[] = [statusPath, resultPath, aliasPath].map((path) => ({
  name: `a task that nobody knows, ${path}`,
  source: ours,
  path,
  answer: answer({ code: 404, message: `没有任务“${id}”。请检查 id；它可能已过期。`, data: null }, 404),
  requestId,
  now,
  question: { does: 'look', id },
  reply: undefined,
  learns: undefined,
}));

const uploaded: AnswerGolden<'upload'> = {
  name: 'a picture',
  source: ours,
  answer: answer({ code: 0, message: '上传成功', data: { fullPath: 'https://media.example/12.png' } }),
  requestId,
  now,
  question: { does: 'upload', fileName: '12.png', mediaType: 'image/png', bytes: 'b', fields: {}, address: undefined },
  reply: { url: 'https://media.example/12.png', mediaType: 'image/png', bytes: 1 },
  learns: { url: 'https://media.example/12.png' },
};

/** Every documented answer, and those that our stand-in has instead of what is not documented. */
export const answers = [accepted, ...looks, ...unknown, uploaded];
