import { readFileSync } from 'node:fs';
import { plan } from '@refreel/core/animatic';
import { readRequest } from '@refreel/core/authoring';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestKey, startTestServer, type TestServer } from '../test-server.ts';

let server: TestServer;
let key: string;
let strangersKey: string;
let cat: string;
const request = () => ({
  references: [{ name: 'cat', kind: 'subject', image: `asset:${cat}` }],
  shots: [{ prompt: '@cat sits. @cat says: "The sun is up." @cat 说：“走吧！”', seconds: 3 }],
  size: '320x180',
  audio: true,
});

beforeAll(async () => {
  server = await startTestServer({ admin: true });
  key = (await makeTestKey(server, 'ours')).secret;
  strangersKey = (await makeTestKey(server, 'theirs')).secret;
  const bytes = readFileSync(new URL('../../../media/cat.png', import.meta.url));
  const kept = await server.ask('/v1/assets', { key, bytes, headers: { 'content-type': 'image/png' } });
  cat = kept.json.sha256;
}, 60_000);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
});

test('a film can be planned from the facts, and its lines are heard as long as they say', async () => {
  const { status, json } = await server.ask('/v1/drafts/facts', { key, json: request() });
  expect([status, json.problems]).toEqual([200, []]);
  const read = readRequest(request());
  if (read.request === undefined) throw new Error('the request cannot be read');
  const planned = plan(read.request, json.film, json.facts);
  expect(planned.lines.map(({ text }) => text)).toEqual(['The sun is up.', '走吧！']);
  expect(Object.values(planned.sprites).map(({ make }) => make)).toContain('cutout');
  for (const line of planned.lines) {
    expect(line.envelope.length).toBeGreaterThan(5);
    const sound = await server.ask(new URL(json.speech[line.key], server.url).href.slice(server.url.length), { key });
    expect([sound.status, sound.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect(sound.bytes.toString('latin1', 0, 4)).toBe('RIFF');
    // 16 bits at 48 kHz behind a header of 44 bytes.
    expect((sound.bytes.length - 44) / 96_000).toBeCloseTo(line.seconds, 3);
  }
});

test('the subject comes without its background, and is the same when asked again', async () => {
  const answers = await Promise.all([1, 2].map(() => server.ask(`/v1/assets/${cat}/cutout.webp`, { key })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers[0]!.bytes.equals(answers[1]!.bytes)).toBe(true);
  const { data, info } = await sharp(answers[0]!.bytes).raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(4);
  const alphaAt = (x: number, y: number) =>
    data[(Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 4 + 3]!;
  const clear = data.filter((_, index) => index % 4 === 3).filter((alpha) => alpha < 10).length;
  expect(clear / (info.width * info.height)).toBeGreaterThan(0.1);
  expect(alphaAt(0.5, 0.6)).toBeGreaterThan(240);
});

test('nobody sees what is not theirs', async () => {
  const theirs = await server.ask(`/v1/assets/${cat}/cutout.webp`, { key: strangersKey });
  expect([theirs.status, theirs.json.error.code]).toEqual([404, 'asset_unknown']);
  const facts = await server.ask('/v1/drafts/facts', { key: strangersKey, json: request() });
  expect(facts.json.facts.media).toEqual({});
  expect(facts.json.problems[0].code).toBe('media_not_stored');
});

test('a sound has no subject to be cut out', async () => {
  const wave = await server.ask('/v1/drafts/speech?line=en%7Cm1%7C50%7C160%7CHello', { key });
  const kept = await server.ask('/v1/assets', { key, bytes: wave.bytes, headers: { 'content-type': 'audio/wav' } });
  const cut = await server.ask(`/v1/assets/${kept.json.sha256}/cutout.webp`, { key });
  expect([cut.status, cut.json.error.code]).toEqual([422, 'media_kind']);
});

test.each(['', 'line=', 'line=en', 'line=en|m9|50|160|Hi', 'line=en|m1|100|160|Hi', 'line=en|m1|50|79|Hi', 'text=Hi'])(
  'a line that nobody can speak is refused: %s',
  async (query) => {
    const answer = await server.ask(`/v1/drafts/speech?${encodeURI(query).replaceAll('|', '%7C')}`, { key });
    expect([answer.status, answer.json.error.code]).toEqual([400, 'invalid_request']);
  },
);

test('what is too long to be spoken is said beside what was measured', async () => {
  const json = { ...request(), shots: [{ prompt: `@cat says: "${'word '.repeat(450)}"`, seconds: 3 }] };
  const answer = await server.ask('/v1/drafts/facts', { key, json });
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.json.facts.media)).toHaveLength(1);
  expect(answer.json.problems.length).toBeGreaterThan(0);
});
