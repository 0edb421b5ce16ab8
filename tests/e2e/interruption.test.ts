import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { descendants, isAlive, otherNode, pinnedNode, refreel, until } from './command.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refreel-interruption-test-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform !== 'linux')('ended from outside', () => {
  test('by Ctrl-C it leaves nothing, no process either', async () => {
    await expectCancelled(pinnedNode);
  });

  const other = otherNode();
  test.skipIf(other === undefined)('by Ctrl-C through another Node.js, which passes it on', async () => {
    await expectCancelled(other!);
  });

  test('by SIGTERM it says so', async () => {
    await expectCancelled(pinnedNode, 'SIGTERM', 143);
  });

  test('killed at once, its child tidies up after it', async () => {
    const { place, children } = await interrupted(pinnedNode, (child) => child.kill('SIGKILL'));
    await until(() => !children.some(isAlive), 'its processes to end');
    expect(await filesOf(place)).toEqual(['request.yaml']);
    expect(await filesOf(join(place, '..', 'temporary'))).toEqual([]);
  });
});

const filesOf = async (place: string) => (await readdir(place)).sort();

async function expectCancelled(node: string, signal: NodeJS.Signals = 'SIGINT', code = 130): Promise<void> {
  const { place, outcome, children } = await interrupted(node, (child) => {
    child.kill(signal);
  });
  expect(outcome).toMatchObject({ code, stdout: '' });
  expect(children.filter(isAlive)).toEqual([]);
  expect(await filesOf(place)).toEqual(['request.yaml']);
  expect(await filesOf(join(place, '..', 'temporary'))).toEqual([]);
}

/** Starts a long film and does something once it is being drawn. */
async function interrupted(node: string, interrupt: (child: ChildProcess) => void) {
  const home = await mkdtemp(join(folder, 'interrupted-'));
  const place = join(home, 'place');
  await mkdir(place);
  await mkdir(join(home, 'temporary'));
  await writeFile(join(place, 'request.yaml'), 'prompt: A dog runs in the rain.\nseconds: 60\nsize: 1280x720');
  let children: number[] = [];
  const environment = { PATH: process.env.PATH ?? '', TMPDIR: join(home, 'temporary') };
  const outcome = await refreel(['render', 'request.yaml', '-o', 'film.mp4'], {
    ...{ cwd: place, node, environment },
    onStart: (child) => {
      void drawn(place).then(() => {
        children = descendants(child.pid!);
        interrupt(child);
      });
    },
  });
  expect(children.length).toBeGreaterThan(0);
  return { place, outcome, children };
}

/** Waits for a film that has begun to grow. */
async function drawn(place: string): Promise<void> {
  for (;;) {
    for (const name of await readdir(place))
      if (name.endsWith('.part') && (await stat(join(place, name)).catch(() => undefined))?.size) return;
    await new Promise((go) => setTimeout(go, 20));
  }
}
