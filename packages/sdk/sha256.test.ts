import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { openSha256 } from './sha256.ts';

test('it is SHA-256, of every length around a block and in whatever pieces', () => {
  const bytes = randomBytes(1000);
  for (let length = 0; length < 260; length += 1) {
    const hash = openSha256();
    for (let at = 0; at < length; at += (length % 70) + 1)
      hash.add(bytes.subarray(at, Math.min(length, at + (length % 70) + 1)));
    expect(hash.end(), `${length} bytes`).toBe(createHash('sha256').update(bytes.subarray(0, length)).digest('hex'));
  }
  const long = randomBytes(3_000_001);
  const hash = openSha256();
  hash.add(long);
  expect(hash.end()).toBe(createHash('sha256').update(long).digest('hex'));
});
