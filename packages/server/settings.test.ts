import { explainProblem } from '@refreel/core/model';
import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const settingsOf = (environment: Record<string, string>) => {
  const read = readSettings(environment, '/somewhere');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.settings;
};
const problemsOf = (environment: Record<string, string>) => {
  const read = readSettings(environment, '/somewhere');
  return read.ok ? [] : read.problems;
};

test('nothing set is a server for this machine', () => {
  const settings = settingsOf({ PATH: '/bin', HOME: '/root' });
  expect(settings).toMatchObject({ host: '127.0.0.1', port: 8787, mode: 'sandbox', data: '/somewhere/refreel-data' });
  expect(settings).toMatchObject({ cors: [], allowPrivate: [], publicUrl: undefined, adminKey: undefined });
});

test('empty counts as unset', () => {
  expect(settingsOf({ REFREEL_PORT: '', REFREEL_MODE: ' ' })).toMatchObject({ port: 8787, mode: 'sandbox' });
});

test('all of it is read', () => {
  const settings = settingsOf({
    REFREEL_HOST: '0.0.0.0',
    REFREEL_PORT: '0',
    REFREEL_DATA: '/data',
    REFREEL_MODE: 'live',
    REFREEL_TIME_SCALE: '0.25',
    REFREEL_PUBLIC_URL: 'https://films.example/base/',
    REFREEL_SECRET: 's'.repeat(32),
    REFREEL_ADMIN_KEY: 'a'.repeat(16),
    REFREEL_CORS: 'https://studio.example, http://localhost:5173',
    REFREEL_ALLOW_PRIVATE: 'media.lan,10.0.0.0/8',
    REFREEL_MEDIA_MAP: '',
    REFREEL_RATES: 'CNY/USD=0.1408@2026-11-01',
    DATABASE_URL: 'postgres://user@host/name',
    REFREEL_FFMPEG: '/usr/bin/ffmpeg',
  });
  expect(settings).toEqual({
    host: '0.0.0.0',
    port: 0,
    data: '/data',
    mode: 'live',
    sandboxAnyway: false,
    accounts: [],
    route: 'order',
    rates: [{ from: 'CNY', to: 'USD', rate: '0.1408', date: '2026-11-01' }],
    timeScale: 0.25,
    sandboxFaults: false,
    publicUrl: 'https://films.example/base',
    secret: 's'.repeat(32),
    adminKey: 'a'.repeat(16),
    cors: ['https://studio.example', 'http://localhost:5173'],
    allowPrivate: ['media.lan', '10.0.0.0/8'],
    mediaMap: [],
    databaseUrl: 'postgres://user@host/name',
  });
});

test.each([
  ['REFREEL_ROUTE', 'cheapest'],
  ['REFREEL_HOST', 'http://x'],
  ['REFREEL_PORT', '80a'],
  ['REFREEL_PORT', '65536'],
  ['REFREEL_PORT', '-1'],
  ['REFREEL_PORT', '8787.5'],
  ['REFREEL_MODE', 'Live'],
  ['REFREEL_TIME_SCALE', '-1'],
  ['REFREEL_TIME_SCALE', '1e3'],
  ['REFREEL_TIME_SCALE', '101'],
  ['REFREEL_SANDBOX_FAULTS', '1'],
  ['REFREEL_PUBLIC_URL', 'films.example'],
  ['REFREEL_PUBLIC_URL', 'ftp://films.example'],
  ['REFREEL_PUBLIC_URL', 'https://films.example/?a=1'],
  ['REFREEL_PUBLIC_URL', 'https://user:word@films.example'],
  ['REFREEL_SECRET', 'short'],
  ['REFREEL_ADMIN_KEY', 'short'],
  ['REFREEL_ADMIN_KEY', 'with a space in the middle'],
  ['REFREEL_RATES', 'CNY/USD=0.1408'],
  ['REFREEL_CORS', '*'],
  ['REFREEL_CORS', 'https://studio.example/'],
  ['REFREEL_CORS', 'studio.example'],
  ['DATABASE_URL', 'mysql://host/name'],
])('%s=%s is refused by name', (name, value) => {
  const problems = problemsOf({ [name]: value });
  expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([`variable_invalid ${name}`]);
  for (const language of ['en', 'zh'] as const) {
    const { message, remedy } = explainProblem(problems[0]!, language);
    expect(message).toContain(name);
    expect(message + remedy).not.toMatch(/\{\w+\}/);
  }
});

test('a secret is never repeated', () => {
  expect(JSON.stringify(problemsOf({ REFREEL_SECRET: 'hunter2', REFREEL_ADMIN_KEY: 'hunter2' }))).not.toContain(
    'hunter2',
  );
});

test('faults are of the sandbox alone', () => {
  expect(settingsOf({ REFREEL_SANDBOX_FAULTS: 'true' }).sandboxFaults).toBe(true);
  expect(settingsOf({ REFREEL_SANDBOX_FAULTS: 'false', REFREEL_MODE: 'live' }).sandboxFaults).toBe(false);
  expect(problemsOf({ REFREEL_SANDBOX_FAULTS: 'true', REFREEL_MODE: 'live' })).toMatchObject([
    { code: 'variable_invalid', path: 'REFREEL_SANDBOX_FAULTS' },
  ]);
});

test('everything wrong is told at once', () => {
  expect(problemsOf({ REFREEL_PORT: 'x', REFREEL_MODE: 'y', REFREEL_PROT: '1' })).toHaveLength(3);
});

test.each([
  ['REFREEL_PROT', 'REFREEL_PORT'],
  ['REFREEL_DATA_DIR', 'REFREEL_DATA'],
  ['REFREEL_ADMINKEY', 'REFREEL_ADMIN_KEY'],
  ['REFREEL_PUBLICURL', 'REFREEL_PUBLIC_URL'],
])('%s: did you mean %s?', (name, meant) => {
  expect(problemsOf({ [name]: 'x' })).toMatchObject([
    { code: 'variable_unknown', path: name, values: { closest: meant } },
  ]);
});

test.each([['REFREEL_S3_BUCKET']])('%s does not pass for nothing', (name) => {
  expect(problemsOf({ [name]: 'x' })).toMatchObject([{ code: 'variable_early', path: name }]);
});

test('a map of media is read from the folder of the start', () => {
  const map = { 'https://cdn.example/docs': 'media', 'http://localhost:9000/': '/srv/files' };
  expect(settingsOf({ REFREEL_MEDIA_MAP: JSON.stringify(map) }).mediaMap).toEqual([
    { prefix: 'https://cdn.example/docs/', folder: '/somewhere/media' },
    { prefix: 'http://localhost:9000/', folder: '/srv/files' },
  ]);
  expect(settingsOf({ REFREEL_MEDIA_MAP: '{}' }).mediaMap).toEqual([]);
});

test.each([
  ['https://cdn.example=media'],
  ['[]'],
  ['null'],
  ['"media"'],
  ['{"https://cdn.example/": 7}'],
  ['{"https://cdn.example/": ""}'],
  ['{"https://cdn.example/?a": "media"}'],
  ['{"ftp://cdn.example/": "media"}'],
  ['{"docs/": "media"}'],
  ['{"https://cdn.example": "a", "https://cdn.example/": "b"}'],
])('the map %s is refused', (map) => {
  const [found, ...more] = problemsOf({ REFREEL_MEDIA_MAP: map });
  expect([found?.code, found?.path, more]).toEqual(['variable_invalid', 'REFREEL_MEDIA_MAP', []]);
  expect(explainProblem(found!, 'zh').message).toContain('JSON 对象');
});

test('a map of media is for the sandbox', () => {
  const map = '{"https://cdn.example/": "media"}';
  expect(problemsOf({ REFREEL_MEDIA_MAP: map, REFREEL_MODE: 'live' }).map(({ path }) => path)).toEqual([
    'REFREEL_MEDIA_MAP',
  ]);
});

test('PostgreSQL on a socket of this machine has no host, and what commands read is no mistake of a server', () => {
  const databaseUrl = 'postgres://user@/name?host=%2Frun%2Fpostgresql';
  const environment = { DATABASE_URL: databaseUrl, REFREEL_SERVER: 'http://films.example', REFREEL_KEY: 'rfl_x' };
  expect(settingsOf(environment)).toMatchObject({ databaseUrl });
});
