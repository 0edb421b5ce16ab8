import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestApp, post, requestTo, type TestApp } from '../../test-app.ts';
import { endWaiting } from '../../test-end.ts';

// What Qiniu's page says of a life after its acceptance. Films are accepted over HTTP and ended by hand.

let app: TestApp;
let picture: string;
beforeAll(async () => {
  app = await openTestApp();
  const drawn = sharp({ create: { width: 512, height: 512, channels: 3, background: 'teal' } });
  picture = (await drawn.png().toBuffer()).toString('base64');
}, 60_000);
afterAll(async () => {
  expect(app.faults).toEqual([]);
  await app.close();
});

const auth = { authorization: 'Bearer sk-x' };
const videos = async (path: string, json?: object) => {
  const at = `/qiniu/v1/videos${path}`;
  const answer = await app.fetch(json === undefined ? requestTo(at, { headers: auth }) : post(at, json, auth));
  return { status: answer.status, json: JSON.parse(await answer.text()) };
};
const native = async () => JSON.parse(await (await app.fetch(requestTo('/v1/generations?dialect=qiniu'))).text()).items;
const o1 = () => ({
  ...{ model: 'kling-video-o1', prompt: '人在奔跑', seconds: '10', size: '1920x1080', mode: 'std' },
  image_list: [{ image: picture }, { image: picture, type: 'first_frame' }],
});

test('what its owner takes back by the native API is "cancelled"', async () => {
  const { json } = await videos('', { model: 'sora-2', prompt: '雨' });
  expect(json.status).toBe('queued');
  const [{ id }] = await native();
  await app.fetch(post(`/v1/generations/${id}/cancel`, {}));
  expect((await videos(`/${json.id}`)).json).toMatchObject({ id: json.id, status: 'cancelled', seconds: '4' });
});

test('what moderation refuses late is told as in its FAQ: with completed_at, seconds and size', async () => {
  const { json } = await videos('', { model: 'sora-2', prompt: '雨', seconds: '12', size: '1280x720' });
  expect(await endWaiting(app.database.connection, false)).toBe(1);
  const failed = await videos(`/${json.id}`);
  expect(failed).toEqual({
    status: 200,
    json: {
      ...{ id: json.id, object: 'video', model: 'sora-2', status: 'failed', created_at: expect.any(Number) },
      ...{ updated_at: expect.any(Number), completed_at: failed.json.updated_at, seconds: '12', size: '1280x720' },
      error: { code: 'moderation_blocked', message: 'Your request was blocked by our moderation system.' },
    },
  });
});

describe('a remix', () => {
  test('inherits model, seconds, size, mode and references of its source, and says of what it is one', async () => {
    const source = (await videos('', o1())).json;
    expect(await endWaiting(app.database.connection, true)).toBe(1);
    const remix = await videos(`/${source.id}/remix`, { prompt: '将场景改为夜晚' });
    expect(remix).toMatchObject({
      status: 200,
      json: { model: 'kling-video-o1', seconds: '10', size: '1920x1080', mode: 'std' },
    });
    expect(remix.json.id).not.toBe(source.id);
    const [made, from] = await native();
    expect(made).toMatchObject({ remixOf: from.id, request: { shots: [{ prompt: ['将场景改为夜晚'], seconds: 10 }] } });
    const { shots: _, from: __, ...inherited } = made.request;
    const { shots: ___, ...settings } = from.request;
    expect(inherited).toEqual(settings);
    expect(inherited).toMatchObject({ references: [{ kind: 'image' }], startFrame: expect.stringMatching(/^asset:/) });
  });

  test('of what is not finished, of what is not there, and without words: three faults', async () => {
    const source = (await videos('', o1())).json;
    const code = async (id: string, json: object) => {
      const { status, json: refused } = await videos(`/${id}/remix`, json);
      return `${status} ${refused.error.code} ${refused.error.param}`;
    };
    const faults = [
      await code(source.id, { prompt: '夜晚' }),
      await code('qvideo-none-1', { prompt: '夜晚' }),
      await code(source.id, { prompt: ' ' }),
    ];
    expect(faults).toEqual(['400 video_not_completed id', '404 not_found id', '400 invalid_value prompt']);
    await endWaiting(app.database.connection, true);
  });
});
