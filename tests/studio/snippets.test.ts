import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { readRequest } from '@refreel/core/authoring';
import { type Media, type MediaFacts, noFacts, type Request } from '@refreel/core/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminKey, makeTestKey, startTestServer, type TestServer } from '../../packages/server/test-server.ts';
import { snippetsOf } from '../../packages/studio/developer/snippets.ts';
import { wiresOf } from '../../packages/studio/developer/wires.ts';

const patienceMilliseconds = 180_000;
const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

let server: TestServer;
let folder: string;
let key: string;
let cat: string;
let frame: string;
const facts: Record<Media, MediaFacts> = {};

beforeAll(async () => {
  server = await startTestServer({ admin: true });
  key = (await makeTestKey(server, 'developers')).secret;
  folder = mkdtempSync(join(tmpdir(), 'refreel-snippets-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const keep = async (bytes: Uint8Array) => {
    const { json } = await server.ask('/v1/assets', { key, bytes, headers: { 'content-type': 'image/png' } });
    facts[json.asset] = json.facts;
    return json.asset as string;
  };
  cat = await keep(readFileSync(join(root, 'media/cat.png')));
  const { default: sharp } = await import('sharp');
  const blank = { width: 1280, height: 720, channels: 3, background: '#346' } as const;
  frame = await keep(await sharp({ create: blank }).png().toBuffer());
}, patienceMilliseconds);
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

function read(written: object): Request {
  const { request, problems } = readRequest(written);
  if (request === undefined) throw new Error(JSON.stringify(problems));
  return request;
}

/** Quotes of both kinds, signs of shells, and letters beyond ASCII. */
const prompt = `The lamp's light falls on "rain" — 雨; $HOME \`date\` \\ 100%.`;

const requests = {
  references: () =>
    read({ model: 'animatic', references: [{ name: 'cat', image: cat }], prompt: `@cat waits. ${prompt}`, seconds: 5 }),
  words: () => read({ model: 'sora-2', prompt, seconds: 4, size: '1280x720' }),
  frame: () => read({ model: 'sora-2', prompt, seconds: 4, size: '1280x720', startFrame: frame }),
} as const;

/** Whether this machine has what a language needs. */
const isThere = (language: string) => {
  const program = { curl: 'curl', Python: 'python3' }[language];
  if (program === undefined) return true;
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const runners: Readonly<Record<string, readonly [program: string, file: string]>> = {
  curl: ['sh', 'film.sh'],
  Python: ['python3', 'film.py'],
  'Node.js': [process.execPath, 'film.mjs'],
  'Node.js, openai': [process.execPath, 'film.mjs'],
};

const wire = (kind: keyof typeof requests, id: string) =>
  wiresOf(requests[kind](), { ...noFacts, media: facts }, server.url).find((one) => one.id === id)!;

/** Runs a snippet as whoever copied it would. */
async function runSnippet(place: string, language: string, code: string): Promise<void> {
  mkdirSync(place);
  const [program, file] = runners[language]!;
  writeFileSync(join(place, file), code);
  const environment = { PATH: process.env.PATH, REFREEL_KEY: key };
  await run(program, [file], { cwd: place, env: environment, timeout: patienceMilliseconds });
  expect(readFileSync(join(place, 'film.mp4')).subarray(4, 8).toString(), language).toBe('ftyp');
}

// They wait for their films most of the time, so those of a wire wait together.
test.each([
  ['native', 'references', ['curl', 'Python', 'Node.js']],
  ['venice', 'references', ['curl', 'Python', 'Node.js']],
  ['baicai', 'references', ['curl', 'Python', 'Node.js']],
  ['dashscope', 'references', ['curl', 'Python', 'Node.js']],
  ['toapis', 'references', ['curl', 'Python', 'Node.js']],
  ['openai', 'words', ['curl', 'Python', 'Node.js', 'Node.js, openai']],
  ['qiniu', 'frame', ['curl', 'Python', 'Node.js']],
] as const)(
  'over %s, a request of %s: %j make films',
  { timeout: patienceMilliseconds },
  async (id, kind, languages) => {
    const { course, problems, model } = wire(kind, id);
    expect(course, JSON.stringify(problems)).toBeDefined();
    const all = snippetsOf(wire(kind, id));
    const snippets = languages.map((one) => all.find(({ language }) => language === one)!);
    for (const { code } of snippets) expect(code).toContain(server.url);
    const there = snippets.filter(({ language }) => isThere(language));
    await Promise.all(
      there.map(({ language, code }) =>
        runSnippet(join(folder, `${id}-${language.replace(/\W+/g, '-')}`), language, code),
      ),
    );
    const { json } = await server.ask(`/v1/generations?limit=100&dialect=${id}`, { key });
    const made = json.items as { state: string; model: string; request: Request }[];
    expect(made.map((one) => [one.state, one.model])).toEqual(there.map(() => ['done', model]));
    for (const { request } of made)
      expect(JSON.stringify(request.shots[0]!.prompt)).toContain(JSON.stringify(prompt).slice(1, -1));
  },
);

test('what a wire cannot say is told, and has no snippet', () => {
  const found = wire('references', 'openai');
  expect(found.course).toBeUndefined();
  expect(found.problems.map(({ code }) => code)).toContain('input_unsupported');
  expect(snippetsOf(found)).toEqual([]);
});

test('a key is nowhere in a snippet', () => {
  for (const kind of ['references', 'words', 'frame'] as const)
    for (const one of wiresOf(requests[kind](), { ...noFacts, media: facts }, server.url))
      for (const { code } of snippetsOf(one)) {
        expect(code).not.toContain(key);
        expect(code).not.toContain(adminKey);
      }
});
