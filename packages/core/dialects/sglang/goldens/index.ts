import type { AnswerGolden, AskGolden, GoldenSource, Goldens, RefusalGolden } from '../../golden.ts';
import { goldenView, jsonAnswer, nothingLearned } from '../../golden.ts';
import { type Ask, type Json, jsonBody } from '../../message.ts';

const page: GoldenSource = { title: 'SGLang, docs/diffusion/api/openai_api.md (11f22d99)', date: '2026-11-20' };
const api: GoldenSource = { title: 'SGLang, openai/video_api.py (00ae37c8)', date: '2026-11-20' };
const protocol: GoldenSource = { title: 'SGLang, openai/protocol.py (020befb6)', date: '2026-11-20' };

/** The page's examples leave the model out, which is the server's then: it is said here, as we always say it. */
function json(body: { [key: string]: Json }): Ask {
  return {
    method: 'POST',
    path: '/videos',
    query: {},
    headers: { 'content-type': 'application/json' },
    body: jsonBody({ model: 'sglang', ...body }),
  };
}

const always = { seconds: 'always said', fps: 'always said' };

const asks: readonly AskGolden[] = [
  {
    name: 'text',
    source: page,
    ask: json({ prompt: 'A calico cat playing a piano on stage', size: '1280x720' }),
    reads: {
      'shots[0].prompt[0]': 'A calico cat playing a piano on stage',
      'shots[0].seconds': undefined,
      size: { width: 1280, height: 720 },
    },
    differs: always,
    differsWithEcho: always,
  },
  {
    name: 'all that Refreel says',
    source: protocol,
    ask: json({
      ...{ prompt: 'a cat', seconds: 5, size: '832x480', fps: 16, seed: 7, negative_prompt: 'fog' },
      reference_url: 'https://example.com/cat.png',
    }),
    reads: {
      ...{ 'shots[0].seconds': 5, size: { width: 832, height: 480 }, fps: 16, seed: 7, negativePrompt: 'fog' },
      startFrame: 'https://example.com/cat.png',
    },
  },
  {
    name: 'settings that only an engine has',
    source: protocol,
    ask: json({ prompt: 'a cat', seconds: 4, size: '832x480', fps: 24, num_inference_steps: 30, guidance_scale: 5 }),
    reads: { 'shots[0].seconds': 4 },
    notes: ['num_inference_steps', 'guidance_scale'],
    differs: { num_inference_steps: 'nothing here says it', guidance_scale: 'nothing here says it' },
    differsWithEcho: { num_inference_steps: 'nothing here says it', guidance_scale: 'nothing here says it' },
  },
  {
    name: 'a picture as a file',
    source: api,
    ask: {
      method: 'POST',
      path: '/videos',
      query: {},
      headers: {},
      body: {
        kind: 'form',
        parts: [
          { name: 'model', value: 'sglang' },
          { name: 'prompt', value: 'a cat' },
          { name: 'size', value: '832x480' },
          { name: 'fps', value: '16' },
          { name: 'seconds', value: '5' },
          { name: 'input_reference', fileName: 'cat.png', mediaType: 'image/png', bytes: 'asset:1' },
        ],
      },
    },
    reads: { startFrame: 'asset:1', 'shots[0].seconds': 5, fps: 16 },
    differs: { '': 'the name and type of a file are of whoever sends its bytes; the order is ours' },
    differsWithEcho: { '': 'the name and type of a file are of whoever sends its bytes; the order is ours' },
  },
];

const request = {
  model: 'sglang',
  references: [],
  shots: [{ prompt: ['a cat'], seconds: 5 }],
  size: { width: 832, height: 480 },
};
const created = 1_712_697_600_000;
const video = {
  id: '6f1c2b2e-7f0b-4e0e-9a55-3f3d9a3c1b7a',
  object: 'video',
  model: 'sglang',
  status: 'queued',
  progress: 0,
  created_at: 1_712_697_600,
  size: '832x480',
  seconds: '5',
  quality: 'standard',
  url: null,
  remixed_from_video_id: null,
  completed_at: null,
  expires_at: null,
  error: null,
  file_path: null,
  peak_memory_mb: null,
  inference_time_s: null,
};
const view = goldenView({ id: video.id, model: 'sglang', request, createdAt: created });
const learned = { ...nothingLearned, id: video.id, state: 'queued', model: 'sglang', createdAt: created, progress: 0 };
const look = { does: 'look', id: video.id } as const;
const requestId = 'r1';
const disk = { file_path: 'a path of its own disk is told to nobody' };

const accepted: AnswerGolden<'create'> = {
  name: 'accepted',
  source: protocol,
  answer: jsonAnswer({ ...video, file_path: 'outputs/6f1c2b2e.mp4' }),
  requestId,
  question: { does: 'create', request, echo: null, notes: [] },
  reply: view,
  learns: learned,
  differs: disk,
};

const completed: AnswerGolden<'look'> = {
  name: 'completed: the film is where its content is asked for',
  source: protocol,
  answer: jsonAnswer({
    ...video,
    status: 'completed',
    progress: 100,
    completed_at: 1_712_697_700,
    file_path: 'outputs/6f1c2b2e.mp4',
    peak_memory_mb: 30_720,
    inference_time_s: 31.5,
  }),
  requestId,
  question: look,
  reply: { ...view, state: 'done', finishedAt: 1_712_697_700_000 },
  learns: { ...learned, state: 'done', progress: 1, finishedAt: 1_712_697_700_000 },
  differs: { ...disk, peak_memory_mb: 'not kept', inference_time_s: 'not kept' },
};

const failed: AnswerGolden<'look'> = {
  name: 'failed: a sentence, and no code',
  source: api,
  answer: jsonAnswer({ ...video, status: 'failed', error: { message: 'CUDA out of memory' } }),
  requestId,
  question: look,
  reply: {
    ...view,
    state: 'failed',
    problem: { code: 'vendor_failed', path: '', values: { found: 'CUDA out of memory' } },
  },
  learns: { ...learned, state: 'failed', problem: { code: 'vendor_failed' } },
  differs: { 'error.message': 'what broke is nobody else’s business' },
};

const list: AnswerGolden<'list'> = {
  name: 'a list, which says nothing of more',
  source: protocol,
  answer: jsonAnswer({ data: [video], object: 'list' }),
  requestId,
  question: {
    does: 'list',
    page: { after: undefined, size: 100 },
    ...{ from: undefined, to: undefined, model: undefined, states: undefined, id: undefined, newestFirst: true },
  },
  reply: { generations: [view], total: 1, more: false },
  learns: { generations: [learned], total: 1, more: false },
  differs: { first_id: 'the shape of the original', last_id: 'the same', has_more: 'the same' },
};

const deleted: AnswerGolden<'delete'> = {
  name: 'deleted: the video itself',
  source: api,
  answer: jsonAnswer({ ...video, status: 'deleted' }),
  requestId,
  question: { does: 'delete', id: video.id },
  reply: 'deleted',
  learns: 'deleted',
  differs: Object.fromEntries(
    [...Object.keys(video), 'deleted'].filter((key) => key !== 'id').map((key) => [key, 'the shape of the original']),
  ),
};

const refusals: readonly RefusalGolden[] = [
  [400, { detail: 'input_reference file is required' }, 'vendor_refused'],
  [400, { detail: 'prompt is required' }, 'vendor_refused'],
  [404, { detail: 'Video not found' }, 'vendor_refused'],
  [422, { detail: [{ loc: ['query', 'limit'], msg: 'Input should be less than or equal to 100' }] }, 'vendor_refused'],
  [503, { detail: 'busy' }, 'vendor_unavailable'],
].map(([status, body, reads]) => ({
  name: `${status}: ${JSON.stringify(body)}`,
  source: api,
  answer: jsonAnswer(body as never, status as number),
  requestId,
  reads: reads as string,
}));

/** What its documents and its sources show. */
export const goldens: Goldens = {
  asks,
  answers: [accepted, completed, failed, list, deleted] as unknown as readonly AnswerGolden[],
  refusals,
};
