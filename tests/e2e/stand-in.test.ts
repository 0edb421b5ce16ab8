import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { faultNames, faultTable } from '../../packages/server/sandbox/fault-table.ts';
import { pinnedNode, root, until } from './command.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

// What the page and the workflow show is run as it stands there, but for the port and for what installs.

const pages = {
  en: readFileSync(join(root, 'docs/stand-in.md'), 'utf8'),
  zh: readFileSync(join(root, 'docs/stand-in.zh-CN.md'), 'utf8'),
};
const blocks = (language: string) =>
  [...pages.en.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text!);

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly 'working-directory'?: string;
}
const workflow = parse(readFileSync(join(root, 'docs/ci/refreel.yml'), 'utf8')) as {
  readonly jobs: { readonly test: { readonly env: Record<string, string>; readonly steps: readonly Step[] } };
};
const { env, steps } = workflow.jobs.test;
const runs = steps.filter((step): step is Step & { run: string } => step.run !== undefined);

test.each(['en', 'zh'] as const)('the page shows every fault as the table has it: %s', (language) => {
  const rows = faultNames.map((name) => `| \`${name}\` | ${faultTable[name].says[language]} |`);
  expect(pages[language], `the rows are:\n${rows.join('\n')}`).toContain(`|---|---|\n${rows.join('\n')}\n\n`);
});

test('both pages show the same code', () => {
  const codes = Object.values(pages).map((text) => [...text.matchAll(/```\w+\n[\s\S]*?```/g)].map(([code]) => code));
  expect(codes[0]!.length).toBeGreaterThan(4);
  expect(codes[1]).toEqual(codes[0]);
});

describe('the workflow', () => {
  let folder: string;
  let port: number;
  let started: ChildProcess;
  let said = '';
  const here = (text: string) => text.replaceAll('127.0.0.1:8787', `127.0.0.1:${port}`);

  /** One step as the CI runs it. What it starts in the background stays. */
  function run(script: string, directory: string): { child: ChildProcess; code: Promise<number | null> } {
    const child = spawn('bash', ['-eo', 'pipefail', '-c', here(script)], {
      cwd: directory,
      detached: true,
      env: {
        ...{
          PATH: process.env.PATH ?? '',
          HOME: folder,
          REFREEL_PORT: String(port),
          REFREEL_DATA: join(folder, 'data'),
        },
        ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, here(value)])),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += String(chunk);
      });
    return { child, code: new Promise((done) => child.on('exit', done)) };
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'refreel-ci-'));
    mkdirSync(join(folder, 'data'));
    // The checkout of Refreel beside what is tested.
    symlinkSync(root, join(folder, 'refreel'));
    port = await freePort();
    const start = runs.find(({ run }) => run.includes('npm start'))!;
    // Beside a link ".." is not what it seems.
    const script = start.run.replace('../refreel.log', join(folder, 'refreel.log'));
    const { child, code } = run(script, join(folder, start['working-directory']!));
    started = child;
    expect(await code, said).toBe(0);
  }, 120_000);
  afterAll(async () => {
    // Only what this step started: its own group.
    process.kill(-started.pid!, 'SIGTERM');
    await until(() => !isThere(started.pid!), 'the stand-in to end');
    rmSync(folder, { recursive: true, force: true });
  });

  test('installs, starts, tests and tells, in this order', () => {
    expect(runs.map(({ run }) => run.split('\n')[0])).toEqual([
      'npm ci',
      'npm start -- --time-scale 0 --sandbox-faults > ../refreel.log 2>&1 &',
      'npm ci && npm test',
      'curl -sSf http://127.0.0.1:8787/v1/sandbox/ledger',
    ]);
  });

  test('waits until the stand-in answers', () => {
    expect(said).toContain('"ok":true');
  });

  test('the code of the page, in place of your tests, loses an answer and finds it', async () => {
    const [code] = blocks('js');
    const child = spawn(pinnedNode, ['--input-type=module', '-e', here(code!)], { cwd: root });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        text += String(chunk);
      });
    expect(await new Promise((done) => child.on('close', done)), text).toBe(0);
    expect(text).toMatch(/^video_\w+ (?:queued|in_progress|completed)/);
  }, 60_000);

  test('the commands of the page work', async () => {
    const [arm, clock, ledger] = blocks('sh').filter((text) => text.startsWith('curl'));
    const answers: unknown[] = [];
    for (const command of [arm, clock, ledger]) {
      said = '';
      expect(await run(command!, folder).code).toBe(0);
      answers.push(JSON.parse(said));
    }
    expect(answers).toMatchObject([
      { fault: 'http_503', on: 'create', dialect: 'openai', model: 'sora-2', times: 2, remaining: 2 },
      { offsetSeconds: 86_400 },
      { items: [], totals: { generations: 0 } },
    ]);
  }, 60_000);

  test('its last step tells what it would have cost', async () => {
    said = '';
    const { code } = run(runs.at(-1)!.run, folder);
    expect(await code).toBe(0);
    // The log goes after it, in lines of its own.
    const ledger = JSON.parse(said.split('\n')[0]!);
    expect(ledger.items).toMatchObject([{ dialect: 'openai', model: 'sora-2', reason: expect.any(String) }]);
    expect(said).toContain('Refreel serves at');
  }, 60_000);
});

/** Whether any process of a group is left. */
function isThere(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
