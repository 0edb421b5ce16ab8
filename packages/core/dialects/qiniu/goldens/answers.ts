import { type AnswerGolden, goldenView, jsonAnswer, nothingLearned } from '../../golden.ts';
import { page } from './sources.ts';

const requestId = 'req_1';

const wide = { width: 1280, height: 720 };
const request = { model: 'sora-2', references: [], shots: [{ prompt: ['p'], seconds: 4 }], size: wide };
const id = 'qvideo-user123-1234567890123456789';
const head = { id, object: 'video', model: 'sora-2' };
const created = 1_234_567_890_000;
const view = goldenView({ id, model: 'sora-2', request, createdAt: created });

const ofKling: AnswerGolden<'create'> = {
  name: 'accepted, Kling O1',
  source: page,
  answer: jsonAnswer({
    id: 'qvideo-root-1764904843275618838',
    object: 'video',
    model: 'kling-video-o1',
    mode: 'pro',
    status: 'queued',
    created_at: 1_764_904_843,
    updated_at: 1_764_904_843,
    seconds: '5',
    size: '1920x1080',
  }),
  requestId,
  now: 1_764_904_843_275,
  question: { does: 'create', request, echo: null, notes: [] },
  reply: goldenView({
    id: 'qvideo-root-1764904843275618838',
    model: 'kling-video-o1',
    state: 'preparing',
    createdAt: 1_764_904_843_275,
    request: {
      model: 'kling-video-o1',
      references: [],
      shots: [{ prompt: ['p'] }],
      size: { width: 1920, height: 1080 },
      mode: 'pro',
    },
  }),
  learns: {
    ...nothingLearned,
    id: 'qvideo-root-1764904843275618838',
    state: 'queued',
    model: 'kling-video-o1',
    createdAt: 1_764_904_843_000,
  },
};

const ofSora: AnswerGolden<'create'> = {
  name: 'accepted, Sora 2',
  source: page,
  answer: jsonAnswer({ ...head, status: 'queued', created_at: 1_234_567_890, updated_at: 1_234_567_890 }),
  requestId,
  question: { does: 'create', request, echo: null, notes: [] },
  reply: view,
  learns: { ...nothingLearned, id, state: 'queued', model: 'sora-2', createdAt: created },
};

const remix: AnswerGolden<'remix'> = {
  name: 'a remix',
  source: page,
  answer: jsonAnswer({
    ...head,
    id: 'qvideo-user123-1234567890123456790',
    status: 'queued',
    created_at: 1_234_567_900,
    updated_at: 1_234_567_900,
  }),
  requestId,
  question: { does: 'remix', id, prompt: 'p' },
  reply: goldenView({
    id: 'qvideo-user123-1234567890123456790',
    model: 'sora-2',
    request,
    createdAt: 1_234_567_900_000,
    remixOf: id,
  }),
  learns: { ...nothingLearned, state: 'queued', model: 'sora-2', createdAt: 1_234_567_900_000 },
};

const running: AnswerGolden<'look'> = {
  name: 'in progress',
  source: page,
  answer: jsonAnswer({ ...head, status: 'in_progress', created_at: 1_234_567_890, updated_at: 1_234_567_895 }),
  requestId,
  question: { does: 'look', id },
  reply: { ...view, state: 'running', startedAt: created + 5000 },
  learns: { ...nothingLearned, id, state: 'running', model: 'sora-2', createdAt: created },
};

const completed: AnswerGolden<'look'> = {
  name: 'completed',
  source: page,
  answer: jsonAnswer({
    ...head,
    status: 'completed',
    created_at: 1_234_567_890,
    updated_at: 1_234_567_920,
    completed_at: 1_234_567_920,
    expires_at: 1_234_654_320,
    seconds: '4',
    size: '1280x720',
    task_result: {
      videos: [{ id: `${id}-1`, url: 'https://kodo.qiniu.com/videos/generated-video.mp4', duration: '4' }],
    },
  }),
  requestId,
  question: { does: 'look', id },
  reply: {
    ...view,
    state: 'done',
    startedAt: created + 5000,
    finishedAt: created + 30_000,
    // The page says seven days and shows one.
    expiresAt: 1_234_654_320_000,
    films: [{ index: 0, url: 'https://kodo.qiniu.com/videos/generated-video.mp4', seconds: 4, ...wide, bytes: 1 }],
  },
  learns: {
    ...nothingLearned,
    id,
    state: 'done',
    model: 'sora-2',
    createdAt: created,
    finishedAt: created + 30_000,
    films: [{ url: 'https://kodo.qiniu.com/videos/generated-video.mp4', seconds: 4 }],
  },
};

const blocked = {
  error: { code: 'moderation_blocked', message: 'Your request was blocked by our moderation system.' },
};

const failed: AnswerGolden<'look'> = {
  name: 'failed',
  source: page,
  answer: jsonAnswer({ ...head, status: 'failed', created_at: 1_234_567_890, updated_at: 1_234_567_920, ...blocked }),
  requestId,
  question: { does: 'look', id },
  reply: {
    ...view,
    state: 'failed',
    finishedAt: created + 30_000,
    problem: { code: 'moderation_blocked', path: '', values: {} },
  },
  learns: { id, state: 'failed', problem: { code: 'moderation_blocked' }, films: [] },
  differs: {
    completed_at: 'the same page has it in its questions and answers',
    seconds: 'the same page has it in its questions and answers',
    size: 'the same page has it in its questions and answers',
  },
};

const failedWhole: AnswerGolden<'look'> = {
  name: 'failed, in the questions and answers',
  source: page,
  answer: jsonAnswer({
    id: 'qvideo-xxxxx-xxxxxxxxxxxx',
    object: 'video',
    model: 'sora-2',
    status: 'failed',
    created_at: 1_762_416_033,
    updated_at: 1_762_416_060,
    completed_at: 1_762_416_060,
    ...blocked,
    seconds: '12',
    size: '1280x720',
  }),
  requestId,
  question: { does: 'look', id: 'qvideo-xxxxx-xxxxxxxxxxxx' },
  reply: goldenView({
    id: 'qvideo-xxxxx-xxxxxxxxxxxx',
    model: 'sora-2',
    request: { ...request, shots: [{ prompt: ['p'], seconds: 12 }] },
    state: 'failed',
    createdAt: 1_762_416_033_000,
    finishedAt: 1_762_416_060_000,
    problem: { code: 'moderation_blocked', path: '', values: {} },
  }),
  learns: { state: 'failed', finishedAt: 1_762_416_060_000, problem: { code: 'moderation_blocked' } },
};

/** Every documented answer. */
export const answers = [ofKling, ofSora, remix, running, completed, failed, failedWhole];
