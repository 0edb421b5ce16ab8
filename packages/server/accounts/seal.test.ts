import { expect, test } from 'vitest';
import { openSealer } from './seal.ts';

const secret = 'a secret of at least thirty-two characters';
const of = { id: 'mine', origin: 'https://api.example' };
const key = 'sk-very-secret-0123456789';

test('a sealed key opens with the same secret, for the same account', () => {
  const sealed = openSealer(secret).seal(key, of);
  expect(openSealer(secret).open(sealed, of)).toBe(key);
  expect(sealed.includes(Buffer.from(key))).toBe(false);
  // The same key sealed twice is not seen to be the same.
  expect(openSealer(secret).seal(key, of).equals(sealed)).toBe(false);
});

test('it opens with no other secret, for no other account, at no other origin, and not when it was changed', () => {
  const sealer = openSealer(secret);
  const sealed = sealer.seal(key, of);
  expect(openSealer(`${secret}!`).open(sealed, of)).toBeUndefined();
  expect(sealer.open(sealed, { ...of, id: 'other' })).toBeUndefined();
  expect(sealer.open(sealed, { ...of, origin: 'https://evil.example' })).toBeUndefined();
  for (const at of [0, 1, 13, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    expect(sealer.open(changed, of), String(at)).toBeUndefined();
  }
  for (const length of [0, 1, 28]) expect(sealer.open(sealed.subarray(0, length), of)).toBeUndefined();
});

test('a mark tells keys apart and does not tell them', () => {
  const sealer = openSealer(secret);
  expect(sealer.mark(key)).toBe(openSealer(secret).mark(key));
  expect(sealer.mark(key)).not.toBe(sealer.mark(`${key}0`));
  expect(sealer.mark(key)).not.toContain(key);
});
