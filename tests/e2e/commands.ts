import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { type CommandOptions, type Outcome, pinnedNode, root } from './command.ts';
import type { HostedCommand } from './command-host.ts';

/**
 * Runs `refreel` one command after the other in a process that stays: for what depends neither on how its process begins and ends nor on its
 * standard input, which `refreel` of command.ts is for. A start costs more than most commands.
 */
export interface Commands {
  run(args: readonly string[], options?: Pick<CommandOptions, 'cwd' | 'environment'>): Promise<Outcome>;
  close(): Promise<void>;
}

export function openCommands(): Commands {
  let host: ChildProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const start = () =>
    fork(join(root, 'tests/e2e/command-host.ts'), {
      execPath: pinnedNode,
      execArgv: [],
      env: { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/refreel') },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  const run = async (command: HostedCommand): Promise<Outcome> => {
    host ??= start();
    const asked = host;
    return await new Promise<Outcome>((done) => {
      const onMessage = (outcome: Omit<Outcome, 'signal'>) => {
        asked.off('exit', onExit);
        done({ ...outcome, signal: null });
      };
      // What ends its process ends the one that it runs in.
      const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
        host = undefined;
        asked.off('message', onMessage);
        done({ code, signal, stdout: '', stderr: `${command.args.join(' ')} ended its process` });
      };
      asked.once('message', onMessage).once('exit', onExit);
      asked.send(command);
    });
  };
  return {
    run(args, { cwd = root, environment = { PATH: process.env.PATH ?? '' } } = {}) {
      const outcome = last.then(() => run({ args, cwd, environment }));
      last = outcome.catch(() => {});
      return outcome;
    },
    async close() {
      await last;
      if (host === undefined) return;
      const gone = new Promise((resolve) => host?.once('exit', resolve));
      host.disconnect();
      await gone;
    },
  };
}
