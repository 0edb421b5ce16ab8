import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cards } from '@refreel/core/catalog';
import { dialects } from '@refreel/core/dialects';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OtherServer, probe, startServer } from '../loopback/server.ts';
import { media, pinnedNode, root } from './command.ts';

// What the pages of the vendors show is run as it stands there, but for the port.

let server: OtherServer;
let folder: string;

beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), 'refreel-pages-'));
  cpSync(media, join(folder, 'media'), { recursive: true });
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function run(program: string, args: readonly string[], cwd: string): Promise<{ code: number | null; text: string }> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  return new Promise((done) => child.on('close', (code) => done({ code, text })));
}

const read = (file: string) => readFileSync(join(root, 'docs', 'dialects', file), 'utf8');

/** The films of each page: seconds of the one by curl, pixels of the other. */
const pages = [
  ['venice', 3, 854, 480],
  ['openai', 4, 1280, 720],
  ['qiniu', 4, 1920, 1080],
  ['baicai', 5, 540, 360],
  ['dashscope', 2, 1280, 720],
  ['toapis', 5, 1280, 720],
] as const;

test('every dialect has its page, and the index names all of them', () => {
  expect(pages.map(([name]) => name).toSorted()).toEqual(dialects.map(({ id }) => id).toSorted());
  for (const ending of ['.md', '.zh-CN.md']) {
    const index = read(`README${ending}`);
    for (const { id, bases } of dialects) {
      expect(index).toContain(`](${id}${ending})`);
      for (const { path } of bases) expect(index).toContain(`\`${path}\``);
    }
    for (const card of cards.filter(({ dialect }) => dialect !== 'native')) expect(index).toContain(`\`${card.id}\``);
  }
});

describe.each(pages)('docs/dialects/%s.md', (name, seconds, width, height) => {
  const page = read(`${name}.md`);
  const blocks = (language: string, text = page) =>
    [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text!);
  const here = (text: string) => text.replaceAll('http://127.0.0.1:8787', server.url);

  test('the page in Chinese shows the same programs', () => {
    const chinese = read(`${name}.zh-CN.md`);
    for (const language of ['sh', 'js', 'python']) expect(blocks(language, chinese)).toEqual(blocks(language));
    expect(page).toContain(`](${name}.zh-CN.md)`);
  });

  test('curl makes a film', async () => {
    const [code] = blocks('sh').filter((text) => text.includes('film.mp4'));
    const ran = await run('bash', ['-euo', 'pipefail', '-c', here(code!)], folder);
    expect(ran.code, ran.text).toBe(0);
    expect((await probe(readFileSync(join(folder, 'film.mp4')))).seconds).toBeCloseTo(seconds, 1);
    rmSync(join(folder, 'film.mp4'));
  }, 120_000);

  test('JavaScript makes a film', async () => {
    const [code] = blocks('js');
    // Packages are found from where it runs; its film goes where it may.
    const film = join(folder, 'script.mp4');
    const text = here(code!).replace("'film.mp4'", JSON.stringify(film));
    const ran = await run(pinnedNode, ['--input-type=module', '-e', text], root);
    expect(ran.code, ran.text).toBe(0);
    expect(statSync(film).size).toBeGreaterThan(10_000);
    expect(await probe(readFileSync(film))).toMatchObject({ width, height });
  }, 120_000);

  test('the other commands work', async () => {
    const others = blocks('sh').filter((text) => text.startsWith('curl'));
    for (const code of others) {
      const ran = await run('bash', ['-euo', 'pipefail', '-c', here(code)], folder);
      expect(JSON.parse(ran.text)).toMatchObject({ offsetSeconds: 86_400 });
    }
  }, 60_000);
});
