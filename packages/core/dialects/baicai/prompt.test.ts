import { describe, expect, it } from 'vitest';
import { cardOf } from '../../catalog/check-samples.ts';
import { check, noFacts, type Prompt, type Reference, type Request, showPrompt } from '../../model/index.ts';
import { contextOf } from '../conformance.suite.ts';
import { type Ask, type Json, jsonBody } from '../message.ts';
import { baicai } from './index.ts';

const context = contextOf(baicai);
const url = 'https://media.example/a.png';

function ask(prompt: string, names: readonly string[]): Ask {
  const list = names.map((name) => ({ type: 'subject', name, urls: [url] }));
  const input = { prompt, resolution: '720p', duration: 5, mutil_reference: list };
  const body = jsonBody({ selected_model: 'PixVerse-v4.5-MR2V', task_type: 'multi_ref_img2video', input });
  const headers = { 'content-type': 'application/json' };
  return { method: 'POST', path: '/videos/generations', query: {}, headers, body };
}

const create = baicai.exchanges.create![0]!;

function read(prompt: string, names: readonly string[]) {
  const found = create.ask.decode(ask(prompt, names), {}, context);
  if (!found.ok) return found.problems.map(({ code, path, values }) => `${code} ${path} ${values.found}`).join(', ');
  const { request } = found.value;
  const shown = request.shots[0]!.prompt.map((part) =>
    typeof part === 'string' ? part : `[${request.references.find(({ id }) => id === part.mention)?.name}]`,
  );
  return shown.join('');
}

describe('names in a prompt', () => {
  it.each<[string, string[], string]>([
    ['@human and @dog paly on the @grass', ['human', 'dog', 'grass'], '[human] and [dog] paly on the [grass]'],
    ['@小美在@公园里跑步', ['小美', '公园'], '[小美]在[公园]里跑步'],
    ['@小美，@小美丽。', ['小美', '小美丽'], '[小美]，[小美丽]。'],
    ['＠小美走了', ['小美'], '[小美]走了'],
    ['@dog走进来', ['dog'], '[dog]走进来'],
    ['@dog-2, @dog!', ['dog', 'dog-2'], '[dog-2], [dog]!'],
    ['@dog.clip runs', ['dog'], '[dog].clip runs'],
    ['dog and 图1 and Image 1', ['dog'], 'dog and 图1 and Image 1'],
    ['mail a@dog.com, 24fps @24fps', ['dog'], 'mail a@dog.com, 24fps @24fps'],
    ['a dog runs', ['dog'], 'a dog runs'],
  ])('%s', (prompt, names, expected) => {
    expect(read(prompt, names)).toBe(expected);
  });

  it.each<[string, string[], string]>([
    ['@cat runs', ['dog'], 'unknown_mention shots[0].prompt @cat'],
    ['@Dog runs', ['dog'], 'unknown_mention shots[0].prompt @Dog'],
    ['@dogs run', ['dog'], 'unknown_mention shots[0].prompt @dogs'],
    ['@dog2 runs', ['dog'], 'unknown_mention shots[0].prompt @dog2'],
    ['@小猫 跑', ['小狗'], 'unknown_mention shots[0].prompt @小猫'],
    ['@cat and @cat and @cow', ['dog'], 'unknown_mention shots[0].prompt @cat, unknown_mention shots[0].prompt @cow'],
  ])('%s is not in the list', (prompt, names, expected) => {
    expect(read(prompt, names)).toBe(expected);
    const found = create.ask.decode(ask(prompt, names), {}, context);
    const answer = found.ok ? undefined : baicai.refusal.encode(found.problems, { ...context, language: 'en' });
    expect(answer).toMatchObject({
      status: 400,
      body: { value: { code: 400, message: expect.stringMatching(/^input\.prompt speaks of ".+Known names: @/) } },
    });
  });
});

describe('written for the vendor', () => {
  const references: Reference[] = [
    { kind: 'subject', id: 'a', name: 'mei', image: url },
    { kind: 'scene', id: 'b', name: '公园', image: url, angles: [url] },
    { kind: 'image', id: 'c', name: 'ball', image: url },
  ];
  const write = (prompt: Prompt, more: Partial<Request> = {}, echo?: Json) => {
    const request: Request = { model: 'PixVerse-v4.5-MR2V', references, shots: [{ prompt }], ...more };
    const written = baicai.voyage.start(request, context, echo);
    if (!written.ok) return { problems: written.problems.map(({ code, path }) => `${code} ${path}`) };
    const body = written.message.body.kind === 'json' ? written.message.body.value : {};
    const { input, ...beside } = body as { input: { [key: string]: Json }; [key: string]: Json };
    return { input, beside, notes: written.notes.map(({ code, path }) => `${code} ${path}`), problems: [] };
  };

  it.each<[Prompt, string, string[]]>([
    [[{ mention: 'a' }, ' and ', { mention: 'b' }], '@mei and @公园', []],
    [[{ mention: 'a' }, '走向', { mention: 'b' }, '。'], '@mei 走向@公园。', ['mention_spaced shots[0].prompt']],
    [['mail @mei '], 'mail @\u2060mei ', ['text_reads_as_mention shots[0].prompt']],
    [['@bob runs'], '@\u2060bob runs', ['text_reads_as_mention shots[0].prompt']],
    [[{ mention: 'b', media: { angle: 0 } }, ' at night'], '@公园 at night', ['mention_of_whole shots[0].prompt']],
  ])('%j', (prompt, text, notes) => {
    const written = write(prompt);
    expect(written.input?.prompt).toBe(text);
    expect(written.notes?.filter((note) => !note.startsWith('kind_converted'))).toEqual(notes);
  });

  it('references keep their names, kinds and pictures; a picture of any role is a subject there', () => {
    const { input, notes } = write(['rain']);
    expect(input?.mutil_reference).toEqual([
      { type: 'subject', name: 'mei', urls: [url] },
      { type: 'background', name: '公园', urls: [url, url] },
      { type: 'subject', name: 'ball', urls: [url] },
    ]);
    expect(notes).toEqual(['kind_converted references[2].kind']);
  });

  it('what the vendor wants said is said, also where the request leaves it open', () => {
    const some = { references: references.slice(0, 1) };
    expect(write(['rain'], some)).toMatchObject({
      input: { resolution: '720p', duration: 5 },
      beside: { selected_model: 'PixVerse-v4.5-MR2V', task_type: 'multi_ref_img2video' },
      notes: [],
    });
    const { input } = write(['rain'], some);
    for (const field of ['aspect_ratio', 'number_of_videos', 'negative_prompt'])
      expect(input).not.toHaveProperty(field);
    const all = { tier: '1080p', ratio: '9:16', count: 3, negativePrompt: 'fog', expand: true, ...some };
    expect(write(['rain'], all)).toMatchObject({
      input: { resolution: '1080p', aspect_ratio: '9:16', number_of_videos: 3, negative_prompt: 'fog' },
      beside: { need_expand_prompt: true },
      notes: [],
    });
    const sized = write(['rain'], { size: { width: 640, height: 360 }, ...some });
    expect(sized).toMatchObject({ input: { resolution: '360p' }, notes: ['size_converted size'] });
  });

  it('several shots are words of one prompt, which is less', () => {
    const shots = [
      { prompt: [{ mention: 'a' }, ' runs'], seconds: 3 },
      { prompt: ['rain'], seconds: 5 },
    ];
    expect(write([], { shots, references: references.slice(0, 1) })).toMatchObject({
      input: { prompt: 'Shot 1 (3s): @mei runs\nShot 2 (5s): rain', duration: 8 },
      notes: ['shots_as_text shots'],
    });
  });

  it('which strict refuses', () => {
    const shots: Request['shots'] = [{ prompt: ['rain'] }, { prompt: ['sun'] }];
    const request = { model: 'PixVerse-v4.5-MR2V', references: references.slice(0, 1), shots, strict: true };
    expect(check(request, cardOf('PixVerse-v4.5-MR2V'), noFacts).problems).toContainEqual(
      expect.objectContaining({ code: 'strict_refuses', path: 'shots' }),
    );
  });

  it('the prompt goes on word for word where it came in that way, and is written anew where it was changed', () => {
    const came = create.ask.decode(ask('@dog走 and  ＠dog', ['dog']), {}, context);
    if (!came.ok) throw new Error('refused');
    const { request, echo } = came.value;
    expect(showPrompt(request.shots[0]!.prompt, request.references)).toBe('@dog走 and  @dog');
    const sent = (more: Partial<Request>, kept?: Json) => {
      const written = baicai.voyage.start({ ...request, ...more }, context, kept);
      return written.ok && written.message.body.kind === 'json'
        ? (written.message.body.value as { input: { prompt: string } }).input.prompt
        : undefined;
    };
    expect(sent({}, echo)).toBe('@dog走 and  ＠dog');
    expect(sent({})).toBe('@dog 走 and  @dog');
    expect(sent({ shots: [{ prompt: ['rain'] }] }, echo)).toBe('rain');
    expect(sent({ references: [{ ...request.references[0]!, name: 'cat' }] }, echo)).toBe('@cat 走 and  @cat');
  });

  it.each<[string, Partial<Request>, string]>([
    ['sound', { audio: true }, 'setting_not_offered audio'],
    ['a frame', { startFrame: url }, 'input_unsupported startFrame'],
    [
      'a video',
      { references: [{ kind: 'video', id: 'v', name: 'v', video: 'https://media.example/v.mp4', use: 'subject' }] },
      'input_unsupported references[0]',
    ],
    [
      'a picture as bytes',
      { references: [{ kind: 'scene', id: 'i', name: 'i', image: url, angles: ['data:image/png;base64,AA=='] }] },
      'media_address references[0].angles[0]',
    ],
    [
      'two names that are one',
      {
        references: [references[0]!, { ...references[0]!, id: 'z' }],
        shots: [{ prompt: [{ mention: 'z' }] }],
      },
      'duplicate_name shots[0].prompt',
    ],
    ['an unknown model', { model: 'kling-v3' }, 'unknown_model model'],
  ])('cannot say %s', (_, more, expected) => {
    expect(write(['rain'], more).problems).toContain(expected);
  });

  it('has nothing for what it has no field for', () => {
    const more = { mode: 'pro', watermark: false, seed: 1, fps: 30, from: 'g', references: references.slice(0, 1) };
    expect(write(['rain'], more).notes).toEqual([
      'setting_ignored mode',
      'setting_ignored watermark',
      'setting_ignored seed',
      'fps_fixed fps',
      'remix_as_new from',
    ]);
  });
});
