import type { Account } from '@refreel/sdk';
import { expect, test } from 'vitest';
import { accountLines, accountsOf, checkedLines, listLines } from './accounts.ts';

const problem = { code: 'x', message: 'It is refused.', remedy: 'Mend it.', path: '', values: {}, retryable: false };
const account: Account = {
  ...({ id: 'wan', origin: 'added', dialect: 'dashscope', baseUrl: 'https://api.example', region: null } as const),
  ...{ models: { 'wan2.7-r2v': 'wan2.7-r2v' }, concurrency: 2, pace: null, lookIntervalSeconds: 15, aside: null },
};
const aside = { at: '2026-11-20T00:00:00.000Z', problem };

test('a list says of each account where it is and why it is set aside', () => {
  expect(
    listLines({ items: [account, { ...account, id: 'two', aside }], unreadable: [{ id: 'three', problem }] }, 'en'),
  ).toEqual([
    'wan  dashscope  https://api.example  (added over the API)',
    '  wan2.7-r2v',
    'two  dashscope  https://api.example  (added over the API)',
    '  wan2.7-r2v',
    '  Set aside since 2026-11-20T00:00:00.000Z: It is refused. Mend it.',
    'three',
    '  It is refused. Mend it.',
  ]);
  expect(listLines({ items: [], unreadable: [] }, 'zh')).toEqual(['没有账户。']);
});

test('a check says what the vendor said', () => {
  expect(checkedLines({ account, key: 'taken', problem: null }, 'en').at(-1)).toBe('  The vendor takes the key.');
  expect(checkedLines({ account, key: 'unclear', problem }, 'zh').at(-1)).toContain('It is refused.');
});

test('a start says what is paid, and what is set aside', () => {
  const standing = {
    account: { id: 'wan', dialect: { id: 'dashscope' }, models: new Map([['wan2.7-r2v', 'w']]) },
    aside,
  };
  const running = { accounts: [standing] } as unknown as Parameters<typeof accountsOf>[0];
  expect(accountsOf(running)).toEqual([{ id: 'wan', dialect: 'dashscope', models: ['wan2.7-r2v'], aside: true }]);
  expect(accountLines({ mode: 'live' }, running, 'en').at(-1)).toMatch(
    /^ {2}wan \(dashscope\): wan2\.7-r2v — set aside/,
  );
  expect(accountLines({ mode: 'sandbox' }, running, 'en')).toHaveLength(1);
});
