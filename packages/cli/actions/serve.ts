import { Refusal } from '@refreel/core/model';
import { readSettings, type Settings, StoreError, serve } from '@refreel/server/serve';
import { watchCancellation } from '../cancellation.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ServeFlags } from '../flags.ts';
import { accountLines, accountsOf } from '../show/accounts.ts';
import { languageFrom } from '../show/words.ts';

/** Serves until a signal says to stop; what was accepted is kept. The answer is the exit code. */
export async function serveUntilStopped(flags: ServeFlags): Promise<number> {
  const settings = settingsFrom(flags);
  const stop = Promise.withResolvers<void>();
  const cancellation = watchCancellation(stop.resolve);
  const forgetLauncher = watchLauncher(stop.resolve);
  try {
    const running = await serve(settings);
    const started = { url: running.url, mode: settings.mode, data: settings.data, key: running.locked };
    const accounts = accountsOf(running);
    const told = accounts.length === 0 ? started : { ...started, accounts };
    const lines = [sentence(started, flags), ...accountLines(settings, running, languageFrom(flags.lang))];
    process.stdout.write(flags.json ? `${JSON.stringify(told)}\n` : `${lines.join('\n')}\n`);
    await stop.promise;
    await running.close();
    return exitCodes.done;
  } catch (error) {
    return tellStoreError(error);
  } finally {
    cancellation.release();
    forgetLauncher();
  }
}

const lookMilliseconds = 100;

/**
 * `npm start` puts a shell between itself and us, which a signal ends without being passed on. That the shell is gone is then all that we
 * learn of it.
 */
function watchLauncher(stop: () => void): () => void {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const launcher = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== launcher) stop();
  }, lookMilliseconds);
  return () => clearInterval(timer);
}

/** The settings of the environment, with options before variables. @throws Refusal */
export function settingsFrom(
  flags: Pick<
    ServeFlags,
    'host' | 'port' | 'data' | 'sandbox' | 'live' | 'sandboxAnyway' | 'timeScale' | 'sandboxFaults'
  >,
): Settings {
  const { host, port, data, sandbox, live, sandboxAnyway, timeScale, sandboxFaults } = flags;
  const read = readSettings({
    ...process.env,
    ...(host !== undefined && { REFREEL_HOST: host }),
    ...(port !== undefined && { REFREEL_PORT: port }),
    ...(data !== undefined && { REFREEL_DATA: data }),
    ...(sandbox === true && { REFREEL_MODE: 'sandbox' }),
    ...(timeScale !== undefined && { REFREEL_TIME_SCALE: timeScale }),
    ...(sandboxFaults === true && { REFREEL_SANDBOX_FAULTS: 'true' }),
    ...(live === true && { REFREEL_MODE: 'live' }),
    ...(sandboxAnyway === true && { REFREEL_MODE: 'sandbox-anyway' }),
  });
  if (!read.ok) throw new Refusal(...read.problems);
  return read.settings;
}

/** Says why the store does not open; the answer is the exit code. Anything else goes on. */
export function tellStoreError(error: unknown): number {
  if (!(error instanceof StoreError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return exitCodes.failed;
}

function sentence(
  { url, mode, data, key }: { url: string; mode: string; data: string; key: boolean },
  flags: ServeFlags,
): string {
  if (languageFrom(flags.lang) === 'zh')
    return `Refreel 已启动：${url}（${mode}，数据：${data}，${key ? '需要密钥' : '仅限本机，无需密钥'}）`;
  return `Refreel serves at ${url} (${mode}, data in ${data}, ${key ? 'a key is needed' : 'this machine only, no key needed'})`;
}
