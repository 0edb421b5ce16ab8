import { notesBeside, type Review, readRequest, review } from '@refreel/core/authoring';
import { type Facts, type Note, noFacts, type Problem, type Request } from '@refreel/core/model';
import type { Animatic } from '@refreel/server/producers/animatic';
import { findLocalMedia } from './local-media.ts';
import { readRequestFile } from './request-file.ts';
import { type Fail, type RequestFlags, withFlags } from './request-flags.ts';

/** A request that was read, measured and looked at. */
export interface Prepared {
  /** Undefined where its shape is wrong. */
  readonly request: Request | undefined;
  /** Local paths of its media. */
  readonly files: Readonly<Record<string, string>>;
  /** It was written with one prompt, not with a list of shots. */
  readonly onePrompt: boolean;
  /** Absolute path of the request itself, where it was a file. */
  readonly requestFile: string | undefined;
  readonly facts: Facts;
  readonly review: Review | undefined;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  /** Removes what was unpacked for it. */
  close(): Promise<void>;
}

export interface PrepareOptions {
  readonly region?: string | undefined;
  /** The film is going to be drawn: its lines are spoken while its pictures are measured. */
  readonly toDraw?: boolean;
  readonly onProgress?: (done: { readonly media: number; readonly of: number }) => void;
}

/** Everything that is known before a film is made, of what the command line names: a file, flags, or both. */
export async function prepare(
  name: string | undefined,
  flags: RequestFlags,
  fail: Fail,
  animatic: Pick<Animatic, 'measure' | 'rehearse'>,
  { region, toDraw = false, onProgress }: PrepareOptions = {},
): Promise<Prepared> {
  const source =
    name === undefined ? { written: {}, folder: process.cwd(), file: undefined } : await readRequestFile(name);
  const written = withFlags(source.written, flags, fail);
  const onePrompt = written.shots === undefined;
  const read = readRequest(written);
  const { request } = read;
  if (request === undefined) {
    const { problems, notes } = read;
    const close = async () => {};
    return {
      request,
      files: {},
      onePrompt,
      requestFile: source.file,
      facts: noFacts,
      review: undefined,
      problems,
      notes,
      close,
    };
  }
  const media = await findLocalMedia(request, source.folder);
  const measuring = animatic.measure(request, media.files, onProgress === undefined ? {} : { onProgress });
  if (toDraw) {
    const { film, problems } = review(request, noFacts);
    if (film !== undefined && problems.length === 0) animatic.rehearse(request, film);
  }
  const measured = await measuring;
  const reviewed = review(request, measured.facts, region === undefined ? {} : { region });
  const problems = [...read.problems, ...media.problems, ...measured.problems, ...reviewed.problems];
  return {
    request,
    files: media.files,
    onePrompt,
    requestFile: source.file,
    facts: measured.facts,
    review: reviewed,
    problems,
    // Here every medium is measured: one that was not has its problem already.
    notes: notesBeside(problems, [...read.notes, ...reviewed.notes]).filter(({ code }) => code !== 'media_unmeasured'),
    close: media.close,
  };
}
