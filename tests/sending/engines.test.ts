import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallRequest, startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { type Serving, startServing } from '../chaos/serving.ts';
import { media } from '../e2e/command.ts';
import { openFolders, pictureUri, type WrittenAccount, writeAccounts } from './peers.ts';

// Engines that people run themselves, each in a process of its own in this machine's own network, which nothing else here may reach.

const folders = openFolders();
const servings: Serving[] = [];
/** Of accounts whose owners have set more than requests say. */
const fields = { num_inference_steps: 40, guidance_scale: 4.5, lora: { name: 'ink', scale: 0.8 } };
let film: Buffer;
let [vllm, sglang] = ['', ''];
let live: TestServer;

async function startEngine(kind: string, model: string, file: string): Promise<string> {
  const script = [join(import.meta.dirname, 'engine-peer.ts'), kind, model, file];
  const serving = startServing(folders.make(kind), {}, script);
  servings.push(serving);
  return await serving.url;
}

beforeAll(async () => {
  const sandbox = await startTestServer();
  const drawn = await sandbox.ask('/v1/generations?wait=60', { json: smallRequest });
  film = (await sandbox.ask(`/v1/generations/${drawn.json.id}/content`)).bytes;
  await sandbox.remove();
  const file = join(folders.make('film'), 'film.mp4');
  writeFileSync(file, film);
  vllm = await startEngine('vllm', 'Wan-AI/Wan2.2-TI2V-5B-Diffusers', file);
  sglang = await startEngine('sglang', 'Wan-AI/Wan2.2-I2V-A14B-Diffusers', file);
  const at = (id: string, dialect: string, url: string, models: WrittenAccount['models'], key?: string) => ({
    ...{ id, dialect, baseUrl: `${url}/v1`, models, lookIntervalSeconds: 0.1 },
    ...(key !== undefined && { key }),
  });
  const accounts = writeAccounts(folders.make('accounts'), [
    at('gpu', 'vllm', vllm, { 'our-wan': 'Wan-AI/Wan2.2-TI2V-5B-Diffusers' }),
    { ...at('tuned', 'vllm', vllm, { 'tuned-wan': 'Wan-AI/Wan2.2-TI2V-5B-Diffusers' }), fields },
    { ...at('slow', 'sglang', sglang, { 'slow-i2v': 'Wan-AI/Wan2.2-I2V-A14B-Diffusers' }), fields },
    at('locked', 'vllm', vllm, { 'locked-wan': 'Wan-AI/Wan2.2-TI2V-5B-Diffusers' }, 'token-0123456789'),
    at('wrong', 'vllm', vllm, ['another-model']),
    at('rack', 'sglang', sglang, { 'our-i2v': 'Wan-AI/Wan2.2-I2V-A14B-Diffusers' }),
  ]);
  live = await startTestServer({ environment: { REFREEL_MODE: 'live', REFREEL_ACCOUNTS: accounts } });
}, 120_000);

afterAll(async () => {
  expect(live.faults).toEqual([]);
  await live.remove();
  for (const serving of servings) await serving.stop();
  folders.remove();
});

/** What came to an engine since the last time that this was asked. */
const read = new Map<string, number>();
async function newAt(engine: string): Promise<unknown[]> {
  const all = (await (await fetch(`${engine}/log`)).json()) as unknown[];
  const news = all.slice(read.get(engine) ?? 0);
  read.set(engine, all.length);
  return news;
}

async function make(json: object) {
  return await live.ask('/v1/generations?wait=60', { json: { ...smallRequest, fps: 24, ...json } });
}

const small = { size: '128x72', fps: '24', seconds: '1' };
const seeded = { seed: 7, negativePrompt: 'fog', prompt: 'A lamp is lit.' };
const wan = { model: 'Wan-AI/Wan2.2-TI2V-5B-Diffusers', prompt: 'A lamp is lit.', ...small, generate_sound: 'false' };
const i2v = { model: 'Wan-AI/Wan2.2-I2V-A14B-Diffusers', prompt: 'A lamp is lit.', size: '128x72' };
const cat = readFileSync(join(media, 'cat.png')).length;
const looks = ['GET /v1/videos/', 'GET /v1/videos/', 'GET /v1/videos/', 'GET /v1/videos//content'];

const rows: [string, string, object, { form: boolean; body: object }][] = [
  [
    'vllm, text',
    'our-wan',
    { ...seeded, audio: true },
    { form: true, body: { ...wan, seed: '7', negative_prompt: 'fog', generate_sound: 'true' } },
  ],
  [
    'vllm, a start frame',
    'our-wan',
    { startFrame: pictureUri() },
    { form: true, body: { ...wan, input_reference: { type: 'image/png', bytes: cat } } },
  ],
  [
    'sglang, text',
    'our-i2v',
    seeded,
    { form: false, body: { ...i2v, fps: 24, seconds: 1, seed: 7, negative_prompt: 'fog' } },
  ],
  [
    'sglang, a start frame',
    'our-i2v',
    { startFrame: pictureUri() },
    { form: true, body: { ...i2v, fps: '24', seconds: '1', input_reference: { type: 'image/png', bytes: cat } } },
  ],
];

describe.each(rows)('%s', (_, model, asked, sent) => {
  test('goes out in the fields of the engine, once and without a key; its film comes home and costs nothing', {
    timeout: 60_000,
  }, async () => {
    const engine = model === 'our-wan' ? vllm : sglang;
    await newAt(engine);
    const json = { ...smallRequest, fps: 24, model, ...asked };
    const checked = await live.ask('/v1/check', { json });
    expect(checked.json).toMatchObject({ problems: [], quote: { total: { micros: 0 } } });
    const made = await make({ model, ...asked });
    expect(made.json, JSON.stringify(made.json)).toMatchObject({ state: 'done', problems: [] });
    expect(made.headers.get('x-refreel-producer')).toBe('upstream');
    expect(await newAt(engine)).toEqual([{ ...sent, authorization: null }, ...looks]);
    expect((await live.ask(`/v1/generations/${made.json.id}/content`)).bytes.equals(film)).toBe(true);
  });
});

test('a film to go on from goes as a file to vLLM-Omni, and is refused for SGLang before anything is sent', {
  timeout: 60_000,
}, async () => {
  await newAt(vllm);
  await newAt(sglang);
  const video = `data:video/mp4;base64,${film.toString('base64')}`;
  const references = [{ kind: 'video', name: 'before', video, use: 'feature' }];
  const made = await make({ model: 'our-wan', references, prompt: 'A lamp is lit.' });
  expect(made.json, JSON.stringify(made.json)).toMatchObject({ state: 'done' });
  expect((await newAt(vllm))[0]).toMatchObject({
    body: { ...wan, input_reference: { type: 'video/mp4', bytes: film.length } },
  });
  const refused = await make({ model: 'our-i2v', references, prompt: 'A lamp is lit.' });
  expect(refused.json.problems).toMatchObject([{ code: 'input_unsupported', path: 'references[0]' }]);
  const both = await make({ model: 'our-wan', references, startFrame: pictureUri(), prompt: 'A lamp is lit.' });
  expect(both.json.problems).toMatchObject([{ code: 'too_many' }]);
  expect(await newAt(sglang)).toEqual([]);
});

test('what its owner has set goes along with every request: as text and JSON in a form, as it is in JSON', {
  timeout: 60_000,
}, async () => {
  await newAt(vllm);
  await newAt(sglang);
  expect((await make({ model: 'tuned-wan' })).json.state).toBe('done');
  const texts = { num_inference_steps: '40', guidance_scale: '4.5', lora: '{"name":"ink","scale":0.8}' };
  expect((await newAt(vllm))[0]).toMatchObject({ body: { ...wan, ...texts } });
  expect((await make({ model: 'slow-i2v' })).json.state).toBe('done');
  expect((await newAt(sglang))[0]).toMatchObject({ form: false, body: { ...i2v, seconds: 1, ...fields } });
  expect((await make({ model: 'slow-i2v', startFrame: pictureUri() })).json.state).toBe('done');
  expect((await newAt(sglang))[0]).toMatchObject({ form: true, body: { ...i2v, seconds: '1', ...texts } });
});

test('an engine that has a key is sent it', { timeout: 60_000 }, async () => {
  await newAt(vllm);
  expect((await make({ model: 'locked-wan' })).json.state).toBe('done');
  expect((await newAt(vllm))[0]).toMatchObject({ authorization: 'Bearer token-0123456789' });
});

test('its network is open to its account, and to no address that a caller names', { timeout: 60_000 }, async () => {
  await newAt(vllm);
  const made = await make({ model: 'our-wan', startFrame: `${vllm}/v1/videos/x/content` });
  expect(made.json.problems).toMatchObject([{ code: 'media_address_forbidden', path: 'startFrame' }]);
  expect(await newAt(vllm)).toEqual([]);
});

test('an engine that runs another model says so, and nothing was made', { timeout: 60_000 }, async () => {
  const made = await make({ model: 'another-model' });
  expect(made.json).toMatchObject({
    state: 'failed',
    attempts: [{ account: 'wrong', billed: 'no' }],
    problems: [{ code: 'vendor_refused' }],
  });
  expect(JSON.stringify(made.json.problems)).toContain('but server is running');
});

test('a cancel stops vLLM-Omni, and is not told to SGLang, which would only forget the film', {
  timeout: 60_000,
}, async () => {
  for (const [model, engine, told] of [
    ['our-wan', vllm, ['DELETE /v1/videos/']],
    ['our-i2v', sglang, []],
  ] as const) {
    await newAt(engine);
    const made = await live.ask('/v1/generations', {
      json: { ...smallRequest, fps: 24, model, prompt: 'It burns for ever.' },
    });
    await expect
      .poll(async () => (await live.ask(`/v1/generations/${made.json.id}`)).json.state, { timeout: 20_000 })
      .toBe('running');
    await live.ask(`/v1/generations/${made.json.id}/cancel`, { json: {} });
    await expect
      .poll(async () => (await live.ask(`/v1/generations/${made.json.id}`)).json.state, { timeout: 20_000 })
      .toBe('cancelled');
    const came = await newAt(engine);
    expect(came.filter((one) => typeof one === 'string' && one.startsWith('DELETE'))).toEqual(told);
  }
});

test('what vLLM-Omni took is found in its list when its answer is lost; SGLang tells no prompts, so that it waits for a person', {
  timeout: 90_000,
}, async () => {
  for (const [model, engine, state] of [
    ['our-wan', vllm, 'done'],
    ['our-i2v', sglang, 'unconfirmed'],
  ] as const) {
    await newAt(engine);
    const json = { ...smallRequest, fps: 24, model, prompt: 'The answer is swallowed.' };
    const made = await live.ask('/v1/generations', { json });
    await expect
      .poll(async () => (await live.ask(`/v1/generations/${made.json.id}`)).json.state, { timeout: 40_000 })
      .toBe(state);
    expect((await newAt(engine)).filter((one) => typeof one === 'object')).toHaveLength(1);
  }
});

test('the models that it runs are shown with the card of its wire, and its key is looked at for nothing', async () => {
  expect((await live.ask('/v1/models/our-wan')).json).toMatchObject({
    id: 'our-wan',
    dialect: 'vllm',
    price: { rates: [{ micros: 0 }] },
  });
  for (const id of ['gpu', 'rack'])
    expect((await live.ask(`/v1/accounts/${id}/check`, { json: {} })).json).toMatchObject({ key: 'taken' });
});
