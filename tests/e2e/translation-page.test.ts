import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { media, refreel, root } from './command.ts';

// What the page on translation shows is what is printed.

vi.setConfig({ testTimeout: 120_000 });

const page = readFileSync(join(root, 'docs/translation.md'), 'utf8');
const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-translation-test-'));
  writeFileSync(join(folder, 'request.yaml'), block('yaml'));
  for (const [name, picture] of [
    ['mei.png', 'astronaut.png'],
    ['side.png', 'astronaut.png'],
    ['cafe.png', 'coffee.png'],
  ] as const)
    copyFileSync(join(media, picture), join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the example is printed as it is shown', async () => {
  const [program, ...args] = block('sh').trim().split(' ');
  expect(program).toBe('refreel');
  const { code, stdout, stderr } = await refreel(args, { cwd: folder });
  expect([code, stderr]).toEqual([0, '']);
  // The first block without a language is what it prints.
  expect(stdout).toBe(/```\n\n```\n([\s\S]*?)```/.exec(page)?.[1]);
});

test('all models, and the same for machines', async () => {
  const all = await refreel(['check', 'request.yaml', '--models', 'all', '--json'], { cwd: folder });
  const { models, refusing } = JSON.parse(all.stdout) as {
    models: { model: string; ok: boolean }[];
    refusing: string[];
  };
  expect(models.length).toBeGreaterThan(2);
  expect(models.every(({ ok }) => ok)).toBe(true);
  expect(refusing).toContain('sora-2');
  const none = await refreel(['check', 'request.yaml', '--models', 'sora-2'], { cwd: folder });
  expect([none.code, none.stdout.includes('refused')]).toEqual([3, true]);
});
