import { cardOf } from '../../../catalog/check-samples.ts';
import { type AnswerGolden, goldenView, jsonAnswer } from '../../golden.ts';
import type { Answer } from '../../message.ts';
import { client, engines, specification } from './sources.ts';

const requestId = 'req_1';

const prompt = 'A calico cat playing a piano on stage';
const request = {
  model: 'sora-2',
  references: [],
  shots: [{ prompt: [prompt], seconds: 8 }],
  size: { width: 1280, height: 720 },
};
const created = 1_712_697_600_000;

const video = {
  id: 'video_123',
  object: 'video',
  model: 'sora-2',
  status: 'queued',
  progress: 0,
  created_at: 1_712_697_600,
  completed_at: null,
  expires_at: null,
  prompt,
  size: '1280x720',
  seconds: '8',
  remixed_from_video_id: null,
  error: null,
};
const view = goldenView({ id: 'video_123', model: 'sora-2', request, createdAt: created });
const learned = {
  id: 'video_123',
  state: 'queued',
  model: 'sora-2',
  prompt,
  films: [],
  problem: undefined,
  createdAt: created,
  finishedAt: undefined,
  progress: 0,
  billedSeconds: undefined,
};

const accepted: AnswerGolden<'create'> = {
  name: 'accepted',
  source: specification,
  answer: jsonAnswer(video),
  requestId,
  question: { does: 'create', request, echo: null, notes: [] },
  reply: view,
  learns: learned,
};

const running: AnswerGolden<'look'> = {
  name: 'in progress',
  source: specification,
  answer: jsonAnswer({ ...video, status: 'in_progress', progress: 33 }),
  requestId,
  question: { does: 'look', id: 'video_123' },
  reply: { ...view, state: 'running', startedAt: created, progress: 0.335 },
  learns: { ...learned, state: 'running', progress: 0.33 },
};

const completed: AnswerGolden<'look'> = {
  name: 'completed',
  source: specification,
  answer: jsonAnswer({
    ...video,
    status: 'completed',
    progress: 100,
    completed_at: 1_712_697_700,
    expires_at: 1_712_784_100,
  }),
  requestId,
  question: { does: 'look', id: 'video_123' },
  reply: {
    ...view,
    state: 'done',
    startedAt: created,
    finishedAt: 1_712_697_700_000,
    expiresAt: 1_712_784_100_000,
    films: [{ index: 0, url: 'https://films.example/a.mp4', seconds: 8, width: 1280, height: 720, bytes: 1 }],
  },
  learns: { ...learned, state: 'done', progress: 1, finishedAt: 1_712_697_700_000 },
};

const failed: AnswerGolden<'look'> = {
  name: 'failed',
  source: specification,
  answer: jsonAnswer({
    ...video,
    status: 'failed',
    completed_at: 1_712_697_700,
    error: { code: 'moderation_blocked', message: 'Your request was blocked by our moderation system.' },
  }),
  requestId,
  question: { does: 'look', id: 'video_123' },
  reply: {
    ...view,
    state: 'failed',
    finishedAt: 1_712_697_700_000,
    problem: { code: 'moderation_blocked', path: '', values: {} },
  },
  learns: {
    ...learned,
    state: 'failed',
    finishedAt: 1_712_697_700_000,
    problem: { code: 'moderation_blocked' },
  },
};

const unknown: AnswerGolden<'look'> = {
  name: 'unknown, at an engine',
  source: engines,
  answer: jsonAnswer({ detail: 'Video not found' }, 404),
  requestId,
  question: { does: 'look', id: 'video_9' },
  reply: undefined,
  learns: undefined,
  differs: {
    detail: 'the engines have an error of their own',
    error: 'the shape of the original',
  },
};

const list: AnswerGolden<'list'> = {
  name: 'a list',
  source: specification,
  answer: jsonAnswer({ object: 'list', data: [video], first_id: 'video_123', last_id: 'video_123', has_more: true }),
  requestId,
  question: {
    does: 'list',
    page: { after: undefined, size: 1 },
    from: undefined,
    to: undefined,
    model: undefined,
    states: undefined,
    id: undefined,
    newestFirst: true,
  },
  reply: { generations: [view], total: 2, more: true },
  learns: { generations: [learned], total: 1, more: true },
};

const emptyList: AnswerGolden<'list'> = {
  ...list,
  name: 'a list of nothing, as the client reads it',
  source: client,
  answer: jsonAnswer({ object: 'list', data: [], first_id: null, last_id: null, has_more: false }),
  reply: { generations: [], total: 0, more: false },
  learns: { generations: [], total: 0, more: false },
};

const deleted: AnswerGolden<'delete'> = {
  name: 'deleted',
  source: specification,
  answer: jsonAnswer({ id: 'video_123', object: 'video.deleted', deleted: true }),
  requestId,
  question: { does: 'delete', id: 'video_123' },
  reply: 'deleted',
  learns: 'deleted',
};

const bytes = (mediaType: string): Answer => ({
  status: 200,
  headers: { 'content-type': mediaType },
  body: { kind: 'bytes', bytes: 'film:1', mediaType },
});

const film: AnswerGolden<'content'> = {
  name: 'the film itself',
  source: specification,
  answer: bytes('video/mp4'),
  requestId,
  question: { does: 'content', id: 'video_123', variant: 'video' },
  reply: { bytes: 'film:1', mediaType: 'video/mp4' },
  learns: { bytes: 'film:1', mediaType: 'video/mp4' },
};

const sheet: AnswerGolden<'content'> = {
  ...film,
  name: 'a sheet of its pictures',
  answer: bytes('image/webp'),
  question: { does: 'content', id: 'video_123', variant: 'spritesheet' },
  reply: { bytes: 'film:1', mediaType: 'image/webp' },
  learns: { bytes: 'film:1', mediaType: 'image/webp' },
};

const remix: AnswerGolden<'remix'> = {
  name: 'a remix',
  source: specification,
  answer: jsonAnswer({ ...video, id: 'video_456', prompt: 'night', remixed_from_video_id: 'video_123' }),
  requestId,
  question: { does: 'remix', id: 'video_123', prompt: 'night' },
  reply: {
    ...view,
    id: 'video_456',
    request: { ...request, shots: [{ prompt: ['night'], seconds: 8 }] },
    remixOf: 'video_123',
  },
  learns: { ...learned, id: 'video_456', prompt: 'night' },
};

const engineList: AnswerGolden<'list'> = {
  ...list,
  name: 'a list of an engine, which sends all',
  source: engines,
  answer: jsonAnswer({ object: 'list', data: [{ ...video, quality: 'standard', url: null, file_path: '/tmp/a.mp4' }] }),
  reply: { generations: [view], total: 1, more: false },
  learns: { generations: [learned], total: 1, more: false },
  differs: {
    'data[0].quality': 'of the engine',
    'data[0].url': 'of the engine',
    'data[0].file_path': 'of the engine',
    first_id: 'the engine leaves it out',
    last_id: 'the engine leaves it out',
    has_more: 'the engine leaves it out',
  },
};

const engineDeleted: AnswerGolden<'delete'> = {
  name: 'deleted, at an engine: the video itself',
  source: engines,
  answer: jsonAnswer({ ...video, status: 'deleted' }),
  requestId,
  question: { does: 'delete', id: 'video_123' },
  reply: 'deleted',
  learns: 'deleted',
  differs: Object.fromEntries(
    [...Object.keys(video), 'deleted'].filter((key) => key !== 'id').map((key) => [key, 'the shape of the original']),
  ),
};

const models: AnswerGolden<'models'> = {
  name: 'the models',
  source: specification,
  answer: jsonAnswer({
    object: 'list',
    data: [{ id: 'sora-2', object: 'model', created: 1_686_935_002, owned_by: 'openai' }],
  }),
  requestId,
  question: { does: 'models' },
  reply: { cards: [cardOf('sora-2')] },
  learns: { cards: [{ id: 'sora-2' }] },
  differs: { 'data[0].created': 'not known', 'data[0].owned_by': 'whose wire it is' },
};

/** Every documented answer. */
export const answers = [
  ...[accepted, running, completed, failed, unknown, list, emptyList],
  ...[deleted, film, sheet, remix, engineList, engineDeleted, models],
];
