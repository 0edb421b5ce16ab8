import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTemporaryFolder, sweepTemporaryFolders } from './temporary-folder.ts';

let within: string;
beforeAll(() => {
  within = mkdtempSync(join(tmpdir(), 'refreel-sweep-'));
});
afterAll(() => rmSync(within, { recursive: true, force: true }));

/** A process that makes a folder and is killed before it can remove it. */
async function killed(): Promise<string> {
  const module = pathToFileURL(join(import.meta.dirname, 'temporary-folder.ts')).href;
  const script = `
    const { makeTemporaryFolder } = await import('${module}');
    process.stdout.write(await makeTemporaryFolder('work'));
    setInterval(() => {}, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TMPDIR: within },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [folder] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGKILL');
  await once(child, 'exit');
  return folder.toString();
}

test('what a killed process left goes, and nothing else', async () => {
  const left = await killed();
  expect(existsSync(left)).toBe(true);
  writeFileSync(join(left, 'film.part'), 'x');
  const name = basename(left);
  const living = join(within, name.replace(/-\d+-\w+$/, `-${process.pid}-aaaaaa`));
  // Its process number means another process there.
  const elsewhere = join(within, name.replace(/-[\da-f]{8}-/, '-00000000-'));
  const others = ['refreel-keep', 'refreel-work-x', `x${name}`, `${name}.txt`].map((one) => join(within, one));
  const target = join(within, 'target');
  for (const folder of [living, elsewhere, target, ...others]) mkdirSync(folder);
  const link = join(within, name.replace(/\w{6}$/, 'bbbbbb'));
  symlinkSync(target, link);

  await sweepTemporaryFolders(within);
  expect(existsSync(left)).toBe(false);
  expect([living, elsewhere, target, link, ...others].filter((one) => !existsSync(one))).toEqual([]);
});

test('a folder of this process stays as long as it does', async () => {
  const folder = await makeTemporaryFolder('test');
  try {
    await sweepTemporaryFolders();
    expect(existsSync(folder)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
