import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findCard } from '@refreel/core/catalog';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test-server.ts';

let server: TestServer;
/** Whoever asks for it is told that there is none. */
const files = createServer((_, response) => response.writeHead(404).end());
let missing: string;
const card = findCard('wan2.7-r2v') as { looksAtMedia?: { at: 'submit'; source: string } };
beforeAll(async () => {
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  missing = `http://127.0.0.1:${(files.address() as AddressInfo).port}/a.png`;
  server = await startTestServer({ environment: { REFREEL_ALLOW_PRIVATE: '127.0.0.1' } });
}, 60_000);
afterAll(async () => {
  delete card.looksAtMedia;
  files.close();
  expect(server.faults).toEqual([]);
  await server.remove();
});

const base = '/dashscope/api/v1';
const create = () =>
  server.ask(`${base}/services/aigc/video-generation/video-synthesis`, {
    key: 'sk-x',
    headers: { 'x-dashscope-async': 'enable' },
    json: { model: 'wan2.7-r2v', input: { prompt: '图1。', media: [{ type: 'reference_image', url: missing }] } },
  });

test('what cannot be fetched fails late, in the vendor’s late clothes', async () => {
  const { status, json } = await create();
  expect(status).toBe(200);
  const { task_id: id } = json.output;
  let output = json.output;
  for (let left = 300; output.task_status !== 'FAILED' && left > 0; left -= 1) {
    await new Promise((go) => setTimeout(go, 100));
    output = (await server.ask(`${base}/tasks/${id}`, { key: 'sk-x' })).json.output;
  }
  expect(output).toEqual({
    ...{ task_id: id, task_status: 'FAILED', code: 'InvalidParameter' },
    message: expect.stringContaining('reference 1 (url)'),
  });
}, 60_000);

test('of a vendor that looks at media before it answers it is refused at once', async () => {
  card.looksAtMedia = { at: 'submit', source: 'ours' };
  expect(await create()).toMatchObject({
    status: 400,
    json: { message: expect.stringContaining('reference 1 (url)') },
  });
}, 60_000);
