import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { media, refreel, root } from './command.ts';
import { type Served, serve } from './serve-process.ts';

// What the READMEs show is run as it stands there.

vi.setConfig({ testTimeout: 180_000 });

let folder: string;
let server: Served;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-readme-test-'));
  server = await serve(join(folder, 'served'));
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const readmes = ['README.md', 'README.zh-CN.md'].map((name) => {
  const text = readFileSync(join(root, name), 'utf8');
  const commands = [...text.matchAll(/^npx refreel (.*)$/gm)].map((match) => match[1]!);
  return { name, text, request: /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '', commands };
});

const shown = new Set(readmes[0]!.commands);

test('both show the same commands', () => {
  const [english, chinese] = readmes.map(({ commands }) => commands.map((command) => command.split(' ')[0]));
  expect(chinese).toEqual(english);
});

describe.each(readmes)('$name', ({ name, request, commands }) => {
  /** What the other one shows word for word is run there; but a film is made of each request. */
  const own = name === 'README.md' ? commands : commands.filter((one) => !shown.has(one) || /^generate .*-o/.test(one));
  const place = () => join(folder, name);
  const environment = () => ({ PATH: process.env.PATH ?? '', REFREEL_SERVER: server.url });

  beforeAll(async () => {
    mkdirSync(place());
    for (const [file, picture] of [
      ['face.jpg', 'astronaut.png'],
      ['side.jpg', 'astronaut.png'],
      ['cafe.jpg', 'coffee.png'],
    ] as const)
      copyFileSync(join(media, picture), join(place(), file));
    writeFileSync(join(place(), 'request.yaml'), request);
    writeFileSync(join(place(), 'prompt.txt'), name === 'README.md' ? '@mei walks into @cafe.' : '@小美走进@咖啡馆。');
    // What is backed up is a server that does not run.
    await refreel(['keys', 'create', 'one'], { cwd: place() });
  }, 120_000);

  test('shows a request and commands', () => {
    expect(request).toContain('references:');
    expect(commands.length).toBeGreaterThanOrEqual(17);
  });

  test.each(own)('refreel %s', async (command) => {
    // A film of the same request, only smaller: the size is not the point here.
    const smaller = /^(?:render|generate) /.test(command) ? ['--size', '320x180', '--seconds', '1'] : [];
    const id = command.includes('<id>') ? await newestDone() : '';
    const args = command.split(' ').map((word) => (word === '<id>' ? id : word));
    const ran = await refreel([...args, ...smaller], { cwd: place(), environment: environment() });
    expect(ran.stderr + ran.stdout, command).not.toMatch(/fault of Refreel/);
    expect(ran.code, ran.stderr).toBe(0);
  });

  async function newestDone(): Promise<string> {
    const listed = await fetch(`${server.url}/v1/generations?state=done&limit=1`);
    return ((await listed.json()) as { items: { id: string }[] }).items[0]!.id;
  }
});
