import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSources, root } from './sources.ts';

/** Who may import whom: the longest prefix of a file's path decides. A room may always import itself. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  'packages/core/model': [],
  'packages/core/catalog': ['packages/core/model'],
  'packages/core/dialects': ['packages/core/model', 'packages/core/catalog'],
  'packages/core/animatic': ['packages/core/model'],
  'packages/core/authoring': ['packages/core/model', 'packages/core/catalog', 'packages/core/dialects'],
  'packages/server/processes': [],
  'packages/server/fetch': ['packages/core/model'],
  'packages/server/accounts': ['packages/core', 'packages/server/store'],
  'packages/server/producers/upstream': [
    'packages/core',
    'packages/server/accounts',
    'packages/server/fetch',
    'packages/server/store',
  ],
  'packages/server/assets': [
    'packages/core',
    'packages/server/store',
    'packages/server/fetch',
    'packages/server/media',
    'packages/server/processes',
    'packages/server/producers',
  ],
  'packages/server/money': ['packages/core', 'packages/server/store'],
  'packages/server/generations': [
    'packages/core',
    'packages/server/accounts',
    'packages/server/money',
    'packages/server/store',
    'packages/server/fetch',
    'packages/server/assets',
    'packages/server/media',
    'packages/server/producers',
  ],
  'packages/server/webhooks': [
    'packages/core/model',
    'packages/server/store',
    'packages/server/fetch',
    'packages/server/assets',
  ],
  'packages/server/http': [
    'packages/core',
    'packages/server/money',
    'packages/server/accounts',
    'packages/server/generations',
    'packages/server/sandbox',
    'packages/server/store',
    'packages/server/webhooks',
    'packages/server/settings.ts',
  ],
  'packages/server/sandbox': ['packages/core', 'packages/server/generations', 'packages/server/store'],
  'packages/server': ['packages/core', 'packages/server'],
  'packages/server/store': ['packages/core/model', 'packages/server/processes'],
  'packages/server/media': ['packages/core/model', 'packages/server/processes'],
  'packages/server/producers/animatic/painter': [
    'packages/core/model',
    'packages/core/animatic',
    'packages/server/media',
  ],
  'packages/server/producers/animatic/encoder': ['packages/core/model', 'packages/server/media'],
  'packages/server/producers/animatic/sound': ['packages/core/model', 'packages/core/animatic'],
  'packages/server/producers/animatic': [
    'packages/core/model',
    'packages/core/animatic',
    'packages/server/media',
    'packages/server/processes',
    'packages/server/producers/animatic/painter',
    'packages/server/producers/animatic/encoder',
    'packages/server/producers/animatic/sound',
  ],
  'packages/sdk': ['packages/core'],
  'packages/sdk/packing': [],
  'packages/studio': ['packages/core', 'packages/sdk'],
  'packages/cli': ['packages/core', 'packages/sdk', 'packages/server'],
};

function roomOf(path: string): string | undefined {
  return Object.keys(rooms)
    .filter((room) => path.startsWith(`${room}/`))
    .sort((one, other) => other.length - one.length)[0];
}

const sources = readSources();

test('the tests of the architecture see the sources', () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.reduce((sum, { imports }) => sum + imports.length, 0)).toBeGreaterThan(200);
});

test('every file stands in a room that has its arrows', () => {
  expect(sources.map(({ path }) => path).filter((path) => roomOf(path) === undefined)).toEqual([]);
});

test('arrows point down', () => {
  const wrong = sources.flatMap(({ path, imports }) => {
    const room = roomOf(path)!;
    const allowed = [room, ...rooms[room]!];
    return imports
      .filter(({ file }) => file !== undefined && !allowed.some((one) => file.startsWith(`${one}/`)))
      .map(
        ({ name }) => `${path} imports ${name}; ${room} may import: ${rooms[room]!.join(', ') || 'nothing of ours'}`,
      );
  });
  expect(wrong).toEqual([]);
});

test('every import of ours leads to a file', () => {
  const lost = sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ file }) => file !== undefined && !existsSync(join(root, file)))
      .map(({ name }) => `${path}: ${name}`),
  );
  expect(lost).toEqual([]);
});

test('a dialect knows no other dialect, unless it says that it is a variant of it', () => {
  const wrong = sources.flatMap(({ path, imports }) => {
    const own = /^packages\/core\/dialects\/(\w+)\//.exec(path)?.[1];
    if (own === undefined) return [];
    const index = join(root, 'packages/core/dialects', own, 'index.ts');
    const variantOf = existsSync(index) ? /variantOf: '(\w+)'/.exec(readFileSync(index, 'utf8'))?.[1] : undefined;
    return imports
      .map(({ file }) => /^packages\/core\/dialects\/(\w+)\//.exec(file ?? '')?.[1])
      .filter((other) => other !== undefined && other !== own && other !== variantOf)
      .map((other) => `${path} imports ${other}`);
  });
  expect(wrong).toEqual([]);
});

test('no import goes in a circle', () => {
  const next = new Map(
    sources.map(({ path, imports }) => [path, imports.flatMap(({ file }) => (file === undefined ? [] : [file]))]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at !== -1) circles.push([...way.slice(at), path].join(' -> '));
    if (at !== -1 || done.has(path)) return;
    for (const file of next.get(path) ?? []) walk(file, [...way, path]);
    done.add(path);
  };
  for (const path of next.keys()) walk(path, []);
  expect(circles).toEqual([]);
});

test('a command line is read before anything that is large is loaded', () => {
  const seen = new Set<string>();
  const walk = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const next = sources.find((source) => source.path === path)?.imports ?? [];
    for (const { file, type, later } of next) if (file !== undefined && !type && !later) walk(file);
  };
  walk('packages/cli/main.ts');
  expect(seen.size).toBeGreaterThan(15);
  expect([...seen].filter((path) => /^packages\/(?:core|sdk|server\/(?:store|http|generations))\//.test(path))).toEqual(
    [],
  );
});

describe('core is pure', () => {
  const core = sources.filter(({ path }) => path.startsWith('packages/core/'));

  test('it imports zod and itself', () => {
    const other = core.flatMap(({ path, imports }) =>
      imports
        .filter(({ name, file }) => file === undefined && name !== 'zod' && !name.startsWith('zod/'))
        .map(({ name }) => `${path}: ${name}`),
    );
    expect(core.length).toBeGreaterThan(60);
    expect(other).toEqual([]);
  });

  test('it has no clock, no chance and no network', () => {
    const impure =
      /\b(?:Date\.now|new Date\(\)|Math\.random|performance\.now|fetch\(|setTimeout|setInterval|process\.|globalThis\.)/;
    const found = core
      .filter(({ text }) => impure.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
      .map(({ path }) => path);
    expect(found).toEqual([]);
  });

  test('the compiler keeps it so', () => {
    const options = JSON.parse(readFileSync(join(root, 'packages/core/tsconfig.json'), 'utf8')).compilerOptions;
    expect(options).toMatchObject({ types: [], lib: ['es2024'] });
  });
});

test('the client runs in browsers: it imports no part of Node.js, and of core only types', () => {
  const wrong = sources
    .filter(({ path }) => /^packages\/sdk\/(?!packing\/|test-)/.test(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ name, type }) => !name.startsWith('./') && !(type && name.startsWith('@refreel/core/')))
        .map(({ name }) => `${path}: ${name}`),
    );
  expect(wrong).toEqual([]);
});

test('a model or a dialect is named in its own folder only', () => {
  const named =
    /(?:===|!==|case)\s*'(?:venice|qiniu|baicai|dashscope|toapis|sora-2|kling[\w.-]*|wan2[\w.-]*|grok[\w.-]*|PixVerse[\w.-]*)'/;
  const found = sources.filter(
    ({ path, text }) => !/^packages\/core\/(?:dialects|catalog)\//.test(path) && named.test(text),
  );
  expect(found.map(({ path }) => path)).toEqual([]);
});
