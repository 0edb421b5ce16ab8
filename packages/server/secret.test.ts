import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSecret, secretName } from './secret.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('it is made once, stays, and is for its owner alone', () => {
  const secret = openSecret(folder);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(openSecret(folder)).toBe(secret);
  expect(statSync(join(folder, secretName)).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual([secretName]);
});

test('each folder has its own', () => {
  const other = mkdtempSync(join(tmpdir(), 'refreel-secret-'));
  expect(openSecret(other)).not.toBe(openSecret(folder));
  rmSync(other, { recursive: true });
});

test('a file that holds no secret is said plainly, and kept', () => {
  const path = join(folder, secretName);
  for (const text of ['', 'short\n', `${'a'.repeat(42)} ${'b'.repeat(42)}`]) {
    writeFileSync(path, text);
    expect(() => openSecret(folder)).toThrow(expect.objectContaining({ code: 'folder_corrupt', place: path }));
    expect(readFileSync(path, 'utf8')).toBe(text);
  }
});
