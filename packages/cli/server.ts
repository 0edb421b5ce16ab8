import { readFile } from 'node:fs/promises';
import { type Localized, type Problem, type ProblemCode, problem, problemKind, Refusal } from '@refreel/core/model';
import { openRefreel, type Refreel, RefreelError, type ShownProblem } from '@refreel/sdk';
import type { ServerFlags } from './flags.ts';
import { languageFrom } from './show/words.ts';

/** A server that was named, not yet asked. */
export interface Server {
  readonly refreel: Refreel;
  readonly url: string;
}

/** Long enough, about half a minute, for a server that is started anew. */
const retries = 8;

const usualServer = 'http://127.0.0.1:8787';

/** Takes the server and the key that flags or environment name. @throws Refusal */
export async function openServer(flags: ServerFlags, environment: NodeJS.ProcessEnv = process.env): Promise<Server> {
  const url = flags.server ?? (environment.REFREEL_SERVER || usualServer);
  const key = flags.keyFile === undefined ? environment.REFREEL_KEY?.trim() || undefined : await readKey(flags.keyFile);
  if (flags.keyFile === undefined && key !== undefined && !isKey(key)) throw unreadable('REFREEL_KEY', '…', notKey);
  let refreel: Refreel;
  try {
    refreel = openRefreel({ baseUrl: url, key, language: languageFrom(flags.lang), retries });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Refusal(problem('server_address', 'server', { found: url }));
  }
  await knock(url);
  return { url, refreel };
}

const knockMilliseconds = 10_000;

/** Where nothing listens, people hear of it at once: only what breaks off later is tried again. @throws Refusal */
async function knock(url: string): Promise<void> {
  try {
    const answer = await fetch(`${url.replace(/\/+$/, '')}/healthz`, {
      signal: AbortSignal.timeout(knockMilliseconds),
    });
    await answer.body?.cancel();
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const limit = reason instanceof Error ? reason.message || reason.name : String(reason);
    throw new Refusal(problem('server_unreachable', '', { found: url, limit }));
  }
}

const notKey: Localized = { en: 'it holds something else', zh: '内容不是密钥' };

async function readKey(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unreadable('--key-file', file, error.code ?? String(error));
  });
  const key = text.trim();
  // What it holds instead is never shown: it may be another secret.
  if (!isKey(key)) throw unreadable('--key-file', file, notKey);
  return key;
}

function isKey(text: string): boolean {
  return /^[\x21-\x7e]{1,512}$/.test(text);
}

function unreadable(path: string, found: string, limit: string | Localized): Refusal {
  return new Refusal(problem('key_unreadable', path, { found, limit }));
}

/** Does what asks a server; what it refuses, or that it does not answer, is a `Refusal` with problems that people can act on. */
export async function asked<Value>({ url }: Pick<Server, 'url'>, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefreelError)) throw error;
    throw new Refusal(...problemsOf(error, url));
  }
}

function problemsOf(error: RefreelError, url: string): readonly [Problem, ...Problem[]] {
  if (error.kind === 'refused') return error.problems.map(readProblem) as [Problem, ...Problem[]];
  if (error.kind === 'no answer') {
    const limit = error.message.replace(/^No answer from .*?: /, '').replace(/\.$/, '');
    return [problem('server_unreachable', '', { found: url, limit })];
  }
  // Without a status the answer was the server's, and its bytes were not.
  if (error.status === undefined) return [problem('download_damaged', '', { found: url })];
  return [problem('server_foreign', '', { found: url, limit: `HTTP ${error.status}` })];
}

/** A problem that the server told, as ours again. */
export function readProblem({ code, path, values, source, message, remedy }: ShownProblem): Problem {
  if (isKnown(code)) return problem(code, path, values, source);
  return problem('server_says', path, { found: message, limit: remedy });
}

function isKnown(code: string): code is ProblemCode {
  return problemKind(code as ProblemCode) !== undefined;
}
