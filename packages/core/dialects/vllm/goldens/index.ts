import type { AnswerGolden, AskGolden, GoldenSource, Goldens, RefusalGolden } from '../../golden.ts';
import { goldenView, jsonAnswer, nothingLearned } from '../../golden.ts';
import type { Ask, FormPart } from '../../message.ts';

const page: GoldenSource = { title: 'vLLM-Omni, docs/serving/videos_api.md (0131cb55)', date: '2026-11-20' };
const protocol: GoldenSource = { title: 'vLLM-Omni, protocol/videos.py (48e60262)', date: '2026-11-20' };

/** The page's examples leave the model out, which is the server's then: it is said here, as we always say it. */
function form(...parts: readonly (FormPart | readonly [string, string])[]): Ask {
  const named = parts.map((part) => ('length' in part ? { name: part[0], value: part[1] } : part) as FormPart);
  return {
    method: 'POST',
    path: '/videos',
    query: {},
    headers: {},
    body: { kind: 'form', parts: [{ name: 'model', value: 'vllm' }, ...named] },
  };
}

const wide = [
  ['width', '1280'],
  ['height', '720'],
  ['num_frames', '80'],
  ['fps', '16'],
] as const;
const settings = { 'shots[0].seconds': 5, size: { width: 1280, height: 720 }, fps: 16 };
const said = { '': 'sides and frames are said as size and seconds; sound is always said' };

const asks: readonly AskGolden[] = [
  {
    name: 'text',
    source: page,
    ask: form(['prompt', 'A cinematic tracking shot of a mountain lake at sunrise'], ...wide, [
      'num_inference_steps',
      '40',
    ]),
    reads: { ...settings, 'shots[0].prompt[0]': 'A cinematic tracking shot of a mountain lake at sunrise' },
    notes: ['num_inference_steps'],
    differs: said,
    differsWithEcho: said,
  },
  {
    name: 'a picture',
    source: page,
    ask: form(
      ['prompt', 'animate this image with subtle camera movement'],
      { name: 'input_reference', fileName: 'input.png', mediaType: 'image/png', bytes: 'asset:1' },
      ...wide,
    ),
    reads: { ...settings, startFrame: 'asset:1', 'references.length': 0 },
    differs: said,
    differsWithEcho: said,
  },
  {
    name: 'a film, as a file',
    source: page,
    ask: form(
      ['prompt', 'continue this motion with consistent subjects and lighting'],
      { name: 'input_reference', fileName: 'input.mp4', mediaType: 'video/mp4', bytes: 'asset:2' },
      ...wide,
    ),
    reads: { ...settings, 'references[0].kind': 'video', 'references[0].video': 'asset:2', startFrame: undefined },
    differs: said,
    differsWithEcho: said,
  },
  {
    name: 'a film, by its address',
    source: page,
    ask: form(
      ['prompt', 'continue this motion with consistent subjects and lighting'],
      ['video_reference', '{"video_url":"https://example.com/input.mp4"}'],
      ...wide,
    ),
    reads: { ...settings, 'references[0].video': 'https://example.com/input.mp4', 'references[0].use': 'feature' },
    differs: said,
    differsWithEcho: said,
  },
  {
    // No example of the page has all of them; the fields are those of its table.
    name: 'as Refreel writes it',
    source: page,
    ask: form(
      ['prompt', 'A person walks'],
      ['seconds', '5'],
      ['size', '832x480'],
      ['fps', '24'],
      ['seed', '7'],
      ['negative_prompt', 'fog'],
      ['generate_sound', 'true'],
      ['image_reference', '{"image_url":"https://example.com/face.png"}'],
    ),
    reads: {
      ...{ 'shots[0].seconds': 5, size: { width: 832, height: 480 }, fps: 24, seed: 7, negativePrompt: 'fog' },
      ...{ audio: true, startFrame: 'https://example.com/face.png' },
    },
  },
];

const prompt = 'A person walks';
const request = {
  model: 'vllm',
  references: [],
  shots: [{ prompt: [prompt], seconds: 5 }],
  size: { width: 832, height: 480 },
};
const created = 1_701_234_567_000;
const video = {
  model: 'vllm',
  prompt,
  id: 'video_gen_0123456789abcdef0123456789abcdef',
  object: 'video',
  status: 'queued',
  size: '832x480',
  progress: 0,
  seconds: '5',
  quality: 'default',
  completed_at: null,
  created_at: 1_701_234_567,
  remixed_from_video_id: null,
  error: null,
  media_type: 'video/mp4',
  expires_at: null,
  file_name: null,
  inference_time_s: null,
  stage_durations: {},
  peak_memory_mb: 0,
};
const view = goldenView({ id: video.id, model: 'vllm', request, createdAt: created });
const learned = {
  ...nothingLearned,
  id: video.id,
  state: 'queued',
  model: 'vllm',
  prompt,
  createdAt: created,
  progress: 0,
};
const look = { does: 'look', id: video.id } as const;
const requestId = 'r1';

const accepted: AnswerGolden<'create'> = {
  name: 'accepted',
  source: protocol,
  answer: jsonAnswer(video),
  requestId,
  question: { does: 'create', request, echo: null, notes: [] },
  reply: view,
  learns: learned,
};

const completed: AnswerGolden<'look'> = {
  name: 'completed',
  source: protocol,
  answer: jsonAnswer({
    ...video,
    status: 'completed',
    progress: 100,
    completed_at: 1_701_234_600,
    file_name: `${video.id}.mp4`,
    inference_time_s: 31.5,
    stage_durations: { denoise: 28.1 },
    peak_memory_mb: 40_960.5,
  }),
  requestId,
  question: look,
  reply: { ...view, state: 'done', finishedAt: 1_701_234_600_000 },
  learns: { ...learned, state: 'done', progress: 1, finishedAt: 1_701_234_600_000 },
  differs: { inference_time_s: 'not kept', stage_durations: 'not kept', peak_memory_mb: 'not kept' },
};

const failed: AnswerGolden<'look'> = {
  name: 'failed: its code is a status',
  source: protocol,
  answer: jsonAnswer({
    ...video,
    status: 'failed',
    completed_at: 1_701_234_600,
    error: { code: 500, message: 'CUDA out of memory' },
  }),
  requestId,
  question: look,
  reply: {
    ...view,
    state: 'failed',
    finishedAt: 1_701_234_600_000,
    problem: { code: 'vendor_failed', path: '', values: { found: 'CUDA out of memory' } },
  },
  learns: {
    ...learned,
    state: 'failed',
    finishedAt: 1_701_234_600_000,
    problem: { code: 'vendor_failed' },
  },
  differs: { 'error.code': 'a word here', 'error.message': 'what broke is nobody else’s business' },
};

const list: AnswerGolden<'list'> = {
  name: 'a list',
  source: protocol,
  answer: jsonAnswer({ first_id: video.id, last_id: video.id, has_more: false, data: [video], object: 'list' }),
  requestId,
  question: {
    does: 'list',
    page: { after: undefined, size: 100 },
    ...{ from: undefined, to: undefined, model: undefined, states: undefined, id: undefined, newestFirst: true },
  },
  reply: { generations: [view], total: 1, more: false },
  learns: { generations: [learned], total: 1, more: false },
};

const deleted: AnswerGolden<'delete'> = {
  name: 'deleted',
  source: protocol,
  answer: jsonAnswer({ id: video.id, deleted: true, object: 'video.deleted' }),
  requestId,
  question: { does: 'delete', id: video.id },
  reply: 'deleted',
  learns: 'deleted',
};

const refusals: readonly RefusalGolden[] = [
  [400, { detail: "Model mismatch: request specifies 'a' but server is running 'b'." }, 'vendor_refused'],
  [422, { detail: [{ loc: ['body', 'seconds'], msg: 'String should match pattern' }] }, 'vendor_refused'],
  [503, { detail: 'Video generation handler not initialized.' }, 'vendor_unavailable'],
  [401, { error: 'Unauthorized' }, 'key_invalid'],
].map(([status, body, reads]) => ({
  name: `${status}: ${JSON.stringify(body)}`,
  source: protocol,
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
