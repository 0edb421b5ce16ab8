import { describe, expect, it } from 'vitest';
import { findCard, quote as price } from '../../catalog/index.ts';
import { check, noFacts, problem, type State, states } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import type { GenerationView, Question } from '../dialect.ts';
import { goldenView } from '../golden.ts';
import { type Answer, type Ask, type Json, noBody } from '../message.ts';
import { venice } from './index.ts';
import { type Fields, grok, kling, post, pro, serve, standard, told } from './serving.suite.ts';

const context = contextOf(venice);
const retrieve = venice.exchanges.look![0]!;
const complete = venice.exchanges.delete![0]!;
const quote = venice.exchanges.quote![0]!;
const models = venice.exchanges.models![0]!;
const jsonOf = ({ body }: Answer): Fields => (body.kind === 'json' ? (body.value as Fields) : {});

const id = '123e4567-e89b-12d3-a456-426614174000';
const film = { index: 0, url: 'https://e/f', seconds: 5, width: 1920, height: 1080, bytes: 9, handle: 'film:9' };
const checked = check(serve(kling()).request!, findCard(pro)!, noFacts);
const view = (state: State, more: Partial<GenerationView> = {}): GenerationView => ({
  ...goldenView({ id, model: pro, state, request: serve(kling()).request! }),
  film: checked.film,
  createdAt: 1_000_000,
  films: state === 'done' ? [film] : [],
  ...more,
});
const tell = (of: GenerationView | undefined, now = 1_053_200, model = pro) =>
  retrieve.answer.encode(of, { does: 'look', id, model }, { ...context, now });

describe('how a film stands', () => {
  it.each(states.filter((state) => !['done', 'failed', 'cancelled'].includes(state)))('%s: at work', (state) => {
    expect(jsonOf(tell(view(state)))).toEqual({
      status: 'PROCESSING',
      average_execution_time: 360_000,
      execution_duration: 53_200,
    });
  });

  it("says the model's usual time, three minutes where nobody does, and never less than nothing", () => {
    const other = (model: string) => ({ ...view('running'), model });
    expect(jsonOf(tell(other(standard), 1_000_000, standard)).average_execution_time).toBe(360_000);
    expect(jsonOf(tell(other(grok), 1_000_000, grok)).average_execution_time).toBe(180_000);
    expect(jsonOf(tell(view('running'), 900_000)).execution_duration).toBe(0);
  });

  it('done: the answer is the film', () => {
    expect(tell(view('done'))).toEqual({
      status: 200,
      headers: { 'content-type': 'video/mp4' },
      body: { kind: 'bytes', bytes: 'film:9', mediaType: 'video/mp4' },
    });
    const { handle: _, ...without } = film;
    expect(() => tell(view('done', { films: [without] }))).toThrow(/handle/);
  });

  const gone = '404 Media could not be found. Request may be invalid, expired, or deleted.';

  it('unknown, expired, deleted, taken back, or of another model: nobody learns which', () => {
    expect(told(tell(undefined))).toBe(gone);
    expect(told(tell(view('cancelled')))).toBe(gone);
    expect(told(tell(view('done', { films: [] })))).toBe(gone);
    const dying = view('done', { expiresAt: 2_000_000 });
    expect(tell(dying, 1_999_999).status).toBe(200);
    expect(told(tell(dying, 2_000_000))).toBe(gone);
    expect(told(tell(view('done'), 0, standard))).toBe(gone);
    expect(told(tell(view('running'), 0, 'sora-2'))).toBe(gone);
  });

  it('a film that moderation refused says whether it was charged', () => {
    const refused = (model: string) =>
      tell({ ...view('failed', { problem: problem('moderation_blocked', '') }), model }, 0, model);
    for (const [model, refunded] of [
      [pro, true],
      [standard, true],
      [grok, false],
    ] as const) {
      const answer = refused(model);
      expect(answer.status).toBe(422);
      const { message, ...error } = jsonOf(answer).error as Fields;
      expect(error).toEqual({ type: 'provider_content_policy', credits_refunded: refunded });
      expect(String(message).includes('Credits have been refunded.')).toBe(refunded);
    }
  });

  it.each<[string, Parameters<typeof problem>, string]>([
    ['a fault of the making', ['render_failed', '', { found: '/srv/films/a.mp4' }], '500 Inference processing failed'],
    ['time that ran out', ['render_timeout', '', { limit: 60 }], '500 Inference processing failed'],
    ['a full disk', ['disk_full', '', { found: '/srv/films/a.mp4' }], '500 An unknown error occurred'],
    [
      'a model that is busy',
      ['vendor_unavailable', '', { found: 'x' }],
      '503 The model is at capacity. Please try again later.',
    ],
    [
      'a picture that is none',
      ['media_corrupt', 'references[0].image'],
      '400 The image file is corrupted or unreadable\nelements.0.frontal_image_url: elements[0].frontal_image_url cannot be decoded. Open it in an editor and save it again.',
    ],
    [
      'a picture that cannot be had',
      ['media_unreachable', 'references[0].image', { found: 'https://media.example/a.png' }],
      '400 Invalid request parameters\nelements.0.frontal_image_url: elements[0].frontal_image_url: "https://media.example/a.png" cannot be reached. Open it in a browser; try again later, or upload the file.',
    ],
  ])('%s is an HTTP error', (_, [code, path, values], expected) => {
    expect(told(tell(view('failed', { problem: problem(code, path, values) })))).toBe(expected);
  });

  it('a failure without a reason is one of the making', () => {
    expect(told(tell(view('failed')))).toBe('500 Inference processing failed');
  });
});

describe('errors', () => {
  it("have the vendor's own sentence where any fault has one, and speak of all", () => {
    const found = [
      problem('setting_not_offered', 'audio', { model: grok, found: true, limit: 'false', condition: '' }),
    ];
    const both = [
      ...found,
      problem('too_few', 'references', { model: grok, found: 0, limit: 1, what: '', condition: '' }),
    ];
    expect(told(venice.refusal.encode(found, context))).toMatch(/^400 Invalid request parameters\naudio: /);
    expect(told(venice.refusal.encode(both, context))).toMatch(
      /^400 At least one reference image is required\naudio: .*\nreferenceImageUrls: /s,
    );
  });

  it('of the vendor, of a request that was passed on, go on as they were', () => {
    for (const [status, error] of [
      [403, 'Unauthorized access'],
      [404, 'Specified model not found'],
      [400, 'Number of images exceeds the limit'],
    ] as const) {
      const given: Answer = { status, headers: {}, body: { kind: 'json', value: { error } } };
      expect(told(venice.refusal.encode([venice.refusal.decode(given)!], context))).toBe(`${status} ${error}`);
    }
  });
});

describe('asking how it stands, and giving it up', () => {
  it.each(['/video/retrieve', '/video/complete'])(
    '%s wants model and id, and nothing that it does not know',
    (path) => {
      const refusal = (body: Json) => {
        const read = decodeAsk(venice, post(path, body));
        return read.ok ? 'accepted' : told(venice.refusal.encode(read.problems, context));
      };
      expect(refusal({ model: pro, queue_id: id })).toBe('accepted');
      expect(refusal({ queue_id: id })).toBe('400 Invalid request parameters\nmodel: Field is required');
      expect(refusal({ model: pro, queue_id: '' })).toBe('400 Invalid request parameters\nqueue_id: Field is required');
      expect(refusal({})).toBe('400 Invalid request parameters\nmodel: Field is required\nqueue_id: Field is required');
      expect(refusal({ model: pro, queue_id: 7 })).toMatch(/^400 .*\nqueue_id: /);
      expect(refusal({ model: pro, queue_id: id, other: 1 })).toMatch(/^400 .*\n: .*other/);
      expect(refusal({ model: pro, id })).toMatch(/^400 /);
      expect(refusal([])).toMatch(/^400 /);
    },
  );

  it('a film may be given up with the look that fetches it', () => {
    const read = (more: Fields) => decodeAsk(venice, post('/video/retrieve', { model: pro, queue_id: id, ...more }));
    expect(read({ delete_media_on_completion: true })).toMatchObject({ ok: true, value: { thenDelete: true } });
    for (const more of [{}, { delete_media_on_completion: false }, { delete_media_on_completion: null }])
      expect(read(more)).toEqual({ ok: true, value: { does: 'look', id, model: pro }, notes: [] });
  });

  it('what is given up is gone; an id that is not known is refused', () => {
    const question = { does: 'delete', id, model: pro } as const;
    expect(jsonOf(complete.answer.encode('deleted', question, context))).toEqual({ success: true });
    const unknown = complete.answer.encode(undefined, question, context);
    expect(told(unknown)).toBe('400 Request ID is invalid.');
    expect(complete.answer.decode(unknown, question, context).ok).toBe(false);
  });
});

describe('what it costs', () => {
  const read = (body: Json) => decodeAsk(venice, post('/video/quote', body)) as ReturnType<typeof quote.ask.decode>;
  const refusal = (body: Json) => {
    const found = read(body);
    return found.ok ? 'accepted' : told(venice.refusal.encode(found.problems, context));
  };
  /** As a server answers it. */
  const cost = (body: Fields): Json | undefined => {
    const found = read(body);
    if (!found.ok) throw new Error(JSON.stringify(found.problems));
    const { request } = found.value;
    const card = findCard(request.model)!;
    const total = price(request, card, check(request, card, noFacts).film!, noFacts).total;
    return jsonOf(quote.answer.encode(total ?? undefined, found.value, context)).quote;
  };

  it('is what the guides say: with sound unless it is turned off', () => {
    expect(cost({ model: pro, duration: '10' })).toBe(1.4);
    expect(cost({ model: pro, duration: '10s', audio: true })).toBe(1.4);
    expect(cost({ model: standard, duration: '10s', audio: false })).toBe(1.12);
    expect(cost({ model: grok, duration: '8' })).toBe(0.504);
    expect(cost({ model: grok, duration: '10s', resolution: '720p' })).toBe(0.88);
    expect(cost({ model: grok })).toBe(0.504);
  });

  it('is refused for what the model does not make', () => {
    expect(refusal({ duration: '5s' })).toBe('400 Invalid request parameters\nmodel: Field is required');
    expect(refusal({ model: 'wan-2.5-preview-text-to-video', duration: '10s', resolution: '1080p' })).toMatch(
      /^400 Invalid model specified/,
    );
    expect(refusal({ model: pro, duration: '16s' })).toMatch(/^400 .*\nduration: /);
    expect(refusal({ model: pro, duration: '5s', aspect_ratio: '4:3' })).toMatch(/^400 .*\naspect_ratio: /);
    expect(refusal({ model: grok, duration: '8s', audio: true })).toMatch(/^400 .*\naudio: /);
    expect(refusal({ model: pro, duration: '5s', reference_video_total_duration: 3 })).toBe('accepted');
  });

  it('a price that is not known, or not in dollars, is not 0', () => {
    const question: Extract<Question, { does: 'quote' }> = { does: 'quote', request: serve(kling()).request! };
    for (const reply of [undefined, { micros: 5, currency: 'CNY' }]) {
      const answer = quote.answer.encode(reply, question, context);
      expect(answer.status).toBe(400);
      expect(quote.answer.decode(answer, question, context).ok).toBe(false);
    }
  });

  it('is asked for with every default said', () => {
    const request = { ...serve(kling()).request!, audio: false };
    const written = quote.ask.encode({ does: 'quote', request }, context);
    expect(written).toMatchObject({
      message: { body: { value: { model: pro, duration: '5s', aspect_ratio: '16:9', audio: false } } },
    });
  });
});

describe('the models', () => {
  const get = (query: Record<string, string>): Ask => ({
    method: 'GET',
    path: '/models',
    query,
    headers: {},
    body: noBody,
  });
  const cards = [pro, standard, grok, 'sora-2', 'wan2.7-r2v'].map((one) => findCard(one)!);
  const list = (query: Record<string, string>) => {
    const read = decodeAsk(venice, get(query));
    if (!read.ok || read.value.does !== 'models') throw new Error('refused');
    return jsonOf(models.answer.encode({ cards }, read.value, context));
  };
  const ids = (query: Record<string, string>) => (list(query).data as readonly Fields[]).map((one) => one.id);

  it("are this vendor's, those that make films", () => {
    expect(ids({ type: 'video' })).toEqual([pro, standard, grok]);
    expect(ids({ type: 'all' })).toEqual([pro, standard, grok]);
    expect(ids({})).toEqual([pro, standard, grok]);
    expect(ids({ type: 'text' })).toEqual([]);
    expect(list({ type: 'text' })).toMatchObject({ object: 'list', type: 'text' });
    const unknown = decodeAsk(venice, get({ type: 'films' }));
    expect(!unknown.ok && told(venice.refusal.encode(unknown.problems, context))).toMatch(/^400 .*\ntype: /);
  });

  it('say what they take', () => {
    const [first] = list({ type: 'video' }).data as readonly Fields[];
    expect(first).toEqual({
      id: pro,
      object: 'model',
      owned_by: 'venice.ai',
      type: 'video',
      created: 1_773_014_400,
      model_spec: {
        name: 'Kling O3 Pro R2V',
        privacy: 'anonymized',
        traits: [],
        offline: false,
        constraints: {
          aspect_ratios: ['16:9', '9:16', '1:1'],
          resolutions: ['1080p'],
          durations: ['3s', '4s', '5s', '6s', '7s', '8s', '9s', '10s', '11s', '12s', '13s', '14s', '15s'],
          model_type: 'image-to-video',
          audio: true,
          audio_configurable: true,
          prompt_character_limit: 2500,
        },
      },
    });
  });
});
