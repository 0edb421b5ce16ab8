import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { media, refreel, root } from './command.ts';

// What the READMEs show is run as it stands there.

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refreel-readme-test-'));
  for (const [name, picture] of [
    ['face.jpg', 'astronaut.png'],
    ['side.jpg', 'astronaut.png'],
    ['cafe.jpg', 'coffee.png'],
  ] as const)
    copyFileSync(join(media, picture), join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['README.md', 'README.zh-CN.md'])('%s', (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  const request = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const commands = [...text.matchAll(/^npx refreel (.*)$/gm)].map((match) => match[1]!);

  test('shows a request and commands', () => {
    expect(request).toContain('references:');
    expect(commands.length).toBeGreaterThanOrEqual(7);
  });

  test.each(commands)('refreel %s', async (command) => {
    writeFileSync(join(folder, 'request.yaml'), request);
    writeFileSync(join(folder, 'prompt.txt'), name === 'README.md' ? '@mei walks into @cafe.' : '@小美走进@咖啡馆。');
    // A film of the same request, only smaller: the size is not the point here.
    const smaller = command.startsWith('render') ? ['--size', '320x180', '--seconds', '1'] : [];
    const ran = await refreel([...command.split(' '), ...smaller], { cwd: folder });
    expect(ran.stderr + ran.stdout, command).not.toMatch(/fault of Refreel/);
    expect(ran.code, ran.stderr).toBe(0);
  });
});
