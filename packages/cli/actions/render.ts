import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Problem, problem, Refusal } from '@refreel/core/model';
import type { Animatic, DrawnFilm } from '@refreel/server/producers/animatic';
import { watchCancellation } from '../cancellation.ts';
import { exitCodes } from '../exit-codes.ts';
import { numbered, takenPlace } from '../film-place.ts';
import type { RenderFlags } from '../flags.ts';
import { type Prepared, prepare } from '../preparation.ts';
import type { Fail } from '../request-flags.ts';
import { asWritten } from '../show/findings.ts';
import { planSummary } from '../show/plan.ts';
import { openProgress, type Progress } from '../show/progress.ts';
import { tellRefusal } from '../show/refusal.ts';
import { tellFilms } from '../show/render.ts';
import { languageFrom, say } from '../show/words.ts';

/** Draws the films of a request and tells where they are. The answer is the exit code. Closes the animatic. */
export async function render(
  animatic: Animatic,
  name: string | undefined,
  flags: RenderFlags,
  fail: Fail,
): Promise<number> {
  const language = languageFrom(flags.lang);
  const progress = openProgress(process.stderr, flags.quiet === true || flags.json === true);
  const cancellation = watchCancellation(() => void animatic.close());
  const films: DrawnFilm[] = [];
  let prepared: Prepared | undefined;
  try {
    progress.show(say('measuring', language), 0, 1);
    prepared = await prepare(name, flags, fail, animatic, {
      toDraw: true,
      onProgress: ({ media, of }) => progress.show(say('measuring', language), media, of),
    });
    const { request, review } = prepared;
    const problems = [...prepared.problems, ...(await outputProblems(flags, prepared))];
    if (problems.length > 0 || request === undefined || review?.film === undefined) {
      progress.clear();
      return cancellation.exitCode() ?? tellRefusal(shown(problems, prepared, flags), flags, prepared.notes);
    }
    await drawAll(animatic, { ...prepared, request, film: review.film }, flags, films, progress);
    if (flags.plan !== undefined) await writePlan(flags.plan, films[0]!);
    progress.clear();
    const drawn = { request, film: review.film, films, notes: shown(prepared.notes, prepared, flags) };
    tellFilms(drawn, { ...planSummary(films[0]!.plan, request), peakMegabytes: animatic.peakMegabytes() }, flags);
    return exitCodes.done;
  } catch (error) {
    progress.clear();
    if (!(error instanceof Refusal)) throw error;
    const code = cancellation.exitCode();
    if (code !== undefined) return code;
    const made = films.map(({ file, bytes, frames }) => ({ file, bytes, frames }));
    return tellRefusal(error.problems, flags, prepared?.notes, made.length > 0 ? { films: made } : {});
  } finally {
    cancellation.release();
    await prepared?.close();
    await animatic.close();
  }
}

/** Machines read the places of the canonical request, people those that they wrote. */
function shown<Found extends { readonly path: string }>(
  found: readonly Found[],
  { onePrompt }: Prepared,
  { json }: RenderFlags,
): readonly Found[] {
  return json === true ? found : asWritten(found, onePrompt);
}

type ToDraw = Prepared & {
  readonly request: NonNullable<Prepared['request']>;
  readonly film: NonNullable<NonNullable<Prepared['review']>['film']>;
};

/** Each film of several has a seed of its own, and a number in its name. */
async function drawAll(
  animatic: Animatic,
  { request, film, facts, files }: ToDraw,
  flags: RenderFlags,
  films: DrawnFilm[],
  progress: Progress,
): Promise<void> {
  const language = languageFrom(flags.lang);
  const total = film.count * film.attempts;
  const output = resolve(flags.output);
  for (let index = 0; index < total; index += 1) {
    const file = total === 1 ? output : numbered(output, index + 1);
    const one = index === 0 ? request : { ...request, seed: seedOf(request.seed, index) };
    const drawn = await animatic.draw(one, film, facts, files, file, {
      onProgress: ({ frames, of }) => progress.show(say('drawing', language), frames + index * of, of * total),
      ...(flags.preset !== undefined && { settings: { preset: flags.preset } }),
    });
    films.push(drawn);
  }
}

/** The largest seed that a request may have. */
const mostSeed = 2_147_483_647;

function seedOf(first: number | undefined, index: number): number {
  return ((first ?? 0) + index) % (mostSeed + 1);
}

function outputProblems({ output, plan }: RenderFlags, { files, requestFile }: Prepared): Promise<Problem[]> {
  const limit = { en: 'the plan goes there', zh: '拍摄计划将写入此处' };
  const others = plan === undefined ? [] : [{ file: resolve(plan), limit }];
  return takenPlace(output, requestFile, Object.values(files), others);
}

async function writePlan(file: string, { plan }: DrawnFilm): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(plan, null, 2)}\n`);
  } catch (error) {
    const limit = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Refusal(problem('output_unwritable', 'plan', { found: file, limit }));
  }
}
