import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A server in a process of its own, as an operator starts it. */
export interface Serving {
  readonly pid: number;
  /** Where it serves. Rejects with what it said if it ends before. */
  readonly url: Promise<string>;
  /** Milliseconds from the start of the process until it said that it serves. */
  readonly startMilliseconds: Promise<number>;
  /** When it is gone: its exit code, its last signal, and everything that it said. */
  readonly end: Promise<ServingEnd>;
  /** Cuts the server off at this instant, with its children or without: then they have to notice by themselves. */
  kill(whom: 'group' | 'server'): void;
  /** Asks it to end. */
  stop(): Promise<ServingEnd>;
}

export interface ServingEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly complaints: string;
}

const command = [join(root, 'bin/refreel'), 'serve', '--json'];

/** Starts `refreel serve` (or a script that says where it serves in the same words) on a folder and a free port, in a process group of its own. */
export function startServing(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  script: readonly string[] = command,
): Serving {
  const began = performance.now();
  const child = spawn(process.execPath, script, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', LANG: 'C', REFREEL_PORT: '0', REFREEL_DATA: folder, ...environment },
  });
  let [output, complaints] = ['', ''];
  const serving = Promise.withResolvers<{ url: string; after: number }>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    const url = /^\{"url":"([^"]+)".*\}\n/.exec(output)?.[1];
    if (url !== undefined) serving.resolve({ url, after: performance.now() - began });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const end = new Promise<ServingEnd>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal, output, complaints }));
  });
  end.then(
    ({ code, signal }) => serving.reject(new Error(`the server ended with ${code ?? signal}: ${complaints}`)),
    serving.reject,
  );
  const url = serving.promise.then((one) => one.url);
  const startMilliseconds = serving.promise.then((one) => one.after);
  for (const one of [url, startMilliseconds, end]) one.catch(() => {});
  const { pid } = child;
  if (pid === undefined) throw new Error('no process could be started');
  return {
    ...{ pid, url, startMilliseconds, end },
    kill(whom) {
      try {
        process.kill(whom === 'group' ? -pid : pid, 'SIGKILL');
      } catch (error) {
        // It ended by itself meanwhile.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    },
    async stop() {
      child.kill('SIGTERM');
      return await end;
    },
  };
}
