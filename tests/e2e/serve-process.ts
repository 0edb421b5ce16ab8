import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fillTestFolder } from '../../packages/server/store/test-store.ts';
import { pinnedNode, root } from './command.ts';

/** `refreel serve` in a process of its own, on a free port. */
export interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  /** Ends it as an operator does. */
  stop(): Promise<void>;
}

/** Starts a server on a data folder, which is made where there is none. Throws with what it said where it does not start. */
export async function serve(data: string, environment: Readonly<Record<string, string>> = {}): Promise<Served> {
  if (environment.DATABASE_URL === undefined && !existsSync(data)) await fillTestFolder(data);
  const env = { PATH: process.env.PATH ?? '', REFREEL_PORT: '0', REFREEL_DATA: data, ...environment };
  const child = spawn(pinnedNode, [join(root, 'bin', 'refreel'), 'serve', '--json'], { env });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  return await new Promise((started, fail) => {
    child.stdout.once('data', (text) => {
      const { url } = JSON.parse(String(text)) as { url: string };
      started({
        url,
        child,
        stop() {
          child.kill('SIGTERM');
          return ended;
        },
      });
    });
    void ended.then(() => fail(new Error(`refreel serve ended: ${said}`)));
  });
}
