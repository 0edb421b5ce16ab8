import { describe, expect, it } from 'vitest';
import { facts, picture } from '../../catalog/check-samples.ts';
import { findCard } from '../../catalog/index.ts';
import { type Card, showPrompt } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import { type Ask, type Json, noBody } from '../message.ts';
import { notedBy } from '../serving.suite.ts';
import { mostAddress } from './create.ts';
import { openai } from './index.ts';
import { form, json, refusalOf, serve } from './serving.suite.ts';
import { engineCard } from './test-cards.suite.ts';

const ask = (more: { [key: string]: Json } = {}) => json({ model: 'sora-2', prompt: 'a cat', ...more });
const refused = (given: Ask, ...more: [Parameters<typeof serve>[2]?, (readonly Card[])?]) =>
  refusalOf(serve(openai, given, ...more));
const home = (more: { [key: string]: Json } = {}) => json({ model: engineCard.id, prompt: 'a cat', ...more });

describe('the body', () => {
  it.each<[string, Ask, RegExp]>([
    ['words', json('hello'), /^400 invalid_value body: /],
    ['a list', json([]), /^400 invalid_value body: /],
    ['nothing', json(null), /^400 invalid_value body: /],
    ['no body', { ...ask(), body: noBody }, /^400: We could not parse the body of your request\./],
    ['no type', { ...ask(), headers: {} }, /^400 unsupported_content_type Content-Type: .*application\/json/],
    [
      'another type',
      {
        ...ask(),
        headers: { 'content-type': 'text/plain' },
        body: { kind: 'bytes', bytes: 'b', mediaType: 'text/plain' },
      },
      /^400 unsupported_content_type Content-Type: /,
    ],
    [
      'no prompt',
      json({ model: 'sora-2' }),
      /^400 missing_required_parameter prompt: Missing required parameter: 'prompt'\.$/,
    ],
    ['an empty form', form([]), /^400 missing_required_parameter prompt: /],
    ['an empty prompt', ask({ prompt: ' ' }), /^400 invalid_value prompt: prompt is empty\./],
    [
      'a prompt of numbers',
      ask({ prompt: 7 }),
      /^400 invalid_type prompt: Invalid type for 'prompt': expected a string, but got an integer instead\.$/,
    ],
    [
      'seconds as a number',
      ask({ seconds: 4 }),
      /^400 invalid_type seconds: Invalid type for 'seconds': expected a string, but got an integer instead\.$/,
    ],
    ['seconds in words', ask({ seconds: 'four' }), /^400 invalid_value seconds: /],
    ['no seconds at all', ask({ seconds: '0' }), /^400 invalid_value seconds: /],
    ['a size with a star', ask({ size: '1280*720' }), /^400 invalid_value size: /],
    [
      'an unknown model',
      ask({ model: 'sora-3' }),
      /^404 model_not_found model: There is no model "sora-3"\. Did you mean "sora-2"\?/,
    ],
    ['an unknown field', ask({ duration: 4 }), /^400 unknown_parameter duration: Unknown parameter: 'duration'\.$/],
    ['a field of another model', ask({ seed: 1 }), /^400 unknown_parameter seed: /],
    ['a field of the variant', ask({ image_list: [] }), /^400 unknown_parameter image_list: /],
  ])('%s', (_, given, expected) => expect(refused(given)).toMatch(expected));

  it('tells every fault, and the code and the field of the first', () => {
    const refusal = refused(ask({ duration: 4, n: 2 }));
    expect(refusal).toMatch(/^400 unknown_parameter duration: .*'duration'.*'n'/);
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x${index}`, 1]));
    expect(refused(ask(many))).toMatch(/And 92 more\.$/);
  });

  it('takes null for what is left out, and the usual model', () => {
    const given = json({ prompt: 'a cat', model: null, seconds: null, size: null, input_reference: null, more: null });
    expect(serve(openai, given).request).toEqual({ model: 'sora-2', references: [], shots: [{ prompt: ['a cat'] }] });
  });

  it('prompts are words, whatever tags of others they hold, shots among them', () => {
    for (const prompt of ['@Image1 and 图1', '<<<image_1>>> character1 @mei', 'Shot 1: rain. Shot 2: snow.'])
      expect(showPrompt(serve(openai, ask({ prompt })).request!.shots[0]!.prompt, [])).toBe(prompt);
    // A list of shots with times does not make the film longer than the vendor would.
    const timed = serve(openai, ask({ prompt: 'Shot 1 (5s): rain. Shot 2 (7s): snow.' }));
    expect(timed.request?.shots).toHaveLength(1);
    expect(timed.request?.shots[0]?.seconds).toBe(4);
  });
});

describe('limits of Sora 2', () => {
  it.each(['4', '8', '12'])('%s seconds', (seconds) => expect(refused(ask({ seconds }))).toBe('accepted'));
  it.each(['3', '5', '11', '13', '16'])('not %s', (seconds) =>
    expect(refused(ask({ seconds }))).toMatch(/^400 invalid_value seconds: seconds is \d+; sora-2 offers 4, 8 or 12/),
  );
  it.each(['720x1280', '1280x720'])('%s', (size) => expect(refused(ask({ size }))).toBe('accepted'));
  it.each(['1920x1080', '1024x1792', '721x1280'])('not %s', (size) =>
    expect(refused(ask({ size }))).toMatch(/^400 invalid_value size: .*It offers 720x1280, 1280x720/),
  );
  it('2500 characters, as many of any script', () => {
    expect(refused(ask({ prompt: '🐈'.repeat(2500) }))).toBe('accepted');
    expect(refused(ask({ prompt: '🐈'.repeat(2501) }))).toMatch(/^400 invalid_value prompt: .*2501 characters/);
  });
});

describe('the picture', () => {
  const url = 'https://media.example/a.png';

  it.each<[string, Ask]>([
    ['an address', ask({ input_reference: { image_url: url } })],
    [
      'an address in a form',
      form([
        ['prompt', 'a cat'],
        ['input_reference[image_url]', url],
      ]),
    ],
  ])('%s is the start frame', (_, given) => {
    const served = serve(openai, given);
    expect(refusalOf(served)).toBe('accepted');
    expect(served.request?.startFrame).toBe(url);
  });

  it('a file is the start frame', () => {
    const served = serve(openai, form([['prompt', 'a cat']], [['input_reference', 'asset:1']]));
    expect(served.request?.startFrame).toBe('asset:1');
  });

  it.each<[string, Ask, RegExp]>([
    [
      'a text',
      ask({ input_reference: url }),
      /^400 invalid_type input_reference: Invalid type for 'input_reference': expected an object, but got a string instead\.$/,
    ],
    [
      'a text in a form',
      form([
        ['prompt', 'a cat'],
        ['input_reference', url],
      ]),
      /^400 invalid_type input_reference: Invalid type for 'input_reference': expected a file, but got a string instead\.$/,
    ],
    ['nothing in it', ask({ input_reference: {} }), /^400 invalid_value input_reference: .*exactly one of/],
    [
      'both in it',
      ask({ input_reference: { image_url: url, file_id: 'f' } }),
      /^400 invalid_value input_reference: .*exactly one of/,
    ],
    [
      'a stored file',
      ask({ input_reference: { file_id: 'f' } }),
      /^400 invalid_value input_reference\.file_id: .*no stored files/,
    ],
    [
      'more in it',
      ask({ input_reference: { image_url: url, detail: 'x' } }),
      /^400 unknown_parameter input_reference\.detail: /,
    ],
    [
      'a path',
      ask({ input_reference: { image_url: '/etc/passwd' } }),
      /^400 invalid_value input_reference\.image_url: .*no address/,
    ],
    [
      'a file of this machine',
      ask({ input_reference: { image_url: 'file:///a.png' } }),
      /^400 invalid_value input_reference\.image_url: /,
    ],
    [
      'a page',
      ask({ input_reference: { image_url: 'data:text/html;base64,AAAA' } }),
      /^400 invalid_value input_reference\.image_url: /,
    ],
    [
      'two files',
      form(
        [['prompt', 'a cat']],
        [
          ['input_reference', 'a'],
          ['input_reference', 'b'],
        ],
      ),
      /^400 invalid_value input_reference: .*twice/,
    ],
    ['a file elsewhere', form([['prompt', 'a cat']], [['picture', 'a']]), /^400 unknown_parameter picture: /],
    [
      'a prompt given twice',
      form([
        ['prompt', 'a'],
        ['prompt', 'b'],
      ]),
      /^400 invalid_value prompt: .*twice/,
    ],
  ])('is not %s', (_, given, expected) => expect(refused(given)).toMatch(expected));

  it('may have so many characters and no more', () => {
    const inline = (length: number) => 'data:image/png;base64,'.padEnd(length, 'A');
    expect(refused(ask({ input_reference: { image_url: inline(mostAddress) } }))).toBe('accepted');
    const over = refused(ask({ input_reference: { image_url: inline(mostAddress + 1) } }));
    expect(over).toMatch(/^400 invalid_value input_reference\.image_url: .*more than 20971520 characters/);
    expect(over.length).toBeLessThan(500);
  });

  it('has exactly the pixels of the film', () => {
    const given = ask({ input_reference: { image_url: url }, size: '1280x720' });
    expect(refused(given, facts({ [url]: picture() }))).toBe('accepted');
    expect(refused(given, facts({ [url]: picture({ width: 1281 }) }))).toMatch(
      /^400 input_reference: Inpaint image must match the requested width and height\. /,
    );
    expect(refused(given, facts({ [url]: picture({ mediaType: 'image/gif' }) }))).toMatch(
      /^400 invalid_value input_reference: /,
    );
  });
});

it('any model may be asked for that needs no more than words and a start frame', () => {
  const more = { seconds: '5', size: '1280x720', input_reference: { image_url: 'https://media.example/a.png' } };
  expect(refused(ask({ model: 'kling-v2-1', ...more }))).toBe('accepted');
  expect(refused(ask({ model: 'wan2.7-r2v' }))).toMatch(/^400 invalid_value .*at least 1/);
});

describe('engines that people run themselves', () => {
  const all = { seed: 7, negative_prompt: 'fog', fps: 16, generate_sound: true, seconds: '5', size: '1280x720' };

  it('have more fields where the model has such settings', () => {
    const { request } = serve(openai, home(all), undefined, [engineCard]);
    expect(request).toMatchObject({ seed: 7, negativePrompt: 'fog', fps: 16, audio: true });
    const texts = Object.entries({ model: engineCard.id, prompt: 'a cat', ...all });
    const sent = form(texts.map(([name, value]) => [name, String(value)] as const));
    expect(serve(openai, sent, undefined, [engineCard]).request).toEqual(request);
  });

  it.each<[string, Json]>([
    ['seed', -1],
    ['seed', 2_147_483_648],
    ['seed', 1.5],
    ['seed', 'x'],
    ['fps', 0],
    ['fps', 'x'],
    ['generate_sound', 'yes'],
    ['negative_prompt', 3],
  ])('%s is not %j', (name, value) => {
    const found = refused(home({ [name]: value }), undefined, [engineCard]);
    expect(found).toMatch(new RegExp(`^400 invalid_value ${name}: `));
  });

  it.each(['num_inference_steps', 'guidance_scale', 'lora'])('%s says nothing that Refreel knows', (name) =>
    expect(refused(home({ [name]: 1 }), undefined, [engineCard])).toMatch(/^400 unknown_parameter/),
  );

  it('are told whether to make sound, always', () => {
    const context = contextOf(openai, { findCard: (id) => findCard(id, [engineCard]) });
    const request = { model: engineCard.id, references: [], shots: [{ prompt: ['a cat'] }] };
    const written = openai.voyage.start(request, context);
    expect(written).toMatchObject({
      ok: true,
      message: { body: { parts: expect.arrayContaining([{ name: 'generate_sound', value: 'false' }]) } },
    });
  });
});

describe('written for a service', () => {
  const context = contextOf(openai);
  const request = { model: 'sora-2', references: [], shots: [{ prompt: ['a cat'] }] };
  const write = (more: object, echo?: Json) => openai.voyage.start({ ...request, ...more }, context, echo);
  const partsOf = (written: ReturnType<typeof write>) =>
    written.ok && written.message.body.kind === 'form' ? written.message.body.parts : [];

  it('a picture with an address is sent by it, one that is stored here as a file', () => {
    const address = { startFrame: 'https://media.example/a.png' };
    expect(partsOf(write(address)).at(-1)).toEqual({
      name: 'input_reference[image_url]',
      value: 'https://media.example/a.png',
    });
    const file = { name: 'input_reference', fileName: '', mediaType: '', bytes: 'asset:1' };
    expect(partsOf(write({ startFrame: 'asset:1' })).at(-1)).toEqual(file);
    const kept = { form: true, file: { fileName: 'f.png', mediaType: 'image/png' } };
    expect(partsOf(write({ startFrame: 'asset:1' }, kept)).at(-1)).toEqual({ ...file, ...kept.file });
  });

  it('as JSON where it came as JSON, but for files', () => {
    const written = write({ startFrame: 'https://media.example/a.png' }, { form: false });
    expect(written).toMatchObject({
      message: { body: { kind: 'json', value: { input_reference: { image_url: 'https://media.example/a.png' } } } },
    });
    expect(write({ startFrame: 'asset:1' }, { form: false })).toMatchObject({ message: { body: { kind: 'form' } } });
  });

  it.each<[string, object, string]>([
    [
      'references',
      { references: [{ kind: 'image', id: 'a', name: 'a', image: 'a.png' }] },
      'input_unsupported references[0]',
    ],
    ['an end frame', { endFrame: 'https://media.example/z.png' }, 'input_unsupported endFrame'],
    ['an unknown model', { model: 'sora-9' }, 'unknown_model model'],
    ['a ratio that is not made', { ratio: '21:9' }, 'format_not_offered ratio'],
  ])('cannot say %s', (_, more, expected) => {
    const written = write(more);
    expect(written.ok ? [] : written.problems.map(({ code, path }) => `${code} ${path}`)).toContain(expected);
  });

  it('says what is lost', () => {
    const written = write({
      shots: [
        { prompt: ['rain'], seconds: 4 },
        { prompt: ['snow'], seconds: 4 },
      ],
      audio: true,
      seed: 3,
    });
    expect(written.ok && written.notes.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
      'setting_ignored audio',
      'setting_ignored seed',
      'shots_as_text shots',
    ]);
    expect(partsOf(written)).toContainEqual({ name: 'seconds', value: '8' });
    const ratio = write({ ratio: '16:9' });
    expect(ratio.ok && ratio.notes.map(({ code, path }) => `${code} ${path}`)).toEqual(['format_converted ratio']);
    expect(partsOf(ratio)).toContainEqual({ name: 'size', value: '1280x720' });
  });

  it('goes on as it came', () => {
    const given = form(
      [
        ['model', 'sora-2'],
        ['prompt', 'a cat'],
        ['seconds', '8'],
      ],
      [['input_reference', 'asset:1']],
    );
    const read = decodeAsk(openai, given);
    if (!read.ok || read.value.does !== 'create') throw new Error('refused');
    const written = openai.voyage.start(read.value.request, context, read.value.echo);
    expect(written.ok && written.message).toEqual(given);
  });

  it('notes nothing of what is only measured later', () => expect(notedBy(serve(openai, ask()))).toEqual([]));
});

describe('keys', () => {
  const read = (authorization: string) => openai.key.read({ ...ask(), headers: { authorization } });
  it('are bearers', () => {
    expect(read('Bearer sk-x')).toBe('sk-x');
    expect(read('bearer  sk-x ')).toBe('sk-x');
    for (const wrong of ['sk-x', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer a b', ''])
      expect(read(wrong)).toBeUndefined();
  });
});
