import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const media = join(root, 'media');

/** The Node.js that Refreel installs. */
export const pinnedNode = join(root, 'node_modules', '.bin', 'node');

/** The machine's own Node.js, where that is another. */
export function otherNode(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin'];
  return folders
    .map((one) => join(one, 'node'))
    .find((file) => {
      if (!existsSync(file) || file.includes('node_modules')) return false;
      const version = spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
      return /^v(?:2\d|[3-9]\d)\./.test(version) && version !== process.version;
    });
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  /** The whole environment; by default one with nothing but a PATH. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  readonly node?: string;
  readonly launcher?: string;
  /** Called once the process is there. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs `refreel` as people do, in a process of its own. */
export function refreel(args: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
  const { cwd = root, environment = { PATH: process.env.PATH ?? '' }, input, node = pinnedNode } = options;
  const child = spawn(node, [options.launcher ?? join(root, 'bin', 'refreel'), ...args], {
    cwd,
    env: { ...environment },
  });
  options.onStart?.(child);
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
}

/** Processes that descend from one, by the kernel's own list; only on Linux. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  const found: number[] = [];
  for (let fresh = [pid]; fresh.length > 0; ) {
    fresh = [...parents].filter(([, parent]) => fresh.includes(parent)).map(([child]) => child);
    found.push(...fresh);
  }
  return found;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits for something to become true; throws where it does not in time. */
export async function until(condition: () => boolean, what: string, seconds = 30): Promise<void> {
  for (let left = seconds * 50; !condition(); left -= 1) {
    if (left <= 0) throw new Error(`waited ${seconds} s for ${what}`);
    await new Promise((go) => setTimeout(go, 20));
  }
}
