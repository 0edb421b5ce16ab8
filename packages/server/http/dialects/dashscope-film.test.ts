import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminKey, ask, makeTestKey, startTestServer, type TestServer } from '../../test-server.ts';

// One film from the documented upload to its end by the stand-in's clock, on a server where everybody needs a key.

const base = '/dashscope/api/v1';
const async = { 'x-dashscope-async': 'enable', 'x-dashscope-ossresourceresolve': 'enable' };
const cat = readFileSync(new URL('../../../../media/coffee.png', import.meta.url));

let server: TestServer;
let own: string;
let other: string;
let task: string;
let oss: string;

beforeAll(async () => {
  server = await startTestServer({ admin: true });
  own = (await makeTestKey(server, 'one')).secret;
  other = (await makeTestKey(server, 'two')).secret;
}, 60_000);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

const get = (path: string, key = own) => server.ask(`${base}${path}`, { key });
const create = (url: string, key = own, model = 'wan2.7-r2v') =>
  server.ask(`${base}/services/aigc/video-generation/video-synthesis`, {
    key,
    headers: async,
    json: {
      model,
      input: { prompt: '图1在雨中。', media: [{ type: 'reference_image', url }] },
      parameters: { resolution: '720P', ratio: '16:9', duration: 2 },
    },
  });
const advance = (advanceSeconds: number) =>
  server.ask('/v1/sandbox/clock', { key: adminKey, json: { advanceSeconds } });

async function leave(key = own): Promise<Record<string, string>> {
  const { json } = await get('/uploads?action=getPolicy&model=wan2.7-r2v', key);
  const { data } = json;
  return {
    host: data.upload_host,
    OSSAccessKeyId: data.oss_access_key_id,
    Signature: data.signature,
    policy: data.policy,
    key: `${data.upload_dir}/cat.png`,
    'x-oss-object-acl': data.x_oss_object_acl,
    'x-oss-forbid-overwrite': data.x_oss_forbid_overwrite,
    success_action_status: '200',
  };
}

async function send({ host, ...fields }: Record<string, string>, bytes = cat) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'cat.png');
  return await ask(host!, { bytes: form });
}

async function ended(id: string) {
  for (let left = 600; left > 0; left -= 1) {
    const { json } = await get(`/tasks/${id}`);
    if (!['PENDING', 'RUNNING'].includes(json.output.task_status)) return json;
    await new Promise((go) => setTimeout(go, 100));
  }
  throw new Error('it did not end');
}

test('a file is uploaded with leave, and named by it', async () => {
  const fields = await leave();
  oss = `oss://${fields.key}`;
  const sent = await send(fields);
  expect([sent.status, sent.bytes.length]).toEqual([200, 0]);
  // The same again is the same; other bytes under the name are not.
  expect((await send(fields)).status).toBe(200);
  const astronaut = readFileSync(new URL('../../../../media/cat.png', import.meta.url));
  expect((await send(fields, astronaut)).json).toMatchObject({ code: 'InvalidParameter' });
  const { success_action_status: _, ...plain } = fields;
  expect((await send(plain)).status).toBe(204);
}, 60_000);

test.each<[string, (fields: Record<string, string>) => Record<string, string>, string]>([
  ['a policy that was changed', (fields) => ({ ...fields, policy: `${fields.policy}=` }), 'InvalidApiKey'],
  ['a signature that was changed', (fields) => ({ ...fields, Signature: 'x'.repeat(43) }), 'InvalidApiKey'],
  ['a name outside of the folder', (fields) => ({ ...fields, key: 'elsewhere/cat.png' }), 'InvalidParameter'],
])('%s is refused', async (_, change, code) => {
  expect((await send(change(await leave()))).json).toMatchObject({ code });
});

test('the file becomes a film, told as documented, with an address that plays in parts', async () => {
  const accepted = await create(oss);
  expect(accepted.json, JSON.stringify(accepted.json)).toMatchObject({ output: { task_status: 'PENDING' } });
  task = accepted.json.output.task_id;
  const json = await ended(task);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
  expect(json).toEqual({
    request_id: expect.any(String),
    output: {
      ...{ task_id: task, task_status: 'SUCCEEDED', submit_time: time, scheduled_time: time, end_time: time },
      orig_prompt: '图1在雨中。',
      video_url: expect.stringMatching(`^${server.url}/films/.+\\.mp4\\?expires=\\d+&signature=[\\w-]{43}$`),
    },
    usage: {
      ...{ duration: 2, input_video_duration: 0, output_video_duration: 2, video_count: 1 },
      ...{ SR: 720, ratio: '16:9' },
    },
  });
  const { submit_time: submitted, scheduled_time: begun, end_time: over } = json.output;
  expect([submitted, begun, over]).toEqual([submitted, begun, over].toSorted());
  const whole = await ask(json.output.video_url);
  expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'video/mp4']);
  const part = await ask(json.output.video_url, { headers: { range: 'bytes=4-7' } });
  expect([part.status, part.bytes.toString()]).toEqual([206, 'ftyp']);
  expect(part.headers.get('content-range')).toBe(`bytes 4-7/${whole.bytes.length}`);
  // A page of any site may show it, as it may the vendor's.
  const shown = { origin: 'https://site.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'video' };
  expect((await ask(json.output.video_url, { headers: shown })).status).toBe(200);
  const file = join(server.data, 'film.mp4');
  await writeFile(file, whole.bytes);
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(file) });
  const track = await input.getPrimaryVideoTrack();
  expect([track?.displayWidth, track?.displayHeight, Math.round(await input.computeDuration())]).toEqual([
    1280, 720, 2,
  ]);
}, 120_000);

test('a file is good for the model that leave was asked for', async () => {
  expect((await create(oss, own, 'wan2.7-r2v-2026-06-12')).status).toBe(200);
  const { json } = await server.ask(`${base}/services/aigc/video-generation/video-synthesis`, {
    ...{ key: own, headers: async },
    json: { model: 'wan2.6-r2v', input: { prompt: 'character1在雨中。', reference_urls: [oss] }, parameters: {} },
  });
  expect(json).toMatchObject({
    code: 'InvalidParameter',
    message: expect.stringMatching(/url error.*uploaded for the model "wan2\.7-r2v".*for "wan2\.6-r2v"/),
  });
});

describe('of all that a stranger has nothing', () => {
  test('the task, the file, and the film as a reference', async () => {
    expect((await get(`/tasks/${task}`, other)).json.output).toEqual({ task_id: task, task_status: 'UNKNOWN' });
    expect((await create(oss, other)).json).toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringContaining(`you have no stored file "${oss}"`),
    });
    const { json } = await get(`/tasks/${task}`);
    expect((await create(json.output.video_url, other)).json.code).toBe('InvalidParameter');
    // Leave of one workspace stores into that one, whoever sends it.
    const fields = await leave(other);
    expect((await send(fields)).status).toBe(200);
    expect((await create(`oss://${fields.key}`)).json.code).toBe('InvalidParameter');
    expect((await create(`oss://${fields.key}`, other)).status).toBe(200);
  });

  test.each<[string, (url: URL) => void]>([
    ['another film', (url) => (url.pathname = url.pathname.replace('/0.mp4', '/1.mp4'))],
    ['a later end', (url) => url.searchParams.set('expires', '99999999999')],
    ['no end', (url) => url.searchParams.delete('expires')],
    ['no signature', (url) => url.searchParams.delete('signature')],
  ])('an address with %s', async (_, change) => {
    const { json } = await get(`/tasks/${task}`);
    const url = new URL(json.output.video_url);
    change(url);
    const { status, bytes } = await ask(url.href);
    expect([status, /<Code>(\w+)</.exec(bytes.toString())?.[1]]).toEqual([403, 'SignatureDoesNotMatch']);
  });
});

describe('by the clock of the stand-in', () => {
  test('leave is over after five minutes', async () => {
    const fields = await leave();
    await advance(301);
    expect((await send(fields)).json.code).toBe('InvalidApiKey');
  });

  test('a task and its address live 24 hours, counted from its end', async () => {
    const { json } = await get(`/tasks/${task}`);
    const url = json.output.video_url;
    await advance(23 * 3600);
    expect((await get(`/tasks/${task}`)).json.output.task_status).toBe('SUCCEEDED');
    const late = await ask(url);
    expect(late.status).toBe(200);
    // No cache has it for longer than the address.
    const kept = Number(/^private, max-age=(\d+), immutable$/.exec(late.headers.get('cache-control')!)?.[1]);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(3600);
    await advance(3600);
    expect((await get(`/tasks/${task}`)).json.output).toEqual({ task_id: task, task_status: 'UNKNOWN' });
    const gone = await ask(url);
    expect([gone.status, /<Code>(\w+)</.exec(gone.bytes.toString())?.[1]]).toEqual([403, 'AccessDenied']);
    expect((await get('/tasks')).json.data.map((one: { task_id: string }) => one.task_id)).not.toContain(task);
    // Natively it is still there: the expiry is the vendor's.
    const native = await server.ask('/v1/generations?dialect=dashscope', { key: own });
    expect(native.json.items.at(-1)).toMatchObject({ state: 'done', films: [{ index: 0 }] });
  });

  test('an uploaded file lives 48 hours; what comes after the clock was moved is not old', async () => {
    expect((await create(oss)).status).toBe(200);
    await advance(24 * 3600);
    expect((await create(oss)).json).toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringContaining('url error'),
    });
    const fields = await leave();
    expect((await send(fields)).status).toBe(200);
    const accepted = await create(`oss://${fields.key}`);
    const { json } = await get(`/tasks/${accepted.json.output.task_id}`);
    expect(json.output.task_status).toMatch(/PENDING|RUNNING/);
    const { json: clock } = await server.ask('/v1/sandbox/clock', { key: adminKey });
    expect(clock.offsetSeconds).toBe(301 + 48 * 3600);
    expect(Date.parse(`${json.output.submit_time.replace(' ', 'T')}+08:00`)).toBeGreaterThan(
      Date.parse(clock.now) - 60_000,
    );
  });

  test('only the administrator moves it, and only forward', async () => {
    const to = (json: object, key = adminKey) => server.ask('/v1/sandbox/clock', { key, json });
    expect((await to({ advanceSeconds: 1 }, own)).status).toBe(403);
    expect((await to({ now: '2020-01-01T00:00:00Z' })).json.error.code).toBe('clock_back');
    expect((await to({ advanceSeconds: -1 })).status).toBe(400);
    expect((await to({ advanceSeconds: 1e12 })).status).toBe(400);
    expect((await to({})).status).toBe(400);
    const { json } = await to({ now: '2030-01-01T00:00:00+08:00' });
    expect(json.now).toMatch(/^2029-12-31T16:00:0/);
  });
});
