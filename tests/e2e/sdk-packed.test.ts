import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { packSdk } from '../../packages/sdk/packing/pack.ts';
import { makeTestKey, startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { launchBrowser } from '../browser.ts';
import { media, pinnedNode, root } from './command.ts';

// The client as others get it: packed, installed into an empty folder, used from there.

vi.setConfig({ testTimeout: 180_000 });

let folder: string;
let pages: Server;
let server: TestServer;
let key: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-sdk-packed-'));
  for (const [index, file] of packSdk(join(folder, 'packed')).entries())
    install(['core', 'sdk'][index]!, file, join(folder, 'node_modules', '@refreel'));
  cpSync(join(root, 'node_modules', 'zod'), join(folder, 'node_modules', 'zod'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  copyFileSync(join(media, 'astronaut.png'), join(folder, 'face.jpg'));
  pages = await servePages(join(folder, 'node_modules', '@refreel', 'sdk'));
  server = await startTestServer({ admin: true, environment: { REFREEL_CORS: originOf(pages) } });
  key = (await makeTestKey(server, 'page')).secret;
}, 180_000);
afterAll(async () => {
  pages?.close();
  await server?.remove();
  rmSync(folder, { recursive: true, force: true });
});

function install(name: string, tarball: string, into: string): void {
  mkdirSync(join(into, name), { recursive: true });
  const { status, stderr } = spawnSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(into, name)]);
  expect(status, String(stderr)).toBe(0);
}

function originOf(one: Server): string {
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

/** What a page does with it: no build step has seen this. */
const pageProgram = `
import { openRefreel, RefreelError } from '/sdk/index.js';

export async function make([baseUrl, key]) {
  // A page of a plain-http network has neither.
  Object.defineProperty(crypto, 'randomUUID', { value: undefined });
  Object.defineProperty(crypto, 'subtle', { value: undefined });
  const refreel = openRefreel({ baseUrl, key });
  const canvas = new OffscreenCanvas(64, 64);
  canvas.getContext('2d').fillRect(0, 0, 64, 64);
  const asset = await refreel.assets.upload((await canvas.convertToBlob()).stream(), { name: 'black' });
  const references = [{ name: 'box', kind: 'image', image: asset.asset }];
  const kinds = [];
  const made = await refreel.generations.create(
    { prompt: '@box stands still.', references, seconds: 1, size: '128x72', fps: 8 },
    { wait: true, onEvent: ({ kind }) => kinds.push(kind) },
  );
  const film = await refreel.generations.download(made.id);
  const { size, type } = await film.blob();
  const error = await refreel.generations.get('none').catch((thrown) => thrown);
  const { state, problems } = made;
  const refused = error instanceof RefreelError;
  return { state, problems, kinds, wanted: made.films[0]?.bytes, sha256: film.sha256, size, type, refused, status: error.status };
}
`;

interface Seen {
  readonly kinds: readonly string[];
  readonly [field: string]: unknown;
}

/** Gives the packed files as they are: a page needs no bundler for them. */
async function servePages(sdk: string): Promise<Server> {
  const one = createServer((request, response) => {
    const file = /^\/sdk\/([\w-]+\.js)$/.exec(request.url ?? '')?.[1];
    const isScript = file !== undefined || request.url === '/make.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(file !== undefined ? readFileSync(join(sdk, file)) : isScript ? pageProgram : '<!doctype html>');
  });
  await new Promise<void>((ready) => one.listen(0, '127.0.0.1', ready));
  return one;
}

/** Runs a program in the folder, against the server. */
async function run(name: string, program: string): Promise<string> {
  writeFileSync(join(folder, name), program);
  const child = spawn(pinnedNode, [name], { cwd: folder, env: { PATH: process.env.PATH ?? '', REFREEL_KEY: key } });
  let [out, error] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    error += text;
  });
  const code = await new Promise((done) => child.on('close', done));
  expect(code, error).toBe(0);
  return out;
}

test('what the README shows runs, from top to bottom', async () => {
  const readme = readFileSync(join(folder, 'node_modules/@refreel/sdk/README.md'), 'utf8');
  const examples = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map((match) => match[1]!);
  expect(examples.length).toBeGreaterThanOrEqual(5);
  const smaller = examples
    .join('\n')
    .replace('http://127.0.0.1:8787', server.url)
    .replace('seconds: 3', "seconds: 1, size: '320x180'");
  const out = await run('readme.mjs', smaller);
  expect(statSync(join(folder, 'film.mp4')).size).toBeGreaterThan(5000);
  expect(out).toMatch(/^false \S+ .*sora-2/m);
  expect(out).toMatch(/^done \[/m);
  expect(out).toMatch(/^refused 404 false [\w-]{36}$/m);
  expect(out).toMatch(/^generation_unknown id /m);
});

const consumer = `
import { openRefreel, RefreelError, type Card, type Event, type Generation } from '@refreel/sdk';
const refreel = openRefreel({ baseUrl: 'http://127.0.0.1:8787', language: 'zh' });
const made: Generation = await refreel.generations.create({ prompt: 'x', shots: undefined }, { wait: 5 });
const width: number | undefined = made.films[0]?.facts.width;
const cards: readonly Card[] = await refreel.models({ offline: true });
const stream: ReadableStream<Uint8Array> = (await refreel.generations.download(made.id, { film: 1 })).stream;
const onEvent = (event: Event) => (event.kind === 'generation.state' ? event.data.before : undefined);
if (!(made instanceof RefreelError) && made.problems[0]?.code === 'prompt_empty') console.log(width, cards, stream, onEvent);
// @ts-expect-error a request has no such field
await refreel.generations.create({ promt: 'x' });
// @ts-expect-error seconds are a number
await refreel.check({ prompt: 'x', seconds: '5' });
// @ts-expect-error there is no such kind
if (new RefreelError({ kind: 'refused', message: '' }).kind === 'lost') console.log(made.state.length);
`;

test.each([
  ['browsers', { lib: ['es2024', 'dom'], types: [], module: 'esnext', moduleResolution: 'bundler' }],
  ['Node', { lib: ['es2024'], types: ['node'], typeRoots: [join(root, 'node_modules/@types')], module: 'nodenext' }],
])('its types hold for programs of %s', (_, options) => {
  writeFileSync(join(folder, 'consumer.ts'), consumer.replace(', shots: undefined', ''));
  const compilerOptions = { strict: true, noEmit: true, target: 'es2024', skipLibCheck: false, ...options };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test('a page of another origin loads it as it is and has a film made', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(originOf(pages));
    const seen = await page.evaluate<Seen>(
      `import('/make.js').then(({ make }) => make(${JSON.stringify([server.url, key])}))`,
    );
    expect(seen).toMatchObject({ state: 'done', problems: [], type: 'video/mp4', refused: true, status: 404 });
    expect(seen.kinds).toContain('generation.state');
    expect(seen.size).toBe(seen.wanted);
    expect(seen.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(server.faults).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('it asks nothing of its runtime but what every runtime has', () => {
  const text = readFileSync(join(folder, 'node_modules/@refreel/sdk/index.js'), 'utf8');
  const files = [...text.matchAll(/from '\.\/([\w-]+\.js)'/g)].map(([, file]) => file!);
  const seen = new Set<string>(files);
  for (const file of seen) {
    const code = readFileSync(join(folder, 'node_modules/@refreel/sdk', file), 'utf8');
    const imports = [...code.matchAll(/(?:from|import) ?\(?'([^']+)'/g)].map(([, name]) => name!);
    expect(
      imports.filter((name) => !name.startsWith('./')),
      file,
    ).toEqual([]);
    for (const name of imports) seen.add(name.slice(2));
    expect(code.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''), file).not.toMatch(
      /\b(?:process|Buffer|require|randomUUID|window\.)\b/,
    );
  }
  expect(seen.size).toBeGreaterThan(10);
});
