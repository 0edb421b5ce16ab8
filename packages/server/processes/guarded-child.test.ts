import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChildEnded, type GuardedChild, openGuardedChild } from './guarded-child.ts';

let folder: string;
let child: GuardedChild | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refreel-child-'));
});
afterEach(async () => {
  await child?.close();
  await rm(folder, { recursive: true });
});

async function open(body: string, memoryMegabytes = 400, options = ''): Promise<GuardedChild> {
  const script = join(folder, 'child.ts');
  const module = new URL('./answer-parent.ts', import.meta.url).href;
  await writeFile(
    script,
    `import { answerParent } from '${module}';\nanswerParent(async (question, send) => { ${body} }${options});\n`,
  );
  child = openGuardedChild(script, folder, { memoryMegabytes, cpuSeconds: 60 });
  return child;
}

const endOf = async (answer: Promise<unknown>) => {
  const error = await answer.catch((thrown: unknown) => thrown);
  if (!(error instanceof ChildEnded)) throw new Error(`expected the child to end, got ${String(error)}`);
  return error.end;
};

test('answers questions in order, with events before an answer', async () => {
  const asked = await open('send({ half: question.value / 2 }); return question.value * 2;');
  const events: unknown[] = [];
  const answers = await Promise.all([
    asked.ask({ value: 4 }, { seconds: 20, onEvent: (event) => events.push(event) }),
    asked.ask({ value: 5 }, { seconds: 20 }),
  ]);
  expect(answers).toEqual([8, 10]);
  expect(events).toEqual([{ half: 2 }]);
});

test('has no environment of its parent', async () => {
  process.env.VENICE_API_KEY = 'a key that must not travel';
  const asked = await open('return Object.keys(process.env).filter((name) => name.includes("KEY"));');
  expect(await asked.ask({}, { seconds: 20 })).toEqual([]);
  delete process.env.VENICE_API_KEY;
});

test('a death is told to everybody who waits, and to those who ask later', async () => {
  const asked = await open('process.kill(process.pid, "SIGSEGV"); await new Promise(() => {});');
  expect(await endOf(asked.ask({}, { seconds: 20 }))).toMatchObject({ why: 'crashed', signal: 'SIGSEGV' });
  expect(await endOf(asked.ask({}, { seconds: 20 }))).toMatchObject({ why: 'crashed' });
});

test('answers as many at once as it is told, and the others after them', async () => {
  const asked = await open(
    'await new Promise((go) => setTimeout(go, question.wait)); return true;',
    400,
    ', { atOnce: 2 }',
  );
  const done: number[] = [];
  const ask = (wait: number, name: number) => asked.ask({ wait }, { seconds: 20 }).then(() => done.push(name));
  await Promise.all([ask(600, 1), ask(10, 2), ask(10, 3)]);
  expect(done).toEqual([2, 3, 1]);
});

test('one that is late takes the others with it, and they are told so', async () => {
  const asked = await open('await new Promise(() => {});', 400, ', { atOnce: 2 }');
  const [late, other] = await Promise.all([
    endOf(asked.ask({}, { seconds: 1 })),
    endOf(asked.ask({}, { seconds: 20 })),
  ]);
  expect(late).toEqual({ why: 'timeout', limitSeconds: 1 });
  expect(other).toMatchObject({ why: 'crashed', signal: 'SIGKILL' });
});

test('closing waits until it is gone', async () => {
  const asked = await open('return process.pid;');
  const pid = await asked.ask<number>({}, { seconds: 20 });
  await asked.close();
  expect(() => process.kill(pid, 0)).toThrow();
  expect(await endOf(asked.ask({}, { seconds: 20 }))).toEqual({ why: 'closed' });
});

test('an endless answer is ended', async () => {
  const asked = await open('for (;;) {}');
  expect(await endOf(asked.ask({}, { seconds: 1 }))).toEqual({ why: 'timeout', limitSeconds: 1 });
});

test.runIf(process.platform === 'linux')('memory beyond the limit ends it', async () => {
  const asked = await open(
    'const all = []; for (;;) { all.push(Buffer.alloc(20e6, 1)); await new Promise((go) => setTimeout(go, 10)); }',
    200,
  );
  expect(await endOf(asked.ask({}, { seconds: 20 }))).toEqual({ why: 'memory', limitMegabytes: 200 });
});

test('a bug in the child is an error with its words', async () => {
  const asked = await open('throw new Error("off by one");');
  await expect(asked.ask({}, { seconds: 20 })).rejects.toThrow('off by one');
});

test('a child that is speaking when its parent is killed tidies up', { timeout: 120_000 }, async () => {
  const left = join(folder, 'unfinished');
  const script = join(folder, 'child.ts');
  const parent = join(folder, 'parent.ts');
  const beside = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  await writeFile(
    script,
    `import { rmSync, writeFileSync } from 'node:fs';
     import { answerParent } from ${beside('./answer-parent.ts')};
     answerParent(async (_, send) => {
       writeFileSync(${JSON.stringify(left)}, '');
       while (true) { send('a'.repeat(1000)); await new Promise(setImmediate); }
     }, { orphaned: () => rmSync(${JSON.stringify(left)}) });`,
  );
  await writeFile(
    parent,
    `import { openGuardedChild } from ${beside('./guarded-child.ts')};
     const child = openGuardedChild(${JSON.stringify(script)}, ${JSON.stringify(folder)}, { memoryMegabytes: 400, cpuSeconds: 60 });
     let events = 0;
     void child.ask({}, { seconds: 100, onEvent: () => { if (events++ === 100) process.kill(process.pid, 'SIGKILL'); } });`,
  );
  for (let round = 0; round < 5; round += 1) {
    expect(spawnSync(process.execPath, [parent]).signal).toBe('SIGKILL');
    await expect.poll(() => existsSync(left), { timeout: 20_000 }).toBe(false);
  }
});
