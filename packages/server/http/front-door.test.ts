import { describe, expect, test } from 'vitest';
import { admit, type Door, isLoopback, mayStart } from './front-door.ts';

const door: Door = { host: '127.0.0.1', port: 8787, publicUrl: undefined, cors: [], locked: false };
const knock = (headers: Record<string, string>, method = 'POST') => ({ method, path: '/v1/generations', headers });
const codeOf = (headers: Record<string, string>, changes: Partial<Door> = {}, method = 'POST') => {
  const admission = admit(knock(headers, method), { ...door, ...changes });
  return admission.ok ? (admission.keyless ? 'keyless' : 'key') : admission.problem.code;
};

describe('without keys', () => {
  test.each([['localhost:8787'], ['127.0.0.1:8787'], ['[::1]:8787']])(
    'a caller of this machine comes in by %s',
    (host) => {
      expect(codeOf({ host })).toBe('keyless');
    },
  );

  test.each([
    ['evil.example:8787'],
    ['localhost'],
    ['localhost:80'],
    ['127.0.0.1.evil.example:8787'],
    [''],
    ['0.0.0.0:8787'],
  ])('not by the name "%s"', (host) => {
    expect(codeOf({ host })).toBe('foreign_host');
  });

  test.each([['forwarded'], ['x-forwarded-for'], ['x-forwarded-host'], ['x-forwarded-port'], ['x-real-ip'], ['via']])(
    'not through a proxy (%s)',
    (header) => {
      expect(codeOf({ host: 'localhost:8787', [header]: '1.2.3.4' })).toBe('proxy_needs_key');
    },
  );

  test('not where others reach the server', () => {
    expect(codeOf({ host: 'localhost:8787' }, { host: '0.0.0.0' })).toBe('key_needed');
    expect(mayStart({ ...door, host: '0.0.0.0' })?.code).toBe('open_without_key');
    expect(mayStart({ ...door, host: '0.0.0.0', locked: true })).toBeUndefined();
    expect(mayStart(door)).toBeUndefined();
  });
});

describe('pages of other sites', () => {
  test('are refused, with a key or without', () => {
    expect(codeOf({ host: 'localhost:8787', origin: 'https://evil.example' })).toBe('foreign_origin');
    expect(codeOf({ host: 'localhost:8787', origin: 'null' })).toBe('foreign_origin');
    expect(codeOf({ host: 'films.example', origin: 'https://evil.example' }, { locked: true })).toBe('foreign_origin');
    expect(codeOf({ host: 'localhost:8787', 'sec-fetch-site': 'cross-site' })).toBe('foreign_origin');
  });

  test('come in where the operator named them', () => {
    const cors = ['https://studio.example'];
    expect(
      codeOf(
        { host: 'films.example', origin: 'https://studio.example', 'sec-fetch-site': 'cross-site' },
        { cors, locked: true },
      ),
    ).toBe('key');
    expect(
      codeOf({ host: 'films.example', origin: 'https://studio.example.evil.example' }, { cors, locked: true }),
    ).toBe('foreign_origin');
  });

  test('may link here', () => {
    expect(
      codeOf({ host: 'localhost:8787', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, {}, 'GET'),
    ).toBe('keyless');
    expect(codeOf({ host: 'localhost:8787', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(
      'foreign_origin',
    );
  });

  test('our own pages are ours', () => {
    expect(codeOf({ host: 'localhost:8787', origin: 'http://localhost:8787', 'sec-fetch-site': 'same-origin' })).toBe(
      'keyless',
    );
    expect(
      codeOf(
        { host: 'films.example', origin: 'https://films.example' },
        { locked: true, publicUrl: 'https://films.example/' },
      ),
    ).toBe('key');
  });

  test('a lured browser names the lure as its host, and is refused for it', () => {
    expect(
      codeOf({ host: 'evil.example:8787', origin: 'http://evil.example:8787', 'sec-fetch-site': 'same-origin' }),
    ).toBe('foreign_host');
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
])('isLoopback(%s) is %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
