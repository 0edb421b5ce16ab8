import { type Review, readRequest, review } from '@refreel/core/authoring';
import type { Facts, Note, Problem, Request } from '@refreel/core/model';
import type { Animatic } from '@refreel/server/producers/animatic';
import type { Command } from 'commander';
import { findLocalMedia, type LocalMedia } from './local-media.ts';
import { readRequestFile } from './request-file.ts';
import { type RequestFlags, withFlags } from './request-flags.ts';

/** A request that was read, measured and looked at. */
export interface Prepared {
  /** Undefined where its shape is wrong. */
  readonly request: Request | undefined;
  readonly media: LocalMedia | undefined;
  readonly facts: Facts;
  readonly review: Review | undefined;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
}

/** Measures a request's media; what a command that only reads does not need may be left out. */
export type Measure = Pick<Animatic, 'measure'>['measure'];

/** Reads what the command line names: a file, flags, or both. */
export async function readWritten(
  name: string | undefined,
  flags: RequestFlags,
  command: Command,
): Promise<{ written: Record<string, unknown>; folder: string }> {
  const hasFlags = flags.subject ?? flags.scene ?? flags.image ?? flags.video ?? flags.startFrame;
  if (name === undefined && hasFlags === undefined)
    command.error('Name a request file, such as request.yaml, or "-" to read it from standard input.');
  const file = name === undefined ? { written: {}, folder: process.cwd() } : await readRequestFile(name);
  return { written: withFlags(file.written, flags), folder: file.folder };
}

/** Everything that is known before a film is made. */
export async function prepare(
  written: Record<string, unknown>,
  folder: string,
  measure: Measure,
  region?: string,
): Promise<Prepared> {
  const read = readRequest(written);
  const none: Facts = { media: {}, lines: {} };
  const { request } = read;
  if (request === undefined)
    return { request, media: undefined, facts: none, review: undefined, problems: read.problems, notes: read.notes };
  const media = await findLocalMedia(request, folder);
  const measured = await measure(request, media.files);
  const reviewed = review(request, measured.facts, region === undefined ? {} : { region });
  const refused = new Set([...media.problems, ...measured.problems].map(({ path }) => path));
  // A medium that was refused is no news a second time as "not measured".
  const notes = [...read.notes, ...reviewed.notes].filter(
    ({ code, path }) => code !== 'media_unmeasured' || !refused.has(path),
  );
  const problems = [...read.problems, ...media.problems, ...measured.problems, ...reviewed.problems];
  return { request, media, facts: measured.facts, review: reviewed, problems, notes };
}
