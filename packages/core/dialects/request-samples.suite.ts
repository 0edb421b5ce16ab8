import fc from 'fast-check';
import { type Card, type Prompt, type Reference, type Request, type Shot, tidyPrompt } from '../model/index.ts';

// Words that look like tags, lists and amounts of some vendor, or become such beside a tag.
const words = [
  ...['walks', '走', ' ', '\n', '。', '，', ': ', '1', '2. ', '10', '0', '@', '𠮷', '\u2060', 's', '-'],
  ...[
    '图',
    '图1',
    '图片2',
    '视频1',
    '视频5秒',
    '参考图片',
    '参考视频',
    'Image 1',
    'Video 2',
    'character1',
    'Character3',
  ],
  ...[
    '@Element1',
    '@Image2',
    '@mei',
    'Shot 1 (2s): ',
    'Shot 2: ',
    '分镜脚本: 1. ',
    ' 2. ',
    '（3秒）',
    '镜头1：',
    '"hi"',
  ],
];

const names = ['mei', '图1', 'Image1', 'character2', '美美', 'dog-2', 'x_9', 'さくら'];

/** Where the media of these requests are. */
const host = 'https://media.example';

/**
 * Requests for a model, of everything that a request can say: what the model takes and much that it does not. `store` begins the
 * addresses of the vendor's own store, where it has one that is named otherwise than the web.
 */
export function requestsFor(card: Card, store = host): fc.Arbitrary<Request> {
  const model = card.id;
  return references(card, store).chain((known) =>
    fc
      .record(
        {
          shots: shots(known),
          startFrame: fc.constant('https://media.example/first.png'),
          endFrame: fc.constant('https://media.example/last.png'),
          negativePrompt: fc.constantFrom('', ' ', 'fog', '雾'.repeat(600)),
          shape: shapes(card),
          mode: fc.constantFrom('std', 'pro'),
          fps: fc.constantFrom(24, 30),
          audio: fc.boolean(),
          watermark: fc.boolean(),
          expand: fc.boolean(),
          seed: fc.integer({ min: 0, max: 2_147_483_647 }),
          count: fc.integer({ min: 1, max: 3 }),
          strict: fc.boolean(),
          draftMark: fc.boolean(),
          from: fc.constant('g1'),
        },
        { requiredKeys: ['shots'] },
      )
      .map(({ shape, ...said }): Request => {
        const frames = { startFrame: card.inputs.startFrame, endFrame: card.inputs.endFrame };
        const request: Request = { model, references: known, ...said, ...shape };
        for (const frame of ['startFrame', 'endFrame'] as const) if (!frames[frame]) delete request[frame];
        return request;
      }),
  );
}

function references(card: Card, store: string): fc.Arbitrary<Reference[]> {
  const picture = fc.constantFrom(`${host}/a.png`, `${store}/b.jpg`);
  const film = fc.constantFrom(`${host}/a.mp4`, `${store}/b.mov`);
  const sound = fc.constantFrom(`${host}/v.mp3`, `${store}/v.wav`);
  const kinds: fc.Arbitrary<object>[] = [];
  const { subject, scene, image, video } = card.inputs;
  const angles = fc.array(picture, { maxLength: 2 });
  if (subject !== null)
    kinds.push(
      fc.record(
        { kind: fc.constant('subject'), image: picture, angles, clip: film, voice: sound },
        { requiredKeys: ['kind', 'image'] },
      ),
    );
  // Where a picture is needed, whatever has none is refused; that would leave little to look at.
  if (subject !== null && subject.clip === true && subject.image !== 'required')
    kinds.push(
      fc.record({ kind: fc.constant('subject'), clip: film, voice: sound }, { requiredKeys: ['kind', 'clip'] }),
    );
  if (scene !== null)
    kinds.push(fc.record({ kind: fc.constant('scene'), image: picture, angles }, { requiredKeys: ['kind', 'image'] }));
  if (image !== null) kinds.push(fc.record({ kind: fc.constant('image'), image: picture }));
  if (video !== null)
    kinds.push(
      fc.record(
        {
          kind: fc.constant('video'),
          video: film,
          use: fc.constantFrom(...(video.uses ?? (['subject'] as const))),
          keepSound: fc.boolean(),
          voice: sound,
        },
        { requiredKeys: ['kind', 'video', 'use'] },
      ),
    );
  // A model may take words and frames only.
  if (kinds.length === 0) return fc.constant([]);
  return fc
    .array(fc.oneof(...kinds), { minLength: 1, maxLength: 5 })
    .chain((list) =>
      fc
        .shuffledSubarray(names, { minLength: list.length, maxLength: list.length })
        .map((called) => list.map((one, index) => ({ ...one, id: `id${index}`, name: called[index] }) as Reference)),
    );
}

function shots(known: readonly Reference[]): fc.Arbitrary<Shot[]> {
  const ids = known.map(({ id }) => id);
  const mention = fc.record(
    {
      mention: fc.constantFrom(...ids, ...(ids.length === 0 ? ['nobody'] : [])),
      media: fc.constantFrom('image' as const, 'clip' as const, 'voice' as const, { angle: 0 }),
    },
    { requiredKeys: ['mention'] },
  );
  const mentions = { weight: ids.length === 0 ? 0 : 1, arbitrary: mention };
  const part = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, mentions);
  const prompt = fc.array(part, { maxLength: 8 }).map((parts) => tidyPrompt(parts as Prompt));
  const plain = fc.constantFrom<Prompt>(
    ['A cat walks.'],
    ['雨。'],
    ['全景：雨。'],
    ...ids.slice(0, 1).map((id): Prompt => [{ mention: id }, ' runs.']),
  );
  const long = fc.constant<Prompt>(['长'.repeat(6000)]);
  const text = fc.oneof(
    { weight: 6, arbitrary: prompt },
    { weight: 6, arbitrary: plain },
    { weight: 1, arbitrary: long },
  );
  const shot = fc.record({ prompt: text, seconds: fc.integer({ min: 1, max: 6 }) }, { requiredKeys: ['prompt'] });
  return fc.array(shot, { minLength: 1, maxLength: 4 }) as fc.Arbitrary<Shot[]>;
}

function shapes(card: Card): fc.Arbitrary<Partial<Pick<Request, 'size' | 'ratio' | 'tier'>>> {
  const { list } = card.formats;
  return fc.constantFrom(
    ...list.flatMap(({ width, height, ratio, tier }) => [
      { size: { width, height } },
      { ratio },
      { tier },
      { ratio, tier },
      { size: { width, height }, ratio, tier },
    ]),
    {},
  );
}
