import type { Generation, Resolution, State } from '@refreel/sdk';
import { watchCancellation } from '../cancellation.ts';
import { exitCodes } from '../exit-codes.ts';
import { assertWritable } from '../film-files.ts';
import type { DownloadFlags, GetFlags, ListFlags, ResolveFlags, ServerFlags } from '../flags.ts';
import { type Course, downloadFilms, waitFor } from '../generation-course.ts';
import { asked, openServer, type Server } from '../server.ts';
import { cancelledSentence, exitCodeOfEnd, generationLines, generationTable, tellEnded } from '../show/generation.ts';
import { openProgress } from '../show/progress.ts';
import { languageFrom, say } from '../show/words.ts';

/** Tells how a generation stands; with `--wait`, how it ended. The answer is the exit code. */
export async function tellGeneration(id: string, flags: GetFlags): Promise<number> {
  return await follow(await openServer(flags), flags, async (course) => {
    const { refreel } = course.server;
    const found = flags.wait ? await waitFor(id, course) : await refreel.generations.get(id, { signal: course.signal });
    course.progress.clear();
    write(flags, found, () => generationLines(found, languageFrom(flags.lang)));
    return flags.wait ? exitCodeOfEnd(found) : exitCodes.done;
  });
}

/** Lists generations, newest first. The answer is the exit code. */
export async function tellGenerations(flags: ListFlags): Promise<number> {
  const server = await openServer(flags);
  const { state, model, limit } = flags;
  const found: Generation[] = [];
  await asked(server, async () => {
    const filter = {
      // An unknown state is told by the server, which names those that there are.
      ...(state !== undefined && { state: state as State[] }),
      ...(model !== undefined && { model }),
      limit: Math.min(100, limit),
    };
    for await (const one of server.refreel.generations.list(filter)) {
      found.push(one);
      if (found.length === limit) break;
    }
  });
  write(flags, found, () => generationTable(found, languageFrom(flags.lang)));
  if (found.length === 0 && !flags.json) process.stderr.write(`${say('none', languageFrom(flags.lang))}\n`);
  return exitCodes.done;
}

/** Cancels a generation. The answer is the exit code. */
export async function cancelGeneration(id: string, flags: ServerFlags): Promise<number> {
  const server = await openServer(flags);
  const cancelled = await asked(server, () => server.refreel.generations.cancel(id));
  write(flags, cancelled, () => [cancelledSentence(cancelled, languageFrom(flags.lang))]);
  return cancelled.state === 'unconfirmed' ? exitCodes.unconfirmed : exitCodes.done;
}

/** Settles an attempt that is unconfirmed. The answer is the exit code. */
export async function resolveGeneration(id: string, flags: ResolveFlags): Promise<number> {
  const { notCreated, failed, vendorId, billed, attempt } = flags;
  const as: Resolution['as'] | undefined = notCreated
    ? 'not-created'
    : failed
      ? 'failed'
      : vendorId === undefined
        ? undefined
        : { id: vendorId };
  if (as === undefined) {
    process.stderr.write(`${sayHow[languageFrom(flags.lang)]}\n`);
    return exitCodes.usage;
  }
  const server = await openServer(flags);
  const wanted = { as, attempt: attempt - 1, ...(billed !== undefined && { billed }) };
  const resolved = await asked(server, () => server.refreel.generations.resolve(id, wanted));
  write(flags, resolved, () => generationLines(resolved, languageFrom(flags.lang)));
  return exitCodes.done;
}

const sayHow = {
  en: 'Say what the vendor has: --not-created, --failed, or --vendor-id <id>.',
  zh: '请说明供应商的情况：--not-created、--failed 或 --vendor-id <id>。',
};

/** Downloads the films of a generation. The answer is the exit code. */
export async function downloadGeneration(id: string, flags: DownloadFlags): Promise<number> {
  const server = await openServer(flags);
  await assertWritable(flags.output);
  return await follow(server, flags, async (course) => {
    const { generations } = server.refreel;
    const found = flags.wait ? await waitFor(id, course) : await generations.get(id, { signal: course.signal });
    // Of one without a film, the server says why there is none.
    const only = flags.film !== undefined ? flags.film - 1 : found.films.length === 0 && !found.ended ? 0 : undefined;
    const files = await downloadFilms(found, flags.output, course, only);
    course.progress.clear();
    return tellEnded(found, files, flags);
  });
}

/** Does what Ctrl-C ends, and nothing of it is lost: it can be done again. */
async function follow(server: Server, flags: GetFlags, work: (course: Course) => Promise<number>): Promise<number> {
  const stopping = new AbortController();
  const cancellation = watchCancellation(() => stopping.abort());
  const progress = openProgress(process.stderr, flags.quiet === true || flags.json === true);
  try {
    return await asked(server, () => work({ server, progress, flags, signal: stopping.signal }));
  } catch (error) {
    progress.clear();
    const code = cancellation.exitCode();
    if (code === undefined) throw error;
    return code;
  } finally {
    cancellation.release();
  }
}

function write(flags: ServerFlags, value: unknown, lines: () => readonly string[]): void {
  const text = flags.json ? JSON.stringify(value, null, 2) : lines().join('\n');
  if (text !== '') process.stdout.write(`${text}\n`);
}
