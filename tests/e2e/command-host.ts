import { pathToFileURL } from 'node:url';
import { root } from './command.ts';

// A process that runs one command after another, each from its main program as if it had been started for it. See commands.ts.

/** One command. */
export interface HostedCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

const main = pathToFileURL(`${root}/packages/cli/main.ts`).href;
const { NODE_COMPILE_CACHE = '' } = process.env;
// Each run of the main program listens to them.
for (const stream of [process.stdout, process.stderr]) stream.setMaxListeners(0);
let count = 0;

process.on('message', async ({ args, cwd, environment }: HostedCommand) => {
  process.chdir(cwd);
  process.argv = [process.execPath, 'refreel', ...args];
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, environment, { NODE_COMPILE_CACHE });
  process.exitCode = 0;
  const told = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      told[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      const done = rest.find((one) => typeof one === 'function');
      if (done !== undefined) queueMicrotask(() => done());
      return true;
    };
  await import(`${main}?run=${count++}`);
  process.send!({ ...told, code: process.exitCode });
});
process.on('disconnect', () => process.exit());
