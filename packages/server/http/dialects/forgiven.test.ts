import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

// What a vendor's page forgives is forgiven here: the vendor's own answer to what it accepts, and in a header what was done otherwise.

let server: TestServer;
let cup: string;
beforeAll(async () => {
  server = await startTestServer({}, { generations: { limits: { renders: 0 } } });
  const picture = sharp({ create: { width: 512, height: 512, channels: 3, background: 'teal' } });
  const bytes = new Uint8Array(await picture.png().toBuffer());
  cup = (await server.ask('/v1/assets', { bytes, headers: { 'content-type': 'image/png' } })).json.url;
}, 60_000);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

const dashscope = (input: object, parameters: object = {}) => ({
  path: '/dashscope/api/v1/services/aigc/video-generation/video-synthesis',
  headers: { 'x-dashscope-async': 'enable' },
  body: { model: 'wan2.7-r2v', input, parameters: { resolution: '720P', ...parameters } },
  accepts: { output: { task_status: 'PENDING' } },
});
const venice = (body: object) => ({
  path: '/venice/api/v1/video/queue',
  headers: {},
  body: { duration: '5', ...body },
  accepts: { queue_id: expect.any(String) },
});
const reference = () => ({ type: 'reference_image', url: cup });

test.each([
  [
    'a fifth picture of Qiniu’s image_list',
    () => ({
      path: '/qiniu/v1/videos',
      headers: {},
      body: { model: 'kling-video-o1', prompt: '雨', image_list: Array.from({ length: 5 }, () => ({ image: cup })) },
      accepts: { object: 'video', status: 'queued' },
    }),
    'setting_ignored image_list%5B4%5D',
  ],
  [
    'DashScope’s ratio beside a first frame',
    () =>
      dashscope({ prompt: '图1走', media: [{ ...reference(), type: 'first_frame' }, reference()] }, { ratio: '9:16' }),
    'ratio_follows ratio',
  ],
  [
    'a prompt past DashScope’s limit',
    () => dashscope({ prompt: `图1走${'雨'.repeat(5000)}`, media: [reference()] }),
    'prompt_cut shots%5B0%5D.prompt',
  ],
  [
    'what the Python client of DashScope sends besides',
    () => dashscope({ prompt: '图1走', media: [reference()], extend_prompt: true, function: 'video-synthesis' }),
    'setting_ignored input.extend_prompt, setting_ignored input.function',
  ],
  [
    'Baicai’s aspect_ratio',
    () => ({
      path: '/baicai/v1/videos/generations',
      headers: {},
      body: {
        selected_model: 'PixVerse-v4.5-MR2V',
        input: {
          ...{ prompt: '@cup steams', resolution: '360p', duration: 5, aspect_ratio: '16:9' },
          mutil_reference: [{ type: 'subject', name: 'cup', urls: [cup] }],
        },
      },
      accepts: { code: 0, data: { taskId: expect.any(String) } },
    }),
    'ratio_follows ratio',
  ],
  [
    'Grok’s prompt without tags',
    () => venice({ model: 'grok-imagine-reference-to-video', prompt: 'steam', referenceImageUrls: [cup] }),
    'mentions_prepended shots%5B0%5D.prompt',
  ],
  [
    'a key that Venice does not know',
    () =>
      venice({
        ...{ model: 'kling-o3-pro-reference-to-video', prompt: '@Element1 steams', seed: 7 },
        elements: [{ frontal_image_url: cup }],
      }),
    'setting_ignored seed',
  ],
])('%s is accepted as the vendor accepts it, and told', async (_, asking, told) => {
  const { path, headers, body, accepts } = asking();
  const answer = await server.ask(path, { key: 'sk-x', headers, json: body });
  expect(answer.status, JSON.stringify(answer.json)).toBe(200);
  expect(answer.json).toMatchObject(accepts);
  expect(answer.headers.get('x-refreel-notes')).toContain(told);
});
