import { expect, test } from 'vitest';
import { openSigner, openSigners } from './signer.ts';

const secret = 'a secret of the tests, long enough';

test('a signature matches its own text and no other', () => {
  const signer = openSigner(secret, 'session');
  const signature = signer.sign('key_1');
  expect(signature).toMatch(/^[\w-]{43}$/);
  expect(signer.matches('key_1', signature)).toBe(true);
  expect(signer.matches('key_2', signature)).toBe(false);
  expect(signer.matches('', signature)).toBe(false);
});

test('another purpose or another secret does not match', () => {
  const signature = openSigner(secret, 'session').sign('key_1');
  expect(openSigner(secret, 'upload').matches('key_1', signature)).toBe(false);
  expect(openSigner(`${secret}.`, 'session').matches('key_1', signature)).toBe(false);
  expect(openSigners(secret)('session').matches('key_1', signature)).toBe(true);
});

test('what is no signature is refused and never thrown at', () => {
  const signer = openSigner(secret, 'session');
  const signature = signer.sign('key_1');
  // The last character carries four bits of padding: its neighbours decode to the same bytes.
  const last = signature.at(-1)!;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const sibling = signature.slice(0, -1) + alphabet[alphabet.indexOf(last) ^ 1];
  expect(Buffer.from(sibling, 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
  for (const text of [
    '',
    'x',
    `${signature}A`,
    signature.slice(1),
    `${signature}=`,
    ` ${signature}`,
    '图'.repeat(43),
    sibling,
  ])
    expect(signer.matches('key_1', text)).toBe(false);
});
