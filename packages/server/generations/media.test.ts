import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Problem } from '@refreel/core/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFilm, makeTone } from '../media/test-media.ts';
import {
  accepted,
  dataUri,
  ended,
  type Ground,
  openGround,
  ownBase,
  picture,
  sceneRequest,
  smallRequest,
  subjectRequest,
  submission,
} from './test-ground.ts';

let ground: Ground;
let base: string;
/** Paths that were asked for. */
const asked: string[] = [];

beforeAll(async () => {
  ground = await openGround();
  const red = await picture();
  base = await ground.serve(({ url = '' }, answer) => {
    asked.push(url);
    if (url.startsWith('/red.png')) return answer.setHeader('content-type', 'image/png').end(red);
    if (url === '/page') return answer.setHeader('content-type', 'text/html').end('<html></html>');
    if (url === '/disguised.png')
      return answer.setHeader('content-type', 'image/png').end('<!doctype html><html></html>');
    if (url === '/inward') return answer.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    answer.writeHead(404).end();
  });
});
afterAll(() => ground.close());

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('a URL is fetched before the film is made, once, and the request then holds its hash', async () => {
  const caller = await ground.caller();
  const url = `${base}/red.png?signature=secret`;
  const request = smallRequest({
    references: [
      { kind: 'scene', id: 'a', name: 'street', image: url },
      { kind: 'scene', id: 'b', name: 'hall', image: url },
    ],
    shots: [{ prompt: ['From ', { mention: 'a' }, ' to ', { mention: 'b' }, '.'], seconds: 1 }],
    count: 5,
    allowSplit: true,
  });
  const accepting = await accepted(ground.generations, caller, submission(request));
  expect(accepting.state).toBe('preparing');
  expect(accepting.notes.map(({ code }) => code)).not.toContain('media_unmeasured');
  const looked = await ground.generations.review(caller, request);
  expect(looked.notes.map(({ code }) => code)).toContain('media_unmeasured');
  const made = await ended(ground.generations, caller, accepting.id);
  const asset = `asset:${hashOf(await picture())}`;
  expect(made.request.references).toMatchObject([{ image: asset }, { image: asset }]);
  expect(made.films).toHaveLength(5);
  expect(asked.filter((path) => path.startsWith('/red.png'))).toHaveLength(1);
  const kept = await ground.generations.asset(caller, hashOf(await picture()));
  expect(kept).toMatchObject({
    mediaType: 'image/png',
    facts: { kind: 'image', width: 96, mask: { coverage: expect.any(Number) } },
  });
});

const failures: [string, () => string, Problem['code']][] = [
  ['404', () => `${base}/none`, 'media_status'],
  ['a page', () => `${base}/page`, 'media_content_type'],
  ['a page that is called a picture', () => `${base}/disguised.png`, 'media_type_unsupported'],
  ['a redirect inward', () => `${base}/inward`, 'media_redirect'],
  ['a port where nobody is', () => 'http://127.0.0.1:9', 'media_address_port'],
  ['a host that leads inward', () => 'http://example.com/a.png', 'media_address_forbidden'],
];

test.each(failures)('%s: a refusal with its place, at once or as a failed generation', async (_, url, code) => {
  const caller = await ground.caller();
  const outcome = await ground.generations.submit(caller, submission(subjectRequest(url())));
  const problems = outcome.ok
    ? (await ended(ground.generations, caller, outcome.value.id, 'failed')).attempts[0]!.problems
    : outcome.problems;
  expect(problems).toMatchObject([{ code, path: 'references[0].image' }]);
  expect(JSON.stringify(problems)).not.toContain(ground.folder);
});

test('what its text alone tells is refused before anything is accepted', async () => {
  const caller = await ground.caller();
  const media = [
    'http://10.0.0.1/a.png',
    'ftp://example.com/a.png',
    'http://me:word@example.com/a.png',
    '/etc/passwd',
    'data:image/png;base64,@',
  ];
  const codes: string[] = [];
  const found: unknown[] = [];
  for (const one of media) {
    const outcome = await ground.generations.submit(caller, submission(subjectRequest(one)));
    if (outcome.ok) throw new Error(one);
    codes.push(...outcome.problems.map(({ code }) => code));
    found.push(...outcome.problems.map(({ values }) => values.found));
  }
  expect(found[3]).toBe('/etc/passwd');
  expect(codes).toEqual([
    'media_address_forbidden',
    'media_address',
    'media_address_credentials',
    'media_address',
    'media_data_uri',
  ]);
  expect((await ground.generations.list(caller, { limit: 9 })).items).toEqual([]);
});

test('a URL whose medium the model does not take fails once it is measured', async () => {
  const caller = await ground.caller();
  const request = smallRequest({
    references: [{ kind: 'video', id: 'a', name: 'clip', use: 'subject', video: `${base}/red.png` }],
  });
  const { id } = await accepted(ground.generations, caller, submission(request));
  const { attempts } = await ended(ground.generations, caller, id, 'failed');
  expect(attempts[0]!.problems).toMatchObject([{ code: 'media_kind', path: 'references[0].video' }]);
});

test('data URIs are stored before the answer; a look at them stores nothing', async () => {
  const caller = await ground.caller();
  const bytes = await picture(1);
  const request = subjectRequest(dataUri(bytes));
  const looked = await ground.generations.review(caller, request);
  expect(looked).toMatchObject({ problems: [], film: { seconds: 1 } });
  expect(looked.notes.map(({ code }) => code)).not.toContain('media_unmeasured');
  expect(await ground.generations.asset(caller, hashOf(bytes))).toBeUndefined();
  const accepting = await accepted(ground.generations, caller, submission(request));
  expect(accepting.state).toBe('queued');
  expect(accepting.request.references).toMatchObject([{ image: `asset:${hashOf(bytes)}` }]);
  await ended(ground.generations, caller, accepting.id);
});

test('films and sounds are kept and used; a film that was made becomes a reference by its own address', async () => {
  const caller = await ground.caller();
  const keep = async (source: Parameters<typeof ground.generations.keep>[1]) => {
    const kept = await ground.generations.keep(caller, source);
    if (!kept.ok) throw new Error(JSON.stringify(kept.problems));
    return kept.value;
  };
  const { createReadStream } = await import('node:fs');
  const clip = await keep({
    kind: 'stream',
    content: createReadStream(makeFilm(join(ground.folder, 'clip.mp4'), { sound: true })),
    name: 'my clip.mp4',
  });
  expect(clip).toMatchObject({ name: 'my clip.mp4', mediaType: 'video/mp4', facts: { kind: 'video', width: 64 } });
  const tone = await keep({ kind: 'stream', content: createReadStream(makeTone(join(ground.folder, 't.wav'), 'wav')) });
  expect(tone.facts).toMatchObject({ kind: 'audio', channels: 1 });
  const request = smallRequest({
    references: [
      { kind: 'video', id: 'v', name: 'clip', use: 'feature', video: `asset:${clip.sha256}` },
      { kind: 'subject', id: 'a', name: 'mei', image: dataUri(await picture()), voice: `asset:${tone.sha256}` },
    ],
    audio: true,
  });
  const { id } = await accepted(ground.generations, caller, submission(request));
  const { films } = await ended(ground.generations, caller, id);

  const own = `${ownBase}/v1/generations/${id}/content?film=0`;
  const asAsset = await keep({ kind: 'url', url: own });
  expect(asAsset).toMatchObject({ sha256: films[0]!.sha256, facts: { kind: 'video', seconds: expect.any(Number) } });
  const next = smallRequest({ references: [{ kind: 'video', id: 'v', name: 'clip', use: 'subject', video: own }] });
  const second = await accepted(ground.generations, caller, submission(next));
  expect(second.request.references).toMatchObject([{ video: `asset:${films[0]!.sha256}` }]);
  await ended(ground.generations, caller, second.id);

  const stranger = await ground.caller();
  for (const url of [own, `${ownBase}/v1/assets/${clip.sha256}/content`, `${ownBase}/v1/keys`]) {
    const theirs = await ground.generations.keep(stranger, { kind: 'url', url });
    expect(theirs).toMatchObject({ ok: false, problems: [{ code: 'media_not_stored', path: 'url' }] });
  }
});

test('the same bytes give the same asset; two workspaces have a row each and one file', async () => {
  const [one, other] = [await ground.caller(), await ground.caller()];
  const bytes = await picture(2);
  const keep = (caller: typeof one, name: string) =>
    ground.generations.keep(caller, { kind: 'stream', content: Readable.from([bytes]), name });
  const all = await Promise.all([keep(one, 'a'), keep(one, 'a'), keep(one, 'a')]);
  expect(new Set(all.map((kept) => JSON.stringify(kept))).size).toBe(1);
  expect(await ground.generations.asset(other, hashOf(bytes))).toBeUndefined();
  expect(await keep(other, 'b')).toMatchObject({ ok: true, value: { sha256: hashOf(bytes), name: 'b' } });
  expect((await ground.generations.assets(one, { limit: 9 })).items).toMatchObject([{ name: 'a' }]);
  const stored: string[] = [];
  for await (const { sha256 } of ground.files.list()) stored.push(sha256);
  expect(stored.filter((sha256) => sha256 === hashOf(bytes))).toHaveLength(1);
});

test('a stored picture that holds other bytes by now fails the film at once, and says so', async () => {
  const caller = await ground.caller();
  const bytes = await picture(4321);
  await ground.generations.keep(caller, { kind: 'stream', content: Readable.from([bytes]) });
  const handle = `asset:${hashOf(bytes)}` as const;
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync((await ground.files.localPath(handle.slice(6)))!, bytes);
  const { id } = await accepted(ground.generations, caller, submission(sceneRequest(handle)));
  const { attempts } = await ended(ground.generations, caller, id, 'failed');
  expect(attempts[0]!.problems).toMatchObject([{ code: 'store_damaged', values: { found: handle.slice(6) } }]);
});

test('what is no medium, too large, or breaks off is not kept', async () => {
  const caller = await ground.caller();
  const small = await ground.reopen({
    fetchLimits: { bytes: 1000 },
    limits: { renders: 0 },
    workFolder: join(ground.folder, 'work of another'),
  });
  const keep = (text: string) => small.keep(caller, { kind: 'stream', content: Readable.from([Buffer.from(text)]) });
  expect(await keep('')).toMatchObject({ ok: false, problems: [{ code: 'media_empty', path: 'file' }] });
  expect(await keep('#EXTM3U\n')).toMatchObject({ ok: false, problems: [{ code: 'media_type_unsupported' }] });
  expect(await keep('x'.repeat(1001))).toMatchObject({ ok: false, problems: [{ code: 'media_too_large' }] });
  const broken = new Readable({ read() {} });
  broken.push('half');
  setImmediate(() => broken.destroy(new Error('the caller went away')));
  await expect(small.keep(caller, { kind: 'stream', content: broken })).rejects.toThrow('the caller went away');
  expect((await small.assets(caller, { limit: 9 })).items).toEqual([]);
  expect(readdirSync(join(ground.folder, 'work of another'))).toEqual([]);
});
