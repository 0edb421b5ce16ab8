import { problem } from '../../../model/index.ts';
import { type AnswerGolden, goldenView, jsonAnswer, nothingLearned } from '../../golden.ts';
import type { Json } from '../../message.ts';
import { page, russianPage, statusPage, uploadPage } from './sources.ts';

const request = { model: 'kling-v3', references: [], shots: [{ prompt: ['p'] }] };
const requestId = '00000000-0000-4000-8000-000000000000';
const id = 'video_7497f4d5-3a88-44c7-923a-967fa7d941a0';
const createdAt = 1_768_380_222_000;
const known = { id, object: 'generation.task', model: 'sora-2', created_at: 1_768_380_222 };
const seen = { ...nothingLearned, id, model: 'sora-2', createdAt };

const accepted: AnswerGolden<'create'> = {
  name: 'accepted',
  source: russianPage,
  answer: jsonAnswer({
    id: 'video_01J9HA7JPQ9A0Z6JZ3V8M9W6PZ',
    object: 'generation.task',
    model: 'kling-v3',
    status: 'queued',
    progress: 0,
    created_at: 1_768_380_224,
    metadata: {},
  }),
  requestId,
  question: { does: 'create', request, echo: null, notes: [] },
  reply: goldenView({ id: 'video_01J9HA7JPQ9A0Z6JZ3V8M9W6PZ', model: 'kling-v3', createdAt: 1_768_380_224_000 }),
  learns: {
    ...nothingLearned,
    id: 'video_01J9HA7JPQ9A0Z6JZ3V8M9W6PZ',
    model: 'kling-v3',
    state: 'queued',
    createdAt: 1_768_380_224_000,
    progress: 0,
  },
};

const repeated: AnswerGolden<'create'> = {
  ...accepted,
  name: 'accepted, with the extensions of the request',
  source: page,
  answer: jsonAnswer({
    ...(accepted.answer.body.kind === 'json' ? (accepted.answer.body.value as { [key: string]: Json }) : {}),
    metadata: { negative_prompt: 'blurry', watermark: true },
  }),
  reply: { ...accepted.reply, echo: { metadata: { negative_prompt: 'blurry', watermark: true }, roles: [] } },
};

function look(
  name: string,
  value: { readonly [key: string]: Json },
  reply: Partial<AnswerGolden<'look'>['reply']>,
  learns: object,
): AnswerGolden<'look'> {
  return {
    name,
    source: statusPage,
    language: 'zh',
    answer: jsonAnswer({ ...known, ...value }),
    requestId,
    question: { does: 'look', id },
    reply: goldenView({ id, model: 'sora-2', createdAt, ...reply }),
    learns: { ...seen, ...learns },
  };
}

const url = 'https://files.dashlyai.cc/sora/7712af45-ca35-4a15-b800-f20ea623665b.mp4';

const looks = [
  look('waiting', { status: 'queued', progress: 0 }, {}, { state: 'queued', progress: 0 }),
  look(
    'at work',
    { status: 'in_progress', progress: 65 },
    { state: 'running', progress: 0.65 },
    { state: 'running', progress: 0.65 },
  ),
  look(
    'a film',
    {
      status: 'completed',
      progress: 100,
      completed_at: 1_768_380_514,
      expires_at: 1_768_466_914,
      result: { type: 'video', data: [{ url, format: 'mp4' }] },
    },
    {
      state: 'done',
      finishedAt: 1_768_380_514_000,
      films: [{ index: 0, url, seconds: 5, width: 1280, height: 720, bytes: 1 }],
    },
    {
      state: 'done',
      finishedAt: 1_768_380_514_000,
      films: [{ url, seconds: undefined }],
      progress: 1,
    },
  ),
  look(
    'a failure',
    {
      status: 'failed',
      progress: 0,
      error: { code: 'generation_failed', message: '生成失败: 内容违反了内容政策' },
    },
    { state: 'failed', problem: problem('moderation_blocked', '') },
    {
      state: 'failed',
      progress: 0,
      problem: { code: 'vendor_failed', path: '', values: { found: '生成失败: 内容违反了内容政策' } },
    },
  ),
];

const unknown: AnswerGolden<'look'> = {
  name: 'a task that nobody knows',
  source: statusPage,
  language: 'zh',
  answer: jsonAnswer({ error: { code: 404, message: '任务不存在', type: 'not_found_error' } }, 404),
  requestId,
  question: { does: 'look', id },
  reply: undefined,
  learns: undefined,
};

const uploaded: AnswerGolden<'upload'> = {
  name: 'a picture',
  source: uploadPage,
  answer: jsonAnswer({
    success: true,
    message: '',
    data: {
      id: 'upload_abc12345',
      url: 'https://files.toapis.com/uploads/123/1737568800_abc12345.jpg',
      mime_type: 'image/jpeg',
      size: 89_234,
    },
  }),
  requestId,
  question: { does: 'upload', fileName: 'a.jpg', mediaType: 'image/jpeg', bytes: 'b', fields: {}, address: undefined },
  reply: {
    url: 'https://files.toapis.com/uploads/123/1737568800_abc12345.jpg',
    mediaType: 'image/jpeg',
    bytes: 89_234,
  },
  learns: { url: 'https://files.toapis.com/uploads/123/1737568800_abc12345.jpg' },
  differs: { 'data.id': 'ids of uploads are made of the exchange: no call takes one' },
};

/** Every documented answer. */
export const answers = [accepted, repeated, ...looks, unknown, uploaded];
