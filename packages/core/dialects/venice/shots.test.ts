import { describe, expect, it } from 'vitest';
import { cardOf } from '../../catalog/check-samples.ts';
import type { Reference, Request, Shot } from '../../model/index.ts';
import { contextOf } from '../conformance.suite.ts';
import { diff } from '../diff.ts';
import type { Json } from '../message.ts';
import { venice } from './index.ts';
import { element, type Fields, grok, imagine, kling, noted, picture, pro, refusalOf, serve } from './serving.suite.ts';

const shotsOf = (fields: Fields) => serve(kling({ image_urls: [picture('park')], ...fields })).request?.shots;
const list = (fields: Fields) => refusalOf(serve(kling({ prompt: null, duration: null, ...fields })));

describe('shots in the words', () => {
  const three =
    'Shot 1 (5s): @Element1 stands at the edge of @Image1.\nShot 2 (5s): Close-up.\nShot 3 (5s): @Element1 walks away.';

  it('are told apart as the guide writes them', () => {
    const shots: Shot[] = [
      { prompt: [{ mention: 'r1' }, ' stands at the edge of ', { mention: 'r2' }, '.'], seconds: 5 },
      { prompt: ['Close-up.'], seconds: 5 },
      { prompt: [{ mention: 'r1' }, ' walks away.'], seconds: 5 },
    ];
    expect(shotsOf({ prompt: three, duration: '15' })).toEqual(shots);
    expect(shotsOf({ prompt: three, duration: null })).toEqual(shots);
  });

  it('last as long as the film, or are refused', () => {
    for (const duration of ['14', '10s', '5'])
      expect(refusalOf(serve(kling({ image_urls: [picture('park')], prompt: three, duration })))).toMatch(
        /^400 Invalid request parameters\nduration: .* last 15 s together/,
      );
  });

  it('are 3 to 15 s each and 15 s together', () => {
    const refusal = (prompt: string, duration: string | null = null) => refusalOf(serve(kling({ prompt, duration })));
    expect(refusal('Shot 1 (3s): rain\nShot 2 (12s): snow')).toBe('accepted');
    expect(refusal('Shot 1 (2s): rain\nShot 2 (5s): snow')).toMatch(/^400 .*\nduration: .*2 s; .*3 to 15 s/);
    expect(refusal('Shot 1 (3s): rain\nShot 2 (13s): snow', '16')).toMatch(/^400 .*\nduration: .*16/);
    expect(refusal('Shot 1 (3s): rain\nShot 2 (13s): snow')).toMatch(/^400 .*\nduration: .*16/);
  });

  it('stay one shot where telling them apart would lose something, and are held to the limits all the same', () => {
    const styled = 'Noir.\nShot 1 (5s): rain\nShot 2 (5s): snow';
    expect(shotsOf({ prompt: styled, duration: '10' })).toEqual([{ prompt: [styled], seconds: 10 }]);
    expect(refusalOf(serve(kling({ prompt: styled, duration: '8' })))).toMatch(/^400 .*\nduration: .*10 s together/);
    expect(shotsOf({ prompt: '镜头1（5秒）：雨\n镜头2（5秒）：雪', duration: '10' })).toHaveLength(1);
    expect(shotsOf({ prompt: 'Shot 1 (5s): rain', duration: '5' })).toHaveLength(1);
    expect(shotsOf({ prompt: 'Shot 1 (5s):rain\nShot 2 (5s): snow', duration: '10' })).toHaveLength(1);
  });

  it('without times share out the film', () => {
    expect(shotsOf({ prompt: 'Shot 1: rain\nShot 2: snow', duration: '6' })).toEqual([
      { prompt: ['rain'] },
      { prompt: ['snow'] },
    ]);
    // Nobody says that each of them is half of ten seconds.
    expect(shotsOf({ prompt: 'Shot 1: rain\nShot 2: snow', duration: '10' })).toHaveLength(1);
  });
});

describe('shots as a list of their own', () => {
  const two = [
    { prompt: '@Element1 runs', duration: '5' },
    { prompt: '下雨，@Image1', duration: '3s' },
  ];

  it('are read with their seconds', () => {
    const shots = [
      { prompt: [{ mention: 'r1' }, ' runs'], seconds: 5 },
      { prompt: ['下雨，', { mention: 'r2' }], seconds: 3 },
    ];
    for (const more of [{}, { duration: '8' }, { prompt: '' }])
      expect(shotsOf({ prompt: null, duration: null, multi_prompt: two, ...more })).toEqual(shots);
    expect(shotsOf({ prompt: null, duration: null, multi_prompt: [{ prompt: 'rain', duration: 4 }] })).toEqual([
      { prompt: ['rain'], seconds: 4 },
    ]);
  });

  it('a duration other than their sum is refused', () => {
    const scene = { image_urls: [picture('park')], multi_prompt: two };
    expect(list({ ...scene, duration: '8s' })).toBe('accepted');
    for (const duration of ['7', '9', '15'])
      expect(list({ ...scene, duration })).toMatch(/^400 Invalid request parameters\nduration: .*last 8 s together/);
  });

  it('are 3 to 15 s each and 15 s together', () => {
    const of = (...seconds: number[]) =>
      list({ multi_prompt: seconds.map((one) => ({ prompt: 'rain', duration: String(one) })) });
    expect(of(3, 12)).toBe('accepted');
    expect(of(5, 5, 5)).toBe('accepted');
    expect(of(2, 5)).toMatch(/^400 .*\nduration: .*2 s; .*3 to 15 s/);
    expect(of(5, 5, 6)).toMatch(/^400 .*\nduration: .*16/);
    expect(of(16)).toMatch(/^400 .*\nduration: /);
  });

  it('what the duration leaves is shared out over those without seconds', () => {
    const untimed: Json = [{ prompt: 'a', duration: '5' }, { prompt: 'b' }, { prompt: 'c' }];
    expect(shotsOf({ prompt: null, duration: '12', multi_prompt: untimed })?.map(({ seconds }) => seconds)).toEqual([
      5, 3.5, 3.5,
    ]);
    expect(shotsOf({ prompt: null, duration: null, multi_prompt: untimed })?.map(({ seconds }) => seconds)).toEqual([
      5,
      undefined,
      undefined,
    ]);
    expect(list({ multi_prompt: untimed, duration: '5' })).toMatch(/\nduration: /);
  });

  it('go before the prompt, which is told of; so is a key that is not known', () => {
    const served = serve(
      kling({
        prompt: 'all of it',
        duration: '8',
        multi_prompt: two.map((shot) => ({ ...shot, index: 1 })),
        image_urls: [picture('park')],
      }),
    );
    expect(noted(served).filter((note) => note.startsWith('setting_ignored'))).toEqual([
      'setting_ignored prompt',
      'setting_ignored multi_prompt[0].index',
      'setting_ignored multi_prompt[1].index',
    ]);
  });

  it('are refused where their tags or words are wrong, by their own place', () => {
    expect(list({ multi_prompt: [{ prompt: '@Element9', duration: '5' }] })).toMatch(
      /^400 Invalid request parameters\nmulti_prompt\.0\.prompt: .*@Element9/,
    );
    expect(list({ multi_prompt: [{ prompt: ' ', duration: '5' }] })).toMatch(/^400 .*\nprompt: .*empty/);
    expect(list({ multi_prompt: [{ duration: '5' }] })).toMatch(/\nmulti_prompt\.0\.prompt: /);
    expect(list({ multi_prompt: [{ prompt: 'a', duration: 0 }] })).toMatch(/\nmulti_prompt\.0\.duration: /);
    expect(list({ multi_prompt: [] })).toBe('400 Invalid request parameters\nprompt: Field is required');
  });
});

describe('shots there and back', () => {
  const references: Reference[] = [
    { kind: 'scene', id: 'p', name: 'park', image: picture('park') },
    { kind: 'subject', id: 'm', name: 'mei', image: picture('mei'), angles: [picture('side')] },
  ];
  const shots: Shot[] = [
    { prompt: [{ mention: 'm' }, '走进', { mention: 'p' }, '。'], seconds: 4 },
    { prompt: ['Close-up of ', { mention: 'm' }, '.'], seconds: 3 },
  ];
  const request: Request = { model: pro, references, shots };
  const context = contextOf(venice);
  const send = (one: Request) => venice.voyage.start(one, context);
  const bodyOf = (one: Request) => {
    const written = send(one);
    if (!written.ok || written.message.body.kind !== 'json') throw new Error('not written');
    return written.message.body.value as Fields;
  };

  it('become the list that the guide shows, scenes and elements in lists of their own', () => {
    expect(bodyOf(request)).toEqual({
      model: pro,
      prompt: 'Shot 1 (4s): @Element1走进@Image1。\nShot 2 (3s): Close-up of @Element1.',
      duration: '7s',
      aspect_ratio: '16:9',
      audio: false,
      elements: [element('mei', { reference_image_urls: [picture('side')] })],
      scene_image_urls: [picture('park')],
    });
    expect(send(request).ok && send(request)).toMatchObject({ notes: [] });
  });

  it('are read again as they were, although the references stand in another order', () => {
    const written = send(request);
    if (!written.ok) throw new Error('refused');
    const read = venice.exchanges.create![0]!.ask.decode(written.message, {}, context);
    if (!read.ok) throw new Error('refused');
    const card = cardOf(pro);
    expect(read.value.request.references.map(({ kind }) => kind)).toEqual(['subject', 'scene']);
    expect(diff(request, read.value.request, card, venice.places?.(references, card))).toEqual([]);
  });

  it('that came as a list go on as words', () => {
    const came = serve(
      kling({
        prompt: null,
        duration: null,
        multi_prompt: [
          { prompt: 'a', duration: '5' },
          { prompt: 'b', duration: '4' },
        ],
      }),
    );
    expect(bodyOf(came.request!).prompt).toBe('Shot 1 (5s): a\nShot 2 (4s): b');
    expect(bodyOf(came.request!).duration).toBe('9s');
  });

  it('of Grok become one prompt, which is less', () => {
    const flat: Request = {
      model: grok,
      references: references.slice(0, 1),
      shots: [{ prompt: ['a'] }, { prompt: ['b'] }],
    };
    const written = send(flat);
    expect(written.ok && written.notes.map(({ code }) => code)).toEqual(['kind_converted', 'shots_as_text']);
    expect(refusalOf(serve(imagine({ prompt: 'Shot 1: @Image1\nShot 2: b' })))).toBe('accepted');
  });

  it('of halves of a second cannot be said', () => {
    const halves = send({
      ...request,
      shots: [
        { prompt: ['a'], seconds: 3.5 },
        { prompt: ['b'], seconds: 3 },
      ],
    });
    expect(halves).toMatchObject({ ok: false, problems: [{ code: 'setting_not_offered', path: 'shots[0].seconds' }] });
    expect(
      send({
        ...request,
        shots: [
          { prompt: ['a'], seconds: 3.5 },
          { prompt: ['b'], seconds: 3.5 },
        ],
      }).ok,
    ).toBe(true);
  });
});
