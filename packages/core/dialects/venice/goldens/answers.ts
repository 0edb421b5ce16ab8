import { cards } from '../../../catalog/index.ts';
import { problem, type Request } from '../../../model/index.ts';
import { type AnswerGolden, goldenView, jsonAnswer, nothingLearned } from '../../golden.ts';
import { errorsPage, guide, specification, videoGuide } from './sources.ts';

const id = '123e4567-e89b-12d3-a456-426614174000';
const model = 'kling-o3-pro-reference-to-video';
const request: Request = { model, references: [], shots: [{ prompt: ['p'] }] };
const view = goldenView({ id, model });
const base = { requestId: 'r' };

const accepted: AnswerGolden<'create'> = {
  ...base,
  name: 'accepted',
  source: videoGuide,
  answer: jsonAnswer({ model, queue_id: id }),
  question: { does: 'create', request, echo: null, notes: [] },
  reply: view,
  learns: { ...nothingLearned, id, model, state: 'queued' },
  differs: { id: 'the samples of the other guide read this name of it: both are answered' },
};

const acceptedAsGuided: AnswerGolden<'create'> = {
  ...accepted,
  name: 'accepted, as the samples read it',
  source: guide,
  answer: jsonAnswer({ id, model }),
  differs: { queue_id: 'the specification has this name of it: both are answered' },
};

const working: AnswerGolden<'look'> = {
  ...base,
  name: 'at work',
  source: videoGuide,
  answer: jsonAnswer({ status: 'PROCESSING', average_execution_time: 145_000, execution_duration: 53_200 }),
  now: 1_000_000 + 53_200,
  question: { does: 'look', id },
  reply: { ...view, state: 'running', createdAt: 1_000_000 },
  // Its progress is an estimate by these two numbers.
  learns: { id, state: 'running', films: [], problem: undefined },
  differs: { average_execution_time: 'the usual time of another model' },
};

const finished: AnswerGolden<'look'> = {
  ...base,
  name: 'the film',
  source: videoGuide,
  answer: {
    status: 200,
    headers: { 'content-type': 'video/mp4' },
    body: { kind: 'bytes', bytes: 'film:1', mediaType: 'video/mp4' },
  },
  question: { does: 'look', id },
  reply: {
    ...view,
    state: 'done',
    films: [
      { index: 0, url: 'https://example.com/f', seconds: 5, width: 1920, height: 1080, bytes: 1, handle: 'film:1' },
    ],
  },
  learns: { ...nothingLearned, id, state: 'done', films: [{ bytes: 'film:1', seconds: undefined }], progress: 1 },
};

const refusedFilm: AnswerGolden<'look'> = {
  ...base,
  name: 'a film that moderation refused, not charged',
  source: specification,
  answer: jsonAnswer(
    {
      error: {
        message:
          'The selected model provider rejected this request due to its content policies. Credits have been refunded. Try using wan-2-7-text-to-video instead.',
        type: 'provider_content_policy',
        recommended_model: 'wan-2-7-text-to-video',
        credits_refunded: true,
      },
    },
    422,
  ),
  question: { does: 'look', id },
  reply: { ...view, state: 'failed', problem: problem('moderation_blocked', '') },
  learns: {
    ...nothingLearned,
    id,
    state: 'failed',
    problem: { code: 'moderation_blocked', values: { refunded: true } },
  },
  differs: {
    'error.message': 'no other model is recommended',
    'error.recommended_model': 'no other model is recommended',
  },
};

const refusedAsListed: AnswerGolden<'look'> = {
  ...refusedFilm,
  name: 'a film that moderation refused, as the page of errors has it',
  source: errorsPage,
  answer: jsonAnswer(
    {
      error: "Your generation was blocked due to the model provider's content policies. Credits have been refunded.",
      credits_refunded: true,
    },
    422,
  ),
  differs: { error: 'the specification has an object', credits_refunded: 'it stands in that object' },
};

const gone: AnswerGolden<'look'> = {
  ...base,
  name: 'unknown, expired or deleted',
  source: errorsPage,
  answer: jsonAnswer({ error: 'Media could not be found. Request may be invalid, expired, or deleted.' }, 404),
  question: { does: 'look', id },
  reply: undefined,
  learns: undefined,
};

const completed: AnswerGolden<'delete'> = {
  ...base,
  name: 'given up',
  source: videoGuide,
  answer: jsonAnswer({ success: true }),
  question: { does: 'delete', id },
  reply: 'deleted',
  learns: 'deleted',
};

const price: AnswerGolden<'quote'> = {
  ...base,
  name: 'a price',
  source: videoGuide,
  answer: jsonAnswer({ quote: 0.085 }),
  question: { does: 'quote', request },
  reply: { micros: 85_000, currency: 'USD' },
  learns: { micros: 85_000, currency: 'USD' },
};

const grok = cards.find((card) => card.id === 'grok-imagine-reference-to-video')!;

const list: AnswerGolden<'models'> = {
  ...base,
  name: 'the models that make films',
  source: specification,
  answer: jsonAnswer({
    object: 'list',
    type: 'video',
    data: [
      {
        id: grok.id,
        object: 'model',
        owned_by: 'venice.ai',
        type: 'video',
        created: 0,
        model_spec: {
          name: 'Grok Imagine R2V',
          privacy: 'anonymized',
          traits: [],
          offline: false,
          constraints: {
            aspect_ratios: ['16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16'],
            resolutions: ['480p', '720p'],
            durations: ['5s', '8s', '10s'],
            model_type: 'image-to-video',
            audio: false,
            audio_configurable: false,
            prompt_character_limit: 2500,
          },
        },
      },
    ],
  }),
  question: { does: 'models', type: 'video' },
  reply: { cards: cards.filter(({ id: one }) => one === grok.id || one === 'sora-2') },
  learns: { cards: [grok] },
};

/** Every documented answer. */
export const answers: readonly AnswerGolden[] = [
  accepted,
  acceptedAsGuided,
  working,
  finished,
  refusedFilm,
  refusedAsListed,
  gone,
  completed,
  price,
  list,
] as unknown as readonly AnswerGolden[];
