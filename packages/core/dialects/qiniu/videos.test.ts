import { describe, expect, it } from 'vitest';
import { cardOf } from '../../catalog/check-samples.ts';
import { check, noFacts, problem, type State } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import type { GenerationView } from '../dialect.ts';
import { goldenView } from '../golden.ts';
import type { Answer, Json } from '../message.ts';
import { json, refusalOf } from '../openai/serving.suite.ts';
import { serveBy } from '../serving.suite.ts';
import { qiniu } from './index.ts';

const context = contextOf(qiniu);
const { look, create, remix } = qiniu.exchanges;
const bodyOf = ({ body }: Answer) => (body.kind === 'json' ? (body.value as { [key: string]: Json }) : {});
const created = context.now - 600_000;
const view = (model: string, more: Partial<GenerationView> = {}): GenerationView =>
  goldenView({
    id: 'qvideo-a-1',
    model,
    request: { model, references: [], shots: [{ prompt: ['p'] }] },
    createdAt: created,
    ...more,
  });
const tell = (given: GenerationView, now = context.now) =>
  bodyOf(look![0]!.answer.encode(given, { does: 'look', id: given.id }, { ...context, now }));
const accept = (given: GenerationView, now = created) => {
  const question = { does: 'create', request: given.request, echo: null, notes: [] } as const;
  return bodyOf(create![0]!.answer.encode(given, { ...question, notes: [] }, { ...context, now }));
};

describe('states', () => {
  it.each<[State, string]>([
    ['preparing', 'initializing'],
    ['queued', 'queued'],
    ['submitting', 'in_progress'],
    ['unconfirmed', 'in_progress'],
    ['running', 'in_progress'],
    ['fetching', 'downloading'],
    ['cancelling', 'in_progress'],
    ['done', 'completed'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
  ])('%s is %s', (state, status) => {
    expect(tell(view('sora-2', { state }), created + (state === 'preparing' ? 0 : 5000)).status).toBe(status);
    expect(qiniu.words[state]).toBe(status);
  });

  it('what takes long to prepare waits in line', () =>
    expect(tell(view('sora-2', { state: 'preparing' }), created + 5000).status).toBe('queued'));

  it('each is reached on the way of the clock, one after the other', () => {
    const way: [Partial<GenerationView>, number][] = [
      [{ state: 'preparing' }, 0],
      [{ state: 'queued', progress: 0 }, 2999],
      [{ state: 'queued', progress: 0 }, 3000],
      [{ state: 'running', progress: 0 }, 20_000],
      // Made already, and not shown yet: what is being stored must not be seen before its time.
      [{ state: 'fetching', progress: 0.3 }, 60_000],
      [{ state: 'running', progress: 0.89 }, 180_000],
      [{ state: 'running', progress: 0.9 }, 190_000],
      [{ state: 'running', progress: 0.94 }, 195_000],
      [{ state: 'running', progress: 0.95 }, 196_000],
      [{ state: 'fetching', progress: 0.99 }, 199_000],
      [{ state: 'done', progress: 1 }, 200_000],
    ];
    expect(way.map(([more, after]) => tell(view('sora-2', more), created + after).status)).toEqual([
      ...['initializing', 'initializing', 'queued', 'in_progress', 'in_progress', 'in_progress', 'downloading'],
      ...['downloading', 'uploading', 'uploading', 'completed'],
    ]);
  });

  it('what was just accepted waits in line, as every example shows', () => {
    for (const state of ['preparing', 'queued'] as const) {
      expect(accept(view('sora-2', { state })).status).toBe('queued');
      const question = { does: 'remix', id: 'x', prompt: 'p' } as const;
      expect(bodyOf(remix![0]!.answer.encode(view('sora-2', { state }), question, context)).status).toBe('queued');
    }
    expect(accept(view('sora-2', { state: 'failed' })).status).toBe('failed');
  });
});

describe('what is told when', () => {
  const keys = (told: object) => Object.keys(told).join(' ');
  const head = 'id object model status created_at updated_at';
  const headOfKling = 'id object model mode status created_at updated_at';
  const over = { finishedAt: created + 30_500, expiresAt: created + 30_500 + 604_800_000 };

  it('of Sora seconds and size once it is over, of Kling always', () => {
    expect(keys(accept(view('sora-2')))).toBe(head);
    expect(keys(tell(view('sora-2', { state: 'running' })))).toBe(head);
    expect(keys(accept(view('kling-v2-1')))).toBe(`${headOfKling} seconds size`);
    expect(keys(tell(view('sora-2', { state: 'done', ...over })))).toBe(
      `${head} completed_at expires_at seconds size task_result`,
    );
    expect(keys(tell(view('sora-2', { state: 'failed', ...over })))).toBe(`${head} completed_at error seconds size`);
    expect(keys(tell(view('sora-2', { state: 'cancelled', ...over })))).toBe(`${head} seconds size`);
  });

  it.each([
    ['sora-2', '4', undefined],
    ['kling-video-o1', '5', 'pro'],
    ['kling-v2-1', '5', 'std'],
    ['kling-v2-5-turbo', '5', 'std'],
  ])('of %s, where nothing was said: %s s, 720x1280, mode %s', (model, seconds, mode) => {
    const told = tell(view(model, { state: 'failed', ...over }));
    expect({ seconds: told.seconds, size: told.size, mode: told.mode }).toEqual({ seconds, size: '720x1280', mode });
  });

  it('a size that was asked comes back, whatever the film has', () => {
    const film = { width: 1920, height: 1080, seconds: 10, mode: 'pro' } as GenerationView['film'];
    const request = { ...view('kling-v2-1').request, size: { width: 720, height: 720 } };
    expect(tell(view('kling-v2-1', { film, request }))).toMatchObject({ size: '720x720', seconds: '10', mode: 'pro' });
    const byRatio = { ...view('kling-v2-1').request, ratio: '16:9' };
    expect(tell(view('kling-v2-1', { film, request: byRatio })).size).toBe('1920x1080');
  });

  it.each(['kling-video-o1', 'kling-v2-1', 'kling-v2-5-turbo'])(
    'of %s each of the six sizes comes back, and the film has its ratio in the pixels of the mode',
    (model) => {
      for (const size of ['1920x1080', '1080x1920', '1280x720', '720x1280', '1080x1080', '720x720'])
        for (const mode of [null, 'std', 'pro']) {
          const frame = model === 'kling-video-o1' ? {} : { input_reference: 'https://media.example/a.jpg' };
          const { request } = serveBy(qiniu, json({ model, prompt: 'p', size, mode, ...frame }));
          const { film } = check(request!, cardOf(model), noFacts);
          const told = tell(view(model, { request: request!, film }));
          const usual = model === 'kling-video-o1' ? 'pro' : 'std';
          expect(told, `${size} ${mode}`).toMatchObject({ size, mode: mode ?? usual });
          // "All films of O1 are 1080P", whatever the mode.
          const side = model === 'kling-video-o1' || mode === 'pro' ? 1080 : 720;
          const [width = 0, height = 0] = size.split('x').map(Number);
          expect(Math.min(film!.width, film!.height), `${size} ${mode}`).toBe(side);
          expect(film!.width * height).toBe(film!.height * width);
        }
    },
  );

  it('films for seven days', () => {
    expect(cardOf('sora-2').expiry.seconds).toBe(604_800);
    const films = [0, 1].map((index) => ({
      index,
      url: `https://films.example/${index}.mp4`,
      seconds: 4.04,
      width: 720,
      height: 1280,
      bytes: 1,
    }));
    const told = tell(view('sora-2', { state: 'done', ...over, films }));
    expect(told.expires_at).toBe(Math.floor(over.expiresAt / 1000));
    expect(told.task_result).toEqual({
      videos: [
        { id: 'qvideo-a-1-1', url: 'https://films.example/0.mp4', duration: '4' },
        { id: 'qvideo-a-1-2', url: 'https://films.example/1.mp4', duration: '4' },
      ],
    });
  });

  it('failures by the code and the sentence of the page', () => {
    const failed = tell(view('sora-2', { state: 'failed', problem: problem('moderation_blocked', '') }));
    expect(failed.error).toEqual({
      code: 'moderation_blocked',
      message: 'Your request was blocked by our moderation system.',
    });
    const lost = problem('media_unreachable', 'references[0].video', { found: 'https://media.example/a.mp4' });
    expect(tell(view('kling-video-o1', { state: 'failed', problem: lost })).error).toMatchObject({
      code: 'invalid_value',
      message: expect.stringMatching(/^video_list\[0\]: /),
    });
  });
});

it('an id looks like one of the vendor, and nobody can guess it', () => {
  const id = qiniu.publicId('0123456789ABCDEF0123456789abcdef', 1_764_904_843_275);
  expect(id).toMatch(/^qvideo-0123456789abcdef0123456789abcdef-1764904843275\d{6}$/);
});

it('one that is unknown is not found, in the shape of the original', () => {
  const answer = look![0]!.answer.encode(undefined, { does: 'look', id: 'qvideo-x' }, context);
  expect(refusalOf({ refusal: answer })).toMatch(/^404 not_found: /);
});

it('a remix inherits what its source had: more is taken, does nothing, and is told of', () => {
  const read = decodeAsk(qiniu, json({ prompt: 'night', seconds: '8' }, '/videos/qvideo-a-1/remix'));
  expect(read).toMatchObject({ ok: true, notes: [{ code: 'setting_ignored', path: 'seconds' }] });
});

describe('as a client', () => {
  const { voyage } = qiniu;
  const handle = { videoId: 'qvideo-a-1' };

  it('films are where the answer says, each with its length', () => {
    const body = tell(
      view('kling-v2-1', {
        state: 'done',
        films: [{ index: 0, url: 'https://films.example/a.mp4', seconds: 5, width: 1, height: 1, bytes: 1 }],
      }),
    );
    const answer = { status: 200, headers: {}, body: { kind: 'json', value: body } } as const;
    expect(voyage.seen(answer, handle, context)).toEqual({
      is: 'films',
      films: [{ url: 'https://films.example/a.mp4', seconds: 5 }],
      billedSeconds: undefined,
    });
  });

  it.each<[State, object]>([
    ['preparing', { is: 'working', state: 'queued' }],
    ['queued', { is: 'working', state: 'queued' }],
    ['running', { is: 'working', state: 'running' }],
    ['fetching', { is: 'working', state: 'running' }],
    ['failed', { is: 'failed', billed: 'no' }],
    ['cancelled', { is: 'failed', billed: 'unknown' }],
  ])('what this same dialect says of %s is understood', (state, expected) => {
    const body = tell(view('sora-2', { state }));
    const answer = { status: 200, headers: {}, body: { kind: 'json', value: body } } as const;
    expect(voyage.seen(answer, handle, context)).toMatchObject(expected);
  });

  it('nothing can be taken back there; a remix is its own', () => {
    expect(voyage.cancel).toBeUndefined();
    const request = { model: 'kling-v2-1', references: [], shots: [{ prompt: ['night'] }], from: 'qvideo-a-1' };
    expect(voyage.start({ ...request, startFrame: 'https://media.example/a.png' }, context)).toMatchObject({
      ok: true,
      message: { path: '/videos/qvideo-a-1/remix', body: { value: { prompt: 'night' } } },
    });
  });
});
