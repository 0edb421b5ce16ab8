import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainProblem, type Problem } from '@refreel/core/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFilm, pngChunk } from '../../packages/server/media/test-media.ts';
import { type CommandOptions, media, refreel } from './command.ts';
import { openCommands } from './commands.ts';

const { run, close } = openCommands();
let folder: string;
let temporary: string;
let number = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refreel-refusals-test-'));
  temporary = join(folder, 'temporary');
  await mkdir(temporary);
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

/** A folder with a film that was made earlier. */
async function workplace(): Promise<{ place: string; film: string }> {
  const place = join(folder, `place-${number++}`);
  await mkdir(place);
  const film = join(place, 'film.mp4');
  await writeFile(film, 'an earlier film');
  return { place, film };
}

interface Refused {
  readonly exit: number;
  readonly problems: readonly Problem[];
}

/** Renders what must be refused, and looks that nothing was left behind and nothing was touched. */
async function refusedRender(
  request: string | Uint8Array | Record<string, unknown>,
  flags: readonly string[] = [],
  options: Pick<CommandOptions, 'environment'> & { readonly name?: string } = {},
): Promise<Refused> {
  const { place, film } = await workplace();
  const text = typeof request === 'string' || request instanceof Uint8Array ? request : JSON.stringify(request);
  const name = options.name ?? 'request.yaml';
  await writeFile(join(place, name), text);
  const before = (await readdir(place)).sort();
  const environment = { PATH: process.env.PATH ?? '', TMPDIR: temporary };
  const ran = await run(['render', name, '-o', film, '--json', ...flags], { environment, ...options, cwd: place });
  expect(ran.stderr).toBe('');
  const answer = JSON.parse(ran.stdout) as { ok: boolean; problems: (Problem & { message: string; remedy: string })[] };
  expect(answer.ok).toBe(false);
  expect(answer.problems.length).toBeGreaterThan(0);
  for (const found of answer.problems) assertWords(found);
  expect((await readdir(place)).sort()).toEqual(before);
  if (before.includes('film.mp4')) expect(await readFile(film, 'utf8')).toBe('an earlier film');
  return { exit: ran.code ?? -1, problems: answer.problems };
}

/** Every place of every text is filled, in both languages. */
function assertWords(found: Problem): void {
  for (const language of ['en', 'zh'] as const) {
    const { message, remedy } = explainProblem(found, language);
    expect(`${message} ${remedy}`, found.code).not.toMatch(/\{\w+\}|undefined|\[object/);
  }
}

const messageOf = (found: Problem | undefined, language: 'en' | 'zh') =>
  found === undefined ? '' : explainProblem(found, language).message;

test('every bad medium of a request is named, with what it is and what would be taken', async () => {
  const called: string[] = [];
  const server = createServer((request, response) => {
    called.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/segment.ts`;
  const { place, film } = await workplace();
  const at = (name: string) => join(place, name);
  const picture = await readFile(join(media, 'cat.png'));
  const photograph = await readFile(join(media, 'rocket.jpg'));
  await mkdir(at('a-folder'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [at('pipe.png')]);
  await writeFile(at('empty.png'), '');
  await writeFile(at('page.png'), '<!doctype html><html><body>404</body></html>');
  await writeFile(at('drawing.png'), '<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>');
  await writeFile(
    at('list.mp4'),
    `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${address}\n#EXTINF:5,\n/etc/passwd\n`,
  );
  await writeFile(at('half.png'), picture.subarray(0, picture.length / 2));
  await writeFile(at('half.jpg'), photograph.subarray(0, photograph.length / 2));
  await writeFile(at('bomb.png'), bomb(60_000, 60_000));
  makeFilm(at('film-as-picture.png'), { frames: 5 });
  makeFilm(at('long.mp4'), { frames: 121, fps: 1 });
  const whole = await readFile(makeFilm(at('whole.mp4'), { frames: 10 }));
  await writeFile(at('half.mp4'), whole.subarray(0, whole.length - 200));
  await writeFile(at('huge.png'), picture);
  await truncate(at('huge.png'), 201 * 1024 * 1024);

  const expected: [medium: Record<string, string>, code: Problem['code'], en: RegExp, zh: RegExp][] = [
    [{ image: 'nowhere.png' }, 'media_missing', /nowhere\.png/, /nowhere\.png/],
    [{ image: 'a-folder' }, 'media_unreadable', /a-folder/, /a-folder/],
    [{ image: 'pipe.png' }, 'media_unreadable', /pipe\.png/, /pipe\.png/],
    [{ image: '/dev/zero' }, 'media_unreadable', /\/dev\/zero/, /\/dev\/zero/],
    [{ image: 'empty.png' }, 'media_empty', /no bytes/, /空文件/],
    [{ image: 'page.png' }, 'media_type_unsupported', /an HTML page; pictures \(PNG/, /HTML 网页；支持图像/],
    [{ image: 'drawing.png' }, 'media_type_unsupported', /an SVG drawing/, /SVG 矢量图/],
    [{ video: 'list.mp4' }, 'media_type_unsupported', /an HLS playlist/, /HLS 播放列表/],
    [{ image: 'half.png' }, 'media_truncated', /ends too early/, /不完整/],
    [{ image: 'half.jpg' }, 'media_truncated', /ends too early/, /不完整/],
    [{ video: 'half.mp4' }, 'media_truncated', /ends too early/, /不完整/],
    [
      { image: 'bomb.png' },
      'media_too_many_pixels',
      /3,600 megapixels; at most 100 megapixels/,
      /36 亿像素；最多解码 1 亿像素/,
    ],
    [{ image: 'film-as-picture.png' }, 'media_kind', /is a film; it must be a picture/, /是视频，应为图像/],
    [{ image: 'https://example.com/a.png' }, 'media_remote', /example\.com/, /example\.com/],
    [{ image: 'huge.png' }, 'media_too_large', /has 201 MB .*at most 200 MB/, /为 201 MB.*最多读取 200 MB/],
    [{ video: 'long.mp4' }, 'media_too_long', /lasts 121 s; at most 120 s/, /时长 121 秒；最多 120 秒/],
  ];
  const references = expected.map(([medium], index) => ({ name: `one${index}`, ...medium }));
  await writeFile(at('request.yaml'), JSON.stringify({ prompt: 'Everybody dances.', references }));
  const before = readdirSync(place).sort();
  const environment = { PATH: process.env.PATH ?? '', TMPDIR: temporary };
  const ran = await refreel(['render', 'request.yaml', '-o', film, '--json'], { cwd: place, environment });
  server.close();
  const { problems } = JSON.parse(ran.stdout) as { problems: Problem[] };
  for (const [index, [medium, code, en, zh]] of expected.entries()) {
    const path = `references[${index}].${Object.keys(medium)[0]}`;
    if ('image' in medium && medium.image === 'pipe.png' && process.platform === 'win32') continue;
    const found = problems.find((one) => one.path === path);
    expect(found?.code, `${path}: ${JSON.stringify(medium)}`).toBe(code);
    expect(messageOf(found, 'en')).toMatch(en);
    expect(messageOf(found, 'zh')).toMatch(zh);
    expect(messageOf(found, 'en')).toContain(path);
    assertWords(found!);
  }
  expect(problems).toHaveLength(expected.length);
  expect(ran.code).toBe(3);
  expect(called).toEqual([]);
  expect(readdirSync(place).sort()).toEqual(before);
  expect(readFileSync(film, 'utf8')).toBe('an earlier film');
});

/** A PNG of a few bytes that says that it is enormous. */
function bomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = pngChunk('IDAT', Buffer.from([0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]));
  return Buffer.concat([signature, pngChunk('IHDR', header), data, pngChunk('IEND', new Uint8Array())]);
}

test('a picture that a model finds too small is refused before anything is sent or drawn', async () => {
  const { exit, problems } = await refusedRender({
    model: 'wan2.7-r2v',
    prompt: '@mei walks.',
    references: [{ name: 'mei', image: tiny }],
  });
  const found = problems.find(({ code }) => code === 'media_too_small');
  expect(found?.path).toBe('references[0].image');
  expect(messageOf(found, 'en')).toMatch(/1x1 pixels; wan2\.7-r2v needs at least \d+/);
  expect(exit).toBe(3);
});

const tiny =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const words = 'A dog runs.';
const shots = (count: number, seconds: number) => Array.from({ length: count }, () => ({ prompt: words, seconds }));
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `p${index}`, image: tiny }));

describe('what a request says', () => {
  const cases: [
    label: string,
    request: string | Uint8Array | Record<string, unknown>,
    code: Problem['code'],
    path: string,
    en: RegExp,
    zh: RegExp,
  ][] = [
    ['an empty prompt', { prompt: '' }, 'prompt_empty', 'shots[0].prompt', /is empty/, /为空/],
    ['a prompt of spaces', { prompt: ' \n\t ' }, 'prompt_empty', 'shots[0].prompt', /is empty/, /为空/],
    ['nothing at all', '{}', 'prompt_empty', 'shots[0].prompt', /is empty/, /为空/],
    ['an unknown model', { model: 'sora-3', prompt: words }, 'unknown_model', 'model', /"sora-3"/, /“sora-3”/],
    [
      'a mention of nothing',
      { prompt: '@nobody and @p0 walk.', references: people(1) },
      'unknown_mention',
      'shots[0].prompt',
      /"@nobody"/,
      /“@nobody”/,
    ],
    [
      'too many references',
      { prompt: words, references: people(17) },
      'too_many',
      'references',
      /at most 16 .*found 17/,
      /最多 16 个.*17 个/,
    ],
    [
      'two of one name',
      { prompt: words, references: [...people(1), ...people(1)] },
      'duplicate_name',
      'references[1].name',
      /"p0"/,
      /“p0”/,
    ],
    ['a misspelt field', { promt: words }, 'unknown_field', 'promt', /promt is not a field/, /没有 promt/],
    [
      'a misspelt field of a reference',
      { prompt: words, references: [{ name: 'mei', imgae: 'a.png' }] },
      'unknown_field',
      'references[0].imgae',
      /imgae/,
      /imgae/,
    ],
    ['seconds that are no number', 'prompt: x\nseconds: .nan', 'invalid_request', 'seconds', /NaN/, /NaN/],
    [
      'seconds below nothing',
      { prompt: words, seconds: -2 },
      'invalid_request',
      'seconds',
      /is -2, .*more than 0/,
      /大于 0/,
    ],
    ['endless seconds', 'prompt: x\nseconds: .inf', 'invalid_request', 'seconds', /seconds/, /seconds/],
    [
      'more seconds than there are',
      { prompt: words, seconds: 1e9 },
      'setting_not_offered',
      'shots[0].seconds',
      /1000000000; animatic offers 1 to 60/,
      /1000000000；animatic 可选 1 至 60/,
    ],
    [
      'shots that last too long together',
      { shots: shots(7, 10) },
      'shots_seconds',
      'shots',
      /last 70 s .*1 to 60/,
      /共 70 秒.*1 至 60/,
    ],
    [
      'a thousand shots',
      { shots: shots(1000, 0.05) },
      'too_many_shots',
      'shots',
      /1000 shots; .*at most 30/,
      /1000.*30/,
    ],
    ['no shots', { shots: [] }, 'invalid_request', 'shots', /shots/, /shots/],
    ['an odd size', { prompt: words, size: '1281x720' }, 'size_odd', 'size', /1281x720/, /1281x720/],
    ['a vast size', { prompt: words, size: '20000x20000' }, 'format_not_offered', 'size', /20000x20000/, /20000x20000/],
    ['a size without pixels', { prompt: words, size: '0x0' }, 'format_not_offered', 'size', /size 0x0/, /0x0/],
    ['a size that is none', { prompt: words, size: 'large' }, 'invalid_request', 'size', /1280x720/, /1280x720/],
    ['no frames a second', { prompt: words, fps: 0 }, 'invalid_request', 'fps', /is 0, .*more than 0/, /大于 0/],
    [
      'too many frames a second',
      { prompt: words, fps: 1000 },
      'setting_not_offered',
      'fps',
      /1000.*1 to 60/,
      /1000.*1 至 60/,
    ],
    ['a negative seed', { prompt: words, seed: -1 }, 'invalid_request', 'seed', /seed/, /seed/],
    ['a prompt beside shots', { prompt: words, shots: shots(1, 1) }, 'invalid_request', 'prompt', /shots/, /shots/],
    [
      'a medium that is no data URI',
      { prompt: words, startFrame: 'data:image/png,abc' },
      'invalid_request',
      'startFrame',
      /base64/,
      /base64/,
    ],
    ['a list', '- a\n- b\n', 'request_unreadable', 'request', /it is a list/, /列表/],
    ['a number', '42', 'request_unreadable', 'request', /holds no fields/, /没有字段/],
    ['broken YAML', 'prompt: "open\nsize: [1', 'request_unreadable', 'request', /line 1|quote/i, /line 1|quote/i],
    ['a film', Buffer.from([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70]), 'request_unreadable', 'request', /UTF-8/, /UTF-8/],
    ['a Chinese text in GBK', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), 'request_unreadable', 'request', /UTF-8/, /UTF-8/],
    ['50 MB', Buffer.alloc(50 * 1024 * 1024, 'a'), 'request_unreadable', 'request', /larger than 2 MB/, /超过 2 MB/],
    ['aliases without end', laughs(), 'request_unreadable', 'request', /alias/i, /alias/i],
    ['brackets without end', `prompt: ${'['.repeat(60_000)}`, 'request_unreadable', 'request', /./, /./],
  ];
  test.for(cases)('%s', async ([, request, code, path, en, zh]) => {
    const { exit, problems } = await refusedRender(request);
    const found = problems.find((one) => one.code === code);
    expect(found, JSON.stringify(problems)).toBeDefined();
    expect(found!.path).toBe(path);
    expect(messageOf(found, 'en')).toMatch(en);
    expect(messageOf(found, 'zh')).toMatch(zh);
    expect(exit).toBe(3);
  });

  test('known fields are named where one is misspelt', async () => {
    const { problems } = await refusedRender({ prompt: words, references: [{ name: 'mei', imgae: 'a.png' }] });
    expect(explainProblem(problems[0]!, 'en').remedy).toContain('image, angles');
  });
});

/** "Billion laughs": a few lines that would be ten million words. */
function laughs(): string {
  const lines = ['a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]'];
  for (let depth = 1; depth < 8; depth += 1)
    lines.push(`a${depth}: &a${depth} [${Array.from({ length: 10 }, () => `*a${depth - 1}`).join(', ')}]`);
  return lines.join('\n');
}

describe('where the film goes', () => {
  const request = { prompt: words, size: '64x64', seconds: 1 };
  const refused = (flags: readonly string[], options: Pick<CommandOptions, 'environment'> = {}) =>
    refusedRender(request, flags, options);
  /** The later `-o` counts. */
  const into = (file: string) => ['-o', file];

  test.for([
    ['a folder', '.', /it is a folder/, /目录/],
    ['a folder that is not there', 'no/such/film.mp4', /the folder does not exist/, /目录不存在/],
    ['below a file', 'request.yaml/film.mp4', /a part of the path is a file/, /是文件/],
    ['a name that is too long', `${'长'.repeat(90)}.mp4`, /the name is too long/, /文件名过长/],
    ['the request itself', 'request.yaml', /it is the request itself/, /请求文件/],
  ] as const)('%s', async ([, output, en, zh]) => {
    const { exit, problems } = await refused(into(output));
    expect(problems[0]).toMatchObject({ code: 'output_unwritable', path: 'output' });
    expect(messageOf(problems[0], 'en')).toMatch(en);
    expect(messageOf(problems[0], 'zh')).toMatch(zh);
    expect(exit).toBe(4);
  });

  test.skipIf(process.platform === 'win32')('a pipe is not replaced by a film', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const { exit, problems } = await refused(into(pipe));
    expect(messageOf(problems[0], 'en')).toContain('a device or a pipe');
    expect((await stat(pipe)).isFIFO()).toBe(true);
    expect(exit).toBe(4);
  });

  test('one of its own pictures', async () => {
    const picture = join(folder, 'own.png');
    await writeFile(picture, Buffer.from(tiny.split(',')[1]!, 'base64'));
    const references = [{ name: 'mei', image: picture }];
    const { exit, problems } = await refusedRender({ prompt: '@mei walks.', references }, into(picture));
    expect(messageOf(problems.at(-1), 'en')).toContain("it is one of the film's own media");
    expect((await stat(picture)).size).toBeLessThan(100);
    expect(exit).toBe(4);
  });

  test('nowhere for temporary files', async () => {
    const { exit, problems } = await refused([], {
      environment: { PATH: process.env.PATH ?? '', TMPDIR: join(folder, 'nowhere') },
    });
    expect(problems[0]?.code).toBe('output_unwritable');
    expect(messageOf(problems[0], 'en')).toContain('nowhere');
    expect(exit).toBe(4);
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a folder without permission', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed);
    await chmod(closed, 0o555);
    const { exit, problems } = await refused(into(join(closed, 'film.mp4')));
    expect(messageOf(problems[0], 'en')).toContain('permission is denied');
    expect(exit).toBe(4);
  });

  // A file system of its own can only be made by root.
  describe.skipIf(!canMount())('on a disk of its own', () => {
    let disk: string;
    beforeAll(async () => {
      disk = join(folder, 'disk');
      await mkdir(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', disk]);
      await writeFile(join(disk, 'film.mp4'), 'an earlier film');
    });
    afterAll(() => {
      execFileSync('umount', [disk]);
    });

    test('that is full', async () => {
      const big = { prompt: 'A dog runs through a forest in the rain.', size: '1280x720', seconds: 3 };
      const { exit, problems } = await refusedRender(big, into(join(disk, 'film.mp4')));
      expect(problems[0]).toMatchObject({ code: 'disk_full', path: 'output' });
      expect(messageOf(problems[0], 'en')).toContain(join(disk, 'film.mp4'));
      expect(messageOf(problems[0], 'zh')).toContain('磁盘已满');
      expect(exit).toBe(4);
      expect(await readdir(disk)).toEqual(['film.mp4']);
      expect(await readFile(join(disk, 'film.mp4'), 'utf8')).toBe('an earlier film');
    });

    test('that is read-only', async () => {
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      const { exit, problems } = await refused(into(join(disk, 'new.mp4')));
      expect(problems[0]).toMatchObject({ code: 'output_unwritable', path: 'output' });
      expect(messageOf(problems[0], 'en')).toContain('the disk is read-only');
      expect(exit).toBe(4);
      expect(await readdir(disk)).toEqual(['film.mp4']);
    });
  });
});

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const probe = join(tmpdir(), `refreel-mount-${process.pid}`);
  const script = 'mkdir "$1" && mount -t tmpfs -o size=64k tmpfs "$1" && umount "$1"; code=$?; rmdir "$1"; exit $code';
  return spawnSync('/bin/sh', ['-c', script, 'sh', probe]).status === 0;
}

test('nothing is left in the folder for temporary files', async () => {
  expect(await readdir(temporary)).toEqual([]);
});
