import { readRequest } from '@refreel/core/authoring';
import { Refusal } from '@refreel/core/model';
import type { AuthoredRequest, CreateOptions, Generation } from '@refreel/sdk';
import { watchCancellation } from '../cancellation.ts';
import { exitCodes } from '../exit-codes.ts';
import { assertWritable, type FilmFile } from '../film-files.ts';
import { takenPlace } from '../film-place.ts';
import type { AcceptFlags, GenerateFlags, RemixFlags } from '../flags.ts';
import { type Course, downloadFilms, waitFor } from '../generation-course.ts';
import { type LocalFile, localFiles, uploadFile, withMedia } from '../remote-media.ts';
import { readRequestFile } from '../request-file.ts';
import { type Fail, withFlags } from '../request-flags.ts';
import { findSaved } from '../saved-references.ts';
import { asked, openServer } from '../server.ts';
import { asWritten } from '../show/findings.ts';
import { tellAccepted, tellEnded, tellLeft } from '../show/generation.ts';
import { openProgress } from '../show/progress.ts';
import { tellRefusal } from '../show/refusal.ts';
import { languageFrom, say } from '../show/words.ts';
import { foretell } from './foretell.ts';

/** Has a server make the film of a request, with the media of this machine. The answer is the exit code. */
export async function generate(name: string | undefined, flags: GenerateFlags, fail: Fail): Promise<number> {
  const source =
    name === undefined ? { written: {}, folder: process.cwd(), file: undefined } : await readRequestFile(name);
  const written = withFlags(source.written, flags, fail);
  const saved = await findSaved(written, () => openServer(flags));
  const { request, problems } = readRequest(written, [], saved);
  const local = request === undefined ? { files: [], problems: [] } : localFiles(request, source.folder);
  const files = local.files.map(({ file }) => file);
  const taken = flags.output === undefined ? [] : await takenPlace(flags.output, source.file, files);
  const all = [...problems, ...local.problems, ...taken];
  const onePrompt = written.shots === undefined;
  if (request === undefined || all.length > 0) return tellRefusal(flags.json ? all : asWritten(all, onePrompt), flags);
  if (flags.dryRun === true) {
    const server = await openServer(flags);
    return await asked(server, async () => {
      const progress = openProgress(process.stderr, flags.quiet === true || flags.json === true);
      const names = await uploadAll(local.files, { server, progress, flags, signal: new AbortController().signal });
      progress.clear();
      return await foretell(server, withMedia(written, names) as AuthoredRequest, { ...flags, onePrompt });
    });
  }
  return await accept({ ...flags, onePrompt }, async (course, options) => {
    const names = await uploadAll(local.files, course);
    const { quote } = flags;
    return await course.server.refreel.generations.create(withMedia(written, names) as AuthoredRequest, {
      ...options,
      ...(quote !== undefined && { quote }),
    });
  });
}

/** Has a server make another film from a finished generation. The answer is the exit code. */
export async function remix(id: string, name: string | undefined, flags: RemixFlags): Promise<number> {
  const prompt = flags.prompt ?? promptOf((await readRequestFile(name!)).written);
  return await accept({ ...flags, onePrompt: true }, ({ server }, options) =>
    server.refreel.generations.remix(id, prompt, options),
  );
}

/** A file of fields gives its prompt; what else it says is inherited. */
function promptOf({ prompt }: Record<string, unknown>): string {
  return typeof prompt === 'string' ? prompt : '';
}

type Begin = (course: Course, options: CreateOptions) => Promise<Generation>;

/** Has something accepted, and follows it to its end as the flags say. Ctrl-C leaves to the server what it accepted. */
async function accept(flags: AcceptFlags & { readonly onePrompt: boolean }, begin: Begin): Promise<number> {
  const server = await openServer(flags);
  if (flags.output !== undefined) await assertWritable(flags.output);
  const stopping = new AbortController();
  const cancellation = watchCancellation(() => stopping.abort());
  const progress = openProgress(process.stderr, flags.quiet === true || flags.json === true);
  const course: Course = { server, progress, flags, signal: stopping.signal };
  let accepted: Generation | undefined;
  let files: readonly FilmFile[] = [];
  try {
    return await asked(server, async () => {
      const { region, idempotencyKey } = flags;
      // Not ended by the signal: whether it was accepted must be known.
      accepted = await begin(course, {
        ...(region !== undefined && { region }),
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      });
      progress.clear();
      tellAccepted(accepted, flags);
      if (flags.wait === false) return exitCodes.done;
      const ended = await waitFor(accepted.id, course);
      accepted = ended;
      files = await downloadFilms(ended, flags.output!, course);
      progress.clear();
      return tellEnded(ended, files, flags);
    });
  } catch (error) {
    progress.clear();
    const code = cancellation.exitCode();
    if (code === undefined && !(error instanceof Refusal)) throw error;
    if (accepted !== undefined) tellLeft(accepted, flags, code !== undefined);
    if (code !== undefined) return code;
    const { problems } = error as Refusal;
    const shown = flags.json ? problems : asWritten(problems, flags.onePrompt);
    return tellRefusal(shown, flags, [], accepted === undefined ? {} : { generation: accepted });
  } finally {
    cancellation.release();
  }
}

async function uploadAll(files: readonly LocalFile[], course: Course): Promise<Map<string, string>> {
  const { server, progress, flags, signal } = course;
  const names = new Map<string, string>();
  for (const [at, { media, file, path }] of files.entries()) {
    progress.show(say('uploading', languageFrom(flags.lang)), at, files.length);
    if (!names.has(media)) names.set(media, (await uploadFile(server.refreel, file, path, signal)).asset);
  }
  return names;
}
