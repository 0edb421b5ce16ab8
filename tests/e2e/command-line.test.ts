import { execFileSync, spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { cards } from '@refreel/core/catalog';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectFilm } from '../../packages/server/media/film/inspect.ts';
import { type CommandOptions, media, otherNode, pinnedNode, refreel, root } from './command.ts';
import { openCommands } from './commands.ts';

let folder: string;
let number = 0;
const { run, close } = openCommands();

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'refreel-command-test-')));
  await sharp(Buffer.from(cat)).png().toFile(join(folder, 'cat.png'));
  await sharp(Buffer.from(cat)).flip().tint('#208040').png().toFile(join(folder, 'side.png'));
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

/** Free of any background already, so that nothing has to be cut out. */
const cat = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480"><ellipse cx="240" cy="240" rx="150" ry="200" fill="#d08020"/></svg>`;

/** A folder with a request for a tiny film, and pictures beside it. */
async function workplace(name = `place-${number++}`): Promise<string> {
  const place = join(folder, name);
  await mkdir(join(place, 'pictures'), { recursive: true });
  await copyFile(join(folder, 'cat.png'), join(place, 'pictures', 'cat.png'));
  await copyFile(join(folder, 'side.png'), join(place, 'pictures', 'side.png'));
  await copyFile(join(media, 'sunset.jpg'), join(place, 'pictures', 'hill.jpg'));
  await writeFile(
    join(place, 'request.yaml'),
    [
      'references:',
      '  - { name: tom, image: pictures/cat.png }',
      '  - { name: hill, kind: scene, image: pictures/hill.jpg }',
      'prompt: "Close-up, slow push in. @tom sits on @hill. @tom says: \\"Hello.\\""',
      'seconds: 1',
      'size: 64x64',
    ].join('\n'),
  );
  return place;
}

/** What a vendor that takes no transparency is shown, and nobody cuts anything out of. */
const opaque = ['--image', `tom=${join(media, 'cat.png')}`];

const drawing = ['render', 'request.yaml', '-o', 'film.mp4'];
const render = (place: string, args: readonly string[] = []) => run([...drawing, ...args], { cwd: place });
/** In a process of its own. */
const renderAlone = (place: string, args: readonly string[] = [], options: CommandOptions = {}) =>
  refreel([...drawing, ...args], { cwd: place, ...options });

async function expectFilm(file: string): Promise<void> {
  expect(await inspectFilm(file)).toMatchObject({ width: 64, height: 64, decodes: true, faststart: true });
}

describe('help', () => {
  test('names every command, and every option of each', { timeout: 240_000 }, async () => {
    const all = await refreel(['--help']);
    expect(all.code).toBe(0);
    const asking = ['generate', 'remix', 'get', 'list', 'cancel', 'download', 'upload', 'usage'];
    for (const command of ['render', 'check', 'quote', 'advise', 'models', 'doctor', 'backup', 'restore', ...asking]) {
      expect(all.stdout).toContain(command);
      const help = await run([command, '--help']);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toMatch(/--json/);
      expect(help.stdout).toMatch(/--lang/);
      // A key is no option: command lines are seen by all.
      expect([/--server/.test(help.stdout), /--key-file/.test(help.stdout)]).toEqual(
        asking.includes(command) ? [true, true] : [false, false],
      );
      expect(help.stdout).not.toMatch(/--key /);
    }
    const { stdout } = await run(['render', '--help']);
    for (const flag of ['--subject', '--scene', '--start-frame', '--plan', '--quiet', '--no-draft-mark', '--voice'])
      expect(stdout).toContain(flag);
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'packages/cli/package.json'), 'utf8'));
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });
});

test('a wrong command line ends with 2, says why, and does nothing', async () => {
  const place = await workplace();
  const before = (await readdir(place)).sort();
  const cases: [args: string[], says: RegExp][] = [
    [['paint'], /unknown command 'paint'/],
    [['render', 'request.yaml'], /required option '-o, --output/],
    [['render', '-o', 'film.mp4'], /name a request file/],
    [['render', 'request.yaml', '-o', 'film.mp4', '--size'], /argument missing/],
    [['render', 'request.yaml', '-o', 'film.mp4', '--sise', '64x64'], /unknown option '--sise'/],
    [['render', 'request.yaml', '-o', 'film.mp4', '--seconds', 'two'], /'two' is invalid. It must be a number/],
    [['render', 'request.yaml', '-o', 'film.mp4', '--fps', ''], /must be a number/],
    [['render', 'request.yaml', '-o', 'film.mp4', '--encoder', 'x265'], /Allowed choices are node-av, ffmpeg/],
    [['render', 'request.yaml', '-o', 'film.mp4', '--voice', 'nobody=a.wav'], /--voice nobody: no reference/],
    [['render', 'request.yaml', '-o', 'film.mp4', '--subject', 'mei'], /"mei" must be name=file/],
    [['render', 'request.yaml', '-o', 'film.mp4', '--video', 'mei=a.mp4,b.mp4'], /names 2 files; it takes one/],
    [['check'], /name a request file/],
    [['check', 'request.yaml', '--lang', 'fr'], /Allowed choices are en, zh/],
    [['models', '--seconds', 'long'], /must be a number/],
    [['models', '--input', 'smell'], /"smell" is none of reference, subject/],
  ];
  for (const [args, says] of cases) {
    const { code, stdout, stderr } = await run(args, { cwd: place });
    expect(stderr, args.join(' ')).toMatch(says);
    expect(stdout).toBe('');
    expect(code, args.join(' ')).toBe(2);
  }
  expect((await readdir(place)).sort()).toEqual(before);
});

describe('looks', () => {
  const seen: Record<string, string> = {};

  test.for(['en', 'zh'] as const)('check, quote and advise in %s', async (language) => {
    const place = await workplace();
    const flags = ['request.yaml', '--model', 'wan2.7-r2v', '--seconds', '5', '--size', '1280x720', '--lang', language];
    for (const look of ['check', 'quote', 'advise']) {
      const { code, stdout, stderr } = await run([look, ...flags, ...opaque], { cwd: place });
      expect(stderr).toBe('');
      expect(code).toBe(0);
      seen[`${look} ${language}`] = stdout;
    }
    expect(await readdir(place)).not.toContain('film.mp4');
  });

  test('tell the film, the price and its source, and what to do better', () => {
    expect(seen['check en']).toMatch(/^The request can be made\.\nFilm: 1280x720, 30 fps, 5 s/);
    expect(seen['check zh']).toMatch(/^请求可以生成。\n影片：1280x720，每秒 30 帧，5 秒/);
    expect(seen['quote en']).toMatch(/5 s × ¥0\.60 = ¥3\.00/);
    expect(seen['quote zh']).toMatch(/5 秒 × ¥0\.60 = ¥3\.00/);
    expect(seen['advise en']).toMatch(/Advice for a better film:\n {2}· .+\n {4}→ /);
    expect(seen['advise zh']).toMatch(/改进建议：\n {2}· .+\n {4}→ /);
  });

  test('in Chinese say nothing in English but names', () => {
    for (const look of ['check zh', 'quote zh', 'advise zh'])
      for (const line of (seen[look] ?? '').split('\n').filter((one) => one !== '' && !/来源|\(/.test(one)))
        expect(line, look).toMatch(/[\p{Script=Han}]/u);
  });

  test('as JSON hold everything', async () => {
    const place = await workplace();
    const { code, stdout } = await run(['check', 'request.yaml', '--json', '--model', 'wan2.7-r2v'], {
      cwd: place,
    });
    const answer = JSON.parse(stdout);
    expect(Object.keys(answer)).toEqual(
      expect.arrayContaining([
        'ok',
        'problems',
        'notes',
        'film',
        'quote',
        'typicalSeconds',
        'prompt',
        'tags',
        'advice',
      ]),
    );
    // One second is less than this model makes, and 64 pixels are not what it offers.
    expect(code).toBe(3);
    expect(answer.ok).toBe(false);
    expect(answer.problems[0]).toMatchObject({ code: expect.any(String), path: expect.any(String) });
    expect(answer.problems[0].message).not.toBe('');
    expect(answer.problems[0].remedy).not.toBe('');
  });

  test('take their language from the terminal where no flag says it', async () => {
    const place = await workplace();
    const environment = { PATH: process.env.PATH ?? '', LANG: 'zh_CN.UTF-8' };
    const { stdout } = await refreel(['check', 'request.yaml'], { cwd: place, environment });
    expect(stdout).toContain('请求可以生成');
  });
});

describe('models', () => {
  const widthOf = (line: string) =>
    [...line].reduce((sum, letter) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(letter) ? 2 : 1), 0);

  test.for(['en', 'zh'])('are listed within 100 columns in %s, each with its seconds', async (language) => {
    const { code, stdout } = await run(['models', '--lang', language]);
    const lines = stdout.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(100);
    for (const { id } of cards) expect(lines.find((line) => line.startsWith(`${id} `))).toMatch(/ {2,}\d[\d,\- ]* {2}/);
  });

  test('are told one by one with their sources, found by wishes, and given as JSON', async () => {
    const one = await refreel(['models', 'sora-2', '--lang', 'zh']);
    expect(one.stdout).toMatch(/^sora-2 {2}Sora 2\n[\s\S]*时长（秒）：4, 8, 12（默认 4）[\s\S]*来源：/);
    expect(JSON.parse((await run(['models', '--json'])).stdout)).toHaveLength(cards.length);
    expect(JSON.parse((await run(['models', 'sora-2', '--json'])).stdout).id).toBe('sora-2');
    const offline = JSON.parse((await run(['models', '--offline', '--json'])).stdout) as { id: string }[];
    expect(offline.map(({ id }) => id)).toEqual(['animatic']);
  });

  test('that are not there are refused with the likely name', async () => {
    const text = await run(['models', 'sora2']);
    expect(text).toMatchObject({ code: 3, stdout: '' });
    expect(text.stderr).toContain('"sora-2"');
    const json = await run(['models', 'sora2', '--json', '--lang', 'zh']);
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stdout).problems[0]).toMatchObject({ code: 'unknown_model', path: 'model' });
  });

  test.skipIf(process.platform === 'win32')('may be read in part', () => {
    const command = `"${pinnedNode}" "${join(root, 'bin', 'refreel')}" models --json | head -c 10`;
    const { stderr, stdout } = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8' });
    expect(stdout).toHaveLength(10);
    expect(stderr).toBe('');
  });
});

test.for(['en', 'zh'])('the doctor tries every part and says so in %s', async (language) => {
  const text = await refreel(['doctor', '--lang', language]);
  expect(text.stderr).toBe('');
  expect(text.code).toBe(0);
  expect(text.stdout).toMatch(language === 'en' ? /✓ built-in encoder: \d+ frames/ : /✓ 内置编码器：\d+ 帧/);
  if (language === 'zh') return;
  const findings = JSON.parse((await run(['doctor', '--json'])).stdout) as { what: string; ok: boolean }[];
  expect(findings.find(({ what }) => what === 'built-in encoder')).toMatchObject({ ok: true });
});

describe('render', () => {
  test('tells where the film is, on standard output', async () => {
    const place = await workplace();
    const { code, stdout } = await renderAlone(place);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The film is at .*film\.mp4 \(64x64, 24 fps, 1 s, with sound; made in [\d.]+ s\)\n$/);
    expect(stdout).toContain(join(place, 'film.mp4'));
    await expectFilm(join(place, 'film.mp4'));
  });

  test('in Chinese', async () => {
    const { stdout } = await render(await workplace(), ['--lang', 'zh']);
    expect(stdout).toMatch(/^影片位于 .*film\.mp4（64x64，每秒 24 帧，1 秒，有声；用时 [\d.]+ 秒）\n$/);
  });

  test('as JSON says what was understood, and the plan can be kept', async () => {
    const place = await workplace();
    const { code, stdout, stderr } = await render(place, ['--json', '--plan', 'plan.json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ ok: true, film: { width: 64, height: 64, seconds: 1, audio: true } });
    expect(answer.films).toEqual([
      { file: join(place, 'film.mp4'), bytes: (await stat(join(place, 'film.mp4'))).size, frames: 24 },
    ]);
    expect(answer.shots).toMatchObject([
      { start: 0, seconds: 1, framing: 'close-up', scene: { kind: 'picture', name: 'hill' }, who: [{ name: 'tom' }] },
    ]);
    expect(answer.lines).toMatchObject([{ shot: 0, speaker: 'tom', text: 'Hello.', language: 'en' }]);
    for (const field of ['notes', 'notUnderstood', 'subtitles']) expect(answer[field]).toBeInstanceOf(Array);
    expect(answer.milliseconds.total).toBeGreaterThan(answer.milliseconds.frames);
    expect(answer.peakMegabytes).toBeGreaterThan(process.platform === 'linux' ? 50 : -1);
    const plan = JSON.parse(await readFile(join(place, 'plan.json'), 'utf8'));
    expect(plan).toMatchObject({ width: 64, height: 64, frames: 24, shots: [{ start: 0, frames: 24 }] });
  });

  test('quietly says nothing', async () => {
    const place = await workplace();
    expect(await render(place, ['--quiet'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    await expectFilm(join(place, 'film.mp4'));
  });

  test('several films are numbered, each by a seed of its own', async () => {
    const place = await workplace();
    const { code, stdout } = await render(place, ['--count', '2', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).films).toHaveLength(2);
    expect((await readdir(place)).filter((name) => name.endsWith('.mp4')).sort()).toEqual(['film-1.mp4', 'film-2.mp4']);
  });

  test('a vendor’s model is drawn, and said to be a stand-in', async () => {
    const place = await workplace();
    const flags = ['--model', 'wan2.7-r2v', '--seconds', '2', '--size', '1280x720', '--preset', 'ultrafast', ...opaque];
    const { code, stderr } = await render(place, flags);
    expect(code).toBe(0);
    expect(stderr).toContain('nothing was sent to a vendor');
    expect((await inspectFilm(join(place, 'film.mp4'))).comment).toContain('not by wan2.7-r2v');
  });

  test('reads standard input: YAML, JSON, or only a prompt', async () => {
    const place = await workplace();
    const inputs = [
      'prompt: A dog runs.\nsize: 64x64\nseconds: 1',
      '{"prompt": "A dog runs.", "size": "64x64", "seconds": 1}',
      'A dog runs through the rain.',
    ];
    for (const input of inputs) {
      const flags = ['render', '-', '-o', 'film.mp4', '--quiet', '--size', '64x64', '--seconds', '1'];
      expect(await refreel(flags, { cwd: place, input })).toMatchObject({ code: 0, stderr: '' });
      await expectFilm(join(place, 'film.mp4'));
      await rm(join(place, 'film.mp4'));
    }
  });

  test('reads a JSON file from elsewhere: its paths start at its folder', async () => {
    const place = await workplace();
    const request = { references: [{ name: 'tom', image: 'pictures/cat.png' }], prompt: '@tom sits.', size: '64x64' };
    await writeFile(join(place, 'request.json'), JSON.stringify(request));
    const elsewhere = await workplace();
    const flags = ['render', join(place, 'request.json'), '-o', 'there.mp4', '--seconds', '1', '--json'];
    const { code, stdout } = await run(flags, { cwd: elsewhere });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).shots[0].who).toMatchObject([{ name: 'tom' }]);
    await expectFilm(join(elsewhere, 'there.mp4'));
  });

  test('needs no file but a prompt: paths of flags start at the current folder', async () => {
    const place = await workplace();
    await writeFile(join(place, 'prompt.txt'), '\uFEFF@tom sits in @cafe.\n');
    const people = ['--subject', 'tom=pictures/cat.png,pictures/side.png', '--scene', 'cafe=pictures/hill.jpg'];
    const flags = ['--size', '64x64', '--seconds', '1', '--json'];
    const outside = [
      'render',
      '../prompt.txt',
      '-o',
      'out.mp4',
      '--subject',
      'tom=cat.png',
      '--scene',
      'cafe=hill.jpg',
    ];
    for (const [cwd, args] of [
      [place, ['render', 'prompt.txt', '-o', 'out.mp4', ...people]],
      [place, ['render', '--prompt', '@tom sits in @cafe.', '-o', 'out.mp4', ...people]],
      [join(place, 'pictures'), outside],
    ] as const) {
      const { code, stdout } = await run([...args, ...flags], { cwd });
      expect(code, stdout).toBe(0);
      const answer = JSON.parse(stdout);
      expect(answer.shots[0]).toMatchObject({ scene: { name: 'cafe' }, who: [{ name: 'tom' }] });
      expect(answer.notes).toEqual([]);
      await expectFilm(join(cwd, 'out.mp4'));
    }
  });

  test('a reference of a flag takes the place of the one that has its name', async () => {
    const place = await workplace();
    await copyFile(join(folder, 'side.png'), join(place, 'other.png'));
    const { code, stdout } = await render(place, ['--subject', 'tom=other.png', '--json', '--plan', 'plan.json']);
    expect(code, stdout).toBe(0);
    expect(await readFile(join(place, 'plan.json'), 'utf8')).toContain(join(place, 'other.png'));
  });

  test('what could not be drawn is said beside the film', async () => {
    const place = await workplace();
    const { code, stderr } = await render(place, ['--prompt', '@tom sits. Dutch angle, rack focus.', '--lang', 'zh']);
    expect(code).toBe(0);
    expect(stderr).toContain('  · 镜头 1：“Dutch angle”');
    expect((await render(place, ['--prompt', '@tom sits. Dutch angle.'])).stderr).toContain(
      '  · shot 1: "Dutch angle"',
    );
  });
});

describe('exit codes', () => {
  test('are what scripts can use', async () => {
    const place = await workplace();
    const { code: done } = await refreel(['check', 'request.yaml'], { cwd: place });
    const { code: usage } = await refreel(['check'], { cwd: place });
    const { code: refused } = await refreel(['check', 'nowhere.yaml'], { cwd: place });
    const { code: failed } = await refreel(['render', 'request.yaml', '-o', 'no/film.mp4'], { cwd: place });
    expect({ done, usage, refused, failed }).toEqual({ done: 0, usage: 2, refused: 3, failed: 4 });
  });

  test('a refusal goes to standard error, with what to do', async () => {
    const { stdout, stderr } = await run(['check', 'nowhere.yaml', '--lang', 'zh']);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^无法生成，原因如下：\n {2}✗ .*nowhere\.yaml.*\n {4}→ /);
  });
});

describe.skipIf(process.platform === 'win32')('wherever it is called from', () => {
  test('with an empty environment', async () => {
    const place = await workplace();
    expect(await renderAlone(place, ['--quiet'], { environment: {} })).toMatchObject({ code: 0, stderr: '' });
    await expectFilm(join(place, 'film.mp4'));
  });

  test('through a link, from a folder with spaces and Chinese characters', async () => {
    const place = await workplace('我的 短片 (1)');
    const launcher = join(place, 'reel link');
    await symlink(join(root, 'bin', 'refreel'), launcher);
    expect(await renderAlone(place, ['--quiet', '-o', '第一部 影片.mp4'], { launcher })).toMatchObject({
      code: 0,
      stderr: '',
    });
    await expectFilm(join(place, '第一部 影片.mp4'));
  });

  test('as a program of its own', () => {
    const environment = { PATH: `${join(root, 'node_modules', '.bin')}${delimiter}/usr/bin${delimiter}/bin` };
    const { status, stdout } = spawnSync(join(root, 'bin', 'refreel'), ['--version'], {
      env: environment,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  const old = otherNode();
  describe.skipIf(old === undefined)('on another Node.js than its own', () => {
    test('it goes on with its own, and passes on arguments, input and the exit code', async () => {
      const place = await workplace();
      expect(await renderAlone(place, ['--quiet'], { node: old! })).toMatchObject({ code: 0, stdout: '', stderr: '' });
      await expectFilm(join(place, 'film.mp4'));
      const { code, stdout } = await refreel(['check', '-', '--json'], { node: old!, input: 'prompt: ""' });
      expect(code).toBe(3);
      expect(JSON.parse(stdout).problems[0].code).toBe('prompt_empty');
    });
  });
});

describe('progress', () => {
  const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

  test.skipIf(!hasScript)('is shown on a terminal', async () => {
    const place = await workplace();
    const command = `"${pinnedNode}" "${join(root, 'bin', 'refreel')}" render request.yaml -o film.mp4`;
    const shown = execFileSync('script', ['-qec', command, '/dev/null'], { cwd: place, encoding: 'utf8' });
    expect(shown).toMatch(/Drawing █+░* +\d+ %/);
    expect(shown).toContain('The film is at');
  });

  test('is not shown where nobody watches', async () => {
    const { stdout, stderr } = await renderAlone(await workplace());
    for (const sign of ['█', '░', '\r', '\u001b']) expect(stdout + stderr).not.toContain(sign);
  });
});
