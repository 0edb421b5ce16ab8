import { resolve } from 'node:path';
import type { Asset } from '@refreel/sdk';
import { watchCancellation } from '../cancellation.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ServerFlags } from '../flags.ts';
import { uploadFile } from '../remote-media.ts';
import { asked, openServer } from '../server.ts';
import { openProgress } from '../show/progress.ts';
import { languageFrom, say } from '../show/words.ts';

/** Stores files on a server and tells what they are called there. The answer is the exit code. */
export async function upload(files: readonly string[], flags: ServerFlags): Promise<number> {
  const server = await openServer(flags);
  const stopping = new AbortController();
  const cancellation = watchCancellation(() => stopping.abort());
  const progress = openProgress(process.stderr, flags.json === true);
  const stored: (Asset & { readonly file: string })[] = [];
  try {
    for (const [at, file] of files.entries()) {
      progress.show(say('uploading', languageFrom(flags.lang)), at, files.length);
      const asset = await asked(server, () => uploadFile(server.refreel, resolve(file), file, stopping.signal));
      stored.push({ file, ...asset });
      progress.clear();
      // Told one by one: what was stored before a later one failed is stored.
      if (!flags.json) process.stdout.write(`${asset.asset}  ${asset.mediaType}  ${file}\n`);
    }
    if (flags.json) process.stdout.write(`${JSON.stringify(stored, null, 2)}\n`);
    return exitCodes.done;
  } catch (error) {
    progress.clear();
    const code = cancellation.exitCode();
    if (code === undefined) throw error;
    return code;
  } finally {
    cancellation.release();
  }
}
