import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRefreel } from '@refreel/sdk';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type CommandOptions, media, type Outcome, refreel } from './command.ts';
import { openCommands } from './commands.ts';
import { type Served, serve } from './serve-process.ts';

// Every verb that asks a server, as people type it, against a server in a process of its own.

vi.setConfig({ testTimeout: 240_000 });

let folder: string;
let server: Served;
const commands = openCommands();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-remote-'));
  copyFileSync(join(media, 'astronaut.png'), join(folder, 'face.jpg'));
  copyFileSync(join(media, 'coffee.png'), join(folder, 'cafe.jpg'));
  writeFileSync(join(folder, 'request.yaml'), request);
  server = await serve(join(folder, 'data'));
}, 120_000);
afterAll(async () => {
  await commands.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const request = `
references:
  - { name: mei, image: face.jpg }
  - { name: cafe, kind: scene, image: ./cafe.jpg }
prompt: '@mei walks into @cafe.'
seconds: 1
size: 192x108
fps: 8
audio: false
`;
const small = ['--prompt', 'A lamp is lit.', '--seconds', '1', '--size', '128x72', '--fps', '8', '--no-audio'];
const long = ['--prompt', 'Rain on a window.', '--seconds', '60', '--size', '1280x720'];

type Placed = Pick<CommandOptions, 'cwd' | 'environment'>;

const placed = <Options extends CommandOptions>(options: Options) => ({
  cwd: folder,
  ...options,
  environment: { PATH: process.env.PATH ?? '', REFREEL_SERVER: server.url, ...options.environment },
});
const run = (args: readonly string[], options: Placed = {}): Promise<Outcome> => commands.run(args, placed(options));
/** In a process of its own. */
const runAlone = (args: readonly string[], options: CommandOptions = {}) => refreel(args, placed(options));

/** Runs it with --json; the outcome that it prints. */
async function json(args: readonly string[], code = 0, options: Placed = {}) {
  const ran = await run([...args, '--json'], options);
  expect(ran.code, ran.stderr + ran.stdout).toBe(code);
  return JSON.parse(ran.stdout);
}

describe('generate', () => {
  test('uploads what the request names, waits, and writes the film whole', async () => {
    const told = await json(['generate', 'request.yaml', '-o', 'film.mp4']);
    expect(told).toMatchObject({
      ok: true,
      generation: { state: 'done', films: [{ facts: { width: 192, frames: 8 } }] },
    });
    expect(told.files).toEqual([
      {
        film: 1,
        file: join(folder, 'film.mp4'),
        bytes: statSync(join(folder, 'film.mp4')).size,
        sha256: told.generation.films[0].sha256,
      },
    ]);
    expect(told.generation.request.references[0].image).toMatch(/^asset:/);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('takes references that the server keeps, by name and by id, beside those of this machine', async () => {
    const { references, assets } = openRefreel({ baseUrl: server.url });
    const picture = readFileSync(join(folder, 'face.jpg'));
    const { asset } = await assets.upload(new Blob([picture]), { name: 'face' });
    const { id } = await references.save({ kind: 'subject', name: 'mei', image: asset });
    for (const saved of ['mei', id]) {
      const file = `references: [{ saved: ${saved} }, { name: cafe, kind: scene, image: ./cafe.jpg }]\n`;
      writeFileSync(join(folder, 'saved.yaml'), `${file}prompt: '@mei walks into @cafe.'\nseconds: 1\nsize: 128x72\n`);
      const told = await run(['generate', 'saved.yaml', '--no-wait', '--json']);
      expect(told.code, told.stderr + told.stdout).toBe(0);
      expect(JSON.parse(told.stdout).generation.request.references).toMatchObject([
        { id, name: 'mei', image: asset },
        { name: 'cafe' },
      ]);
    }
    writeFileSync(join(folder, 'saved.yaml'), "references: [{ saved: nobody }]\nprompt: 'A lamp.'\n");
    const refused = await run(['generate', 'saved.yaml', '--no-wait']);
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('nobody')]);
  });

  test('tells people what was accepted and where the film is, in their language', async () => {
    const ran = await runAlone(['generate', ...small, '-o', 'lamp.mp4', '--lang', 'zh']);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stderr).toMatch(/^已提交：gen_/);
    expect(ran.stdout).toMatch(/^影片位于 .*lamp\.mp4（128x72，每秒 8 帧，1 秒，无声，/);
  });

  test('takes a prompt in a file, with references of the command line, and the media of several films', async () => {
    writeFileSync(join(folder, 'prompt.txt'), '@mei waves.');
    const flags = ['--subject', 'mei=face.jpg', '--count', '2', '--seconds', '1', '--size', '128x72', '--no-audio'];
    const told = await json(['generate', 'prompt.txt', ...flags, '-o', 'two.mp4']);
    expect(told.files.map(({ file }: { file: string }) => file)).toEqual(
      [1, 2].map((n) => join(folder, `two-${n}.mp4`)),
    );
    for (const { file, bytes } of told.files) expect(statSync(file).size).toBe(bytes);
  });

  test('gives one generation for one idempotency key', async () => {
    const once = ['generate', ...small, '--no-wait', '--idempotency-key', 'order-7'];
    const [first, second] = [await run(once), await run(once)];
    expect(first.stdout).toMatch(/^gen_\w+\n$/);
    expect(second.stdout).toBe(first.stdout);
    const other = await run(['generate', '--prompt', 'Another.', '--no-wait', '--idempotency-key', 'order-7']);
    expect([other.code, other.stdout]).toEqual([3, '']);
    expect(other.stderr).toContain('order-7');
  });

  test.each([
    [
      'a request that cannot be made',
      ['--prompt', 'x', '--model', 'sora-2', '--seconds', '7', '-o', 'no.mp4'],
      3,
      /7.*sora-2/,
    ],
    ['a file that is not there', ['--prompt', '@a', '--subject', 'a=nothing.jpg', '-o', 'no.mp4'], 3, /nothing\.jpg/],
    ['a file that is no medium', ['--prompt', '@a', '--subject', 'a=request.yaml', '-o', 'no.mp4'], 3, /./],
    ['a folder that is not there', ['--prompt', 'x', '-o', 'none/no.mp4'], 4, /none\/no\.mp4/],
    ['the place of its own media', ['request.yaml', '-o', 'face.jpg'], 4, /face\.jpg/],
    ['nowhere to put the film', ['--prompt', 'x'], 2, /-o film\.mp4/],
    ['a key that is none', ['--prompt', 'x', '--no-wait', '--idempotency-key', 'a b'], 2, /ASCII/],
  ])('refuses %s', async (_, flags, code, words) => {
    const ran = await run(['generate', ...flags]);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toMatch(words);
    expect(existsSync(join(folder, 'no.mp4'))).toBe(false);
  });

  test.skipIf(process.platform === 'win32')(
    'ended by Ctrl-C leaves it to the server, and says how to go on',
    async () => {
      const place = join(folder, 'interrupted');
      mkdirSync(place);
      const ran = await runAlone(['generate', ...long, '-o', 'long.mp4', '--server', server.url], {
        cwd: place,
        onStart: (child) =>
          child.stderr!.on('data', (text) => {
            if (String(text).includes('Accepted as')) child.kill('SIGINT');
          }),
      });
      const [, id] = /Accepted as (gen_\w+)/.exec(ran.stderr)!;
      expect(ran.code).toBe(130);
      expect(ran.stderr).toContain(`refreel download ${id} --wait -o long.mp4 --server ${server.url}`);
      expect(readdirSync(place)).toEqual([]);
      expect(await json(['get', id!])).toMatchObject({ id, ended: false });
      expect(await json(['cancel', id!])).toMatchObject({ id, changed: true });
      expect(await json(['get', id!, '--wait'], 4)).toMatchObject({ state: 'cancelled' });
      expect((await run(['cancel', id!])).stdout).toBe(`${id} had ended already: cancelled\n`);
      const gone = await run(['download', id!, '-o', 'gone.mp4']);
      expect([gone.code, gone.stdout]).toEqual([4, '']);
    },
  );
});

test.skipIf(process.platform === 'win32')(
  'a server that dies and comes back: the command waits, and has its film',
  async () => {
    const data = join(folder, 'mortal');
    const first = await serve(data);
    const address = { REFREEL_PORT: new URL(first.url).port };
    let second: Promise<Served> | undefined;
    const flags = ['--prompt', 'Rain on a window.', '--seconds', '4', '--size', '320x180', '--no-audio'];
    const ran = await runAlone(['generate', ...flags, '-o', 'survived.mp4', '--server', first.url], {
      onStart: (child) =>
        child.stderr!.on('data', (text) => {
          if (!String(text).includes('Accepted as')) return;
          first.child.kill('SIGKILL');
          second = new Promise((ended) => first.child.on('close', ended)).then(() => serve(data, address));
        }),
    });
    await (await second)?.stop();
    expect(ran.code, ran.stderr).toBe(0);
    expect(readFileSync(join(folder, 'survived.mp4')).subarray(4, 8).toString()).toBe('ftyp');
  },
);

describe('what a server has', () => {
  test('get, list, download', async () => {
    const id = (await run(['generate', ...small, '--no-wait'])).stdout.trim();
    const down = await json(['download', id, '--wait', '-o', 'again.mp4']);
    expect(down.files[0].bytes).toBe(statSync(join(folder, 'again.mp4')).size);
    expect(readFileSync(join(folder, 'again.mp4')).subarray(4, 8).toString()).toBe('ftyp');
    const got = await runAlone(['get', id]);
    expect(got.stdout).toMatch(
      new RegExp(
        `^${id}  done  animatic  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d\\n  128x72, 8 fps, 1 s, silent, 0\\.0 MB  http`,
      ),
    );
    const listed = await runAlone(['list', '--limit', '2', '--state', 'done']);
    expect(listed.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(listed.stdout).toMatch(new RegExp(`^${id}  .*A lamp is lit\\.`));
    expect((await json(['list', '--model', 'animatic', '--limit', '1']))[0].id).toBe(id);
    expect((await run(['list', '--state', 'asleep'])).code).toBe(3);
    const none = await run(['download', id, '--film', '4', '-o', 'none.mp4']);
    expect([none.code, existsSync(join(folder, 'none.mp4'))]).toEqual([3, false]);
    expect((await run(['get', 'gen_none'])).stderr).toContain('gen_none');
  });

  test('remix', async () => {
    const { generation } = await json(['generate', ...small, '-o', 'source.mp4']);
    const told = await json(['remix', generation.id, '--prompt', 'The lamp goes out.', '-o', 'remix.mp4']);
    expect(told).toMatchObject({ ok: true, generation: { remixOf: generation.id, state: 'done' } });
    expect(existsSync(join(folder, 'remix.mp4'))).toBe(true);
    const read = await runAlone(['remix', generation.id, '-', '--no-wait'], { input: 'It rains.' });
    expect(read.stdout).toMatch(/^gen_/);
    expect((await run(['remix', generation.id, '--no-wait'])).code).toBe(2);
    expect((await run(['remix', 'gen_none', '--prompt', 'x', '--no-wait'])).code).toBe(3);
  });

  test('upload: the same bytes are one asset, which requests may name', async () => {
    const ran = await runAlone(['upload', 'face.jpg', 'cafe.jpg']);
    const [face] = ran.stdout.split('\n');
    expect(face).toMatch(/^asset:[0-9a-f]{64} {2}image\/png {2}face\.jpg$/);
    const [again] = await json(['upload', 'face.jpg']);
    expect(face).toContain(again.asset);
    const flags = ['--image', `face=${again.asset}`, '--prompt', '@face smiles.', '--seconds', '1', '--size', '128x72'];
    expect(await json(['generate', ...flags, '-o', 'smile.mp4'])).toMatchObject({ ok: true });
    expect((await run(['upload', 'data'])).code).toBe(3);
    const refused = await run(['upload', 'face.jpg', 'request.yaml']);
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('request.yaml is')]);
  });
});

describe('which server', () => {
  test('none: it says how to start one', async () => {
    const other = createServer();
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    await new Promise((closed) => other.close(closed));
    const ran = await run(['list', '--server', url]);
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain(`${url} (connect ECONNREFUSED`);
    expect(ran.stderr).toContain('refreel serve');
    expect((await json(['list', '--server', url], 4)).problems[0].code).toBe('server_unreachable');
  });

  test('another program', async () => {
    const other = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello'),
    );
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const ran = await run(['get', 'gen_1', '--server', url, '--lang', 'zh']);
    other.close();
    expect([ran.code, ran.stderr.includes(`${url} 的响应不是来自 Refreel`)]).toEqual([4, true]);
    expect((await run(['list', '--server', 'here'])).code).toBe(3);
  });

  test('one that wants a key: from the environment or a file, never from the command line', async () => {
    const data = join(folder, 'locked');
    const made = await run(['keys', 'create', 'ci', '--json', '--data', data]);
    const [{ secret }] = JSON.parse(made.stdout);
    const locked = await serve(data);
    try {
      const at = ['--server', locked.url];
      const without = await run(['list', ...at]);
      expect(without.code).toBe(3);
      expect(without.stderr).toContain('REFREEL_KEY');
      expect((await run(['list', ...at], { environment: { REFREEL_KEY: secret } })).code).toBe(0);
      writeFileSync(join(folder, 'key'), `${secret}\n`);
      expect(
        (await run(['list', ...at, '--key-file', 'key'], { environment: { REFREEL_KEY: 'rfl_other' } })).code,
      ).toBe(0);
      const wrong = await run(['list', ...at], { environment: { REFREEL_KEY: 'rfl_wrong' } });
      expect([wrong.code, wrong.stderr.includes('rfl_wrong')]).toEqual([3, false]);
      const noKey = await run(['list', ...at, '--key-file', 'request.yaml']);
      expect([noKey.code, noKey.stderr.includes('@mei')]).toEqual([3, false]);
      expect((await run(['list', ...at, '--key', secret])).code).toBe(2);
    } finally {
      await locked.stop();
    }
  });
});
