import { resolve } from 'node:path';
import { explainProblem, type Language, problemKind, Refusal } from '@refreel/core/model';
import { openAnimatic } from '@refreel/server/producers/animatic';
import { type Command, Option } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { prepare, readWritten } from '../preparation.ts';
import { addRequestFlags, type RequestFlags } from '../request-flags.ts';
import { filmLine } from '../show/film.ts';
import { noteJson, problemJson, showNotes, showProblems } from '../show/findings.ts';
import { openProgress } from '../show/progress.ts';
import { languageFrom, say } from '../show/words.ts';

interface RenderFlags extends RequestFlags {
  readonly output: string;
  readonly json?: boolean;
  readonly lang?: string;
  readonly encoder: 'node-av' | 'ffmpeg';
  readonly preset?: 'ultrafast' | 'veryfast' | 'medium';
  readonly quiet?: boolean;
}

export function addRender(program: Command): void {
  const command = program
    .command('render')
    .summary('draw the film here, as a draft, without a key')
    .description(
      'Draws the film of a request as an animatic: a real MP4, offline, in seconds. Every model can be drawn; nothing is sent.',
    )
    .argument('[request]', 'a request in YAML or JSON, a text file with a prompt, or "-" for standard input')
    .requiredOption('-o, --output <film.mp4>', 'where the film goes');
  addRequestFlags(command)
    .addOption(
      new Option('--encoder <name>', 'the built-in one or a child ffmpeg')
        .choices(['node-av', 'ffmpeg'])
        .default('node-av'),
    )
    .addOption(
      new Option('--preset <name>', 'speed of the encoder (default: veryfast)').choices([
        'ultrafast',
        'veryfast',
        'medium',
      ]),
    )
    .option('--json', 'print the outcome as JSON')
    .option('--quiet', 'print only what is wrong')
    .addOption(new Option('--lang <language>', 'language of messages').choices(['en', 'zh']))
    .action(async (name: string | undefined, flags: RenderFlags) => {
      process.exitCode = await render(name, flags, command);
    });
}

async function render(name: string | undefined, flags: RenderFlags, command: Command): Promise<number> {
  const language = languageFrom(flags.lang);
  const { written, folder } = await readWritten(name, flags, command);
  const progress = openProgress(process.stderr, flags.quiet === true || flags.json === true);
  const started = performance.now();
  const animatic = await openAnimatic({ encoder: flags.encoder });
  const stop = () => {
    void animatic.close().then(() => process.exit(exitCodes.cancelled));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    progress.show(say('measuring', language), 0, 1);
    const prepared = await prepare(written, folder, animatic.measure);
    const { request, media, review, facts } = prepared;
    if (prepared.problems.length > 0 || request === undefined || media === undefined || review?.film === undefined) {
      progress.clear();
      report({ ok: false, ...prepared }, flags, language);
      return exitCodes.refused;
    }
    const films = [];
    const total = review.film.count * review.film.attempts;
    for (let index = 0; index < total; index += 1) {
      const file = total === 1 ? resolve(flags.output) : numbered(resolve(flags.output), index + 1);
      const one = index === 0 ? request : { ...request, seed: (request.seed ?? 0) + index };
      const film = await animatic.draw(one, review.film, facts, media.files, file, {
        onProgress: ({ frames, of }) => progress.show(say('drawing', language), frames + index * of, of * total),
        ...(flags.preset !== undefined && { settings: { preset: flags.preset } }),
      });
      films.push(film);
    }
    await media.close();
    progress.clear();
    const [first] = films;
    const outcome = {
      ok: true,
      films: films.map(({ file, bytes, frames }) => ({ file, bytes, frames })),
      film: review.film,
      notes: prepared.notes,
      notUnderstood: first?.plan.notUnderstood ?? [],
      subtitles: first?.plan.subtitles.map(({ start, end, text }) => ({ start, end, text })) ?? [],
      milliseconds: { ...first?.milliseconds, total: performance.now() - started },
      peakMegabytes: animatic.peakMegabytes(),
    };
    if (flags.json) {
      process.stdout.write(
        `${JSON.stringify({ ...outcome, notes: outcome.notes.map((one) => noteJson(one, language)) }, null, 2)}\n`,
      );
    } else if (!flags.quiet) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (outcome.notes.length > 0) process.stderr.write(`${showNotes(outcome.notes, language)}\n`);
      if (outcome.notUnderstood.length > 0) {
        const said = outcome.notUnderstood.map(({ shot, text }) => `  · ${shot + 1}: “${text}”`);
        process.stderr.write(`${say('notUnderstood', language)}\n${said.join('\n')}\n`);
      }
      if (request.model !== 'animatic') process.stderr.write(`${say('standIn', language)}\n`);
      for (const { file } of films)
        process.stdout.write(`${say('done', language)} ${file} (${filmLine(review.film, language)}; ${seconds} s)\n`);
    }
    return exitCodes.done;
  } catch (error) {
    progress.clear();
    if (!(error instanceof Refusal)) throw error;
    report({ ok: false, problems: error.problems, notes: [] }, flags, language);
    return error.problems.every(({ code }) => problemKind(code).fault === 'caller')
      ? exitCodes.refused
      : exitCodes.failed;
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
    await animatic.close();
  }
}

function numbered(file: string, number: number): string {
  return file.replace(/(\.[^./\\]*)?$/, (ending) => `-${number}${ending}`);
}

function report(
  outcome: { ok: false; problems: Refusal['problems']; notes: readonly Parameters<typeof noteJson>[0][] },
  flags: RenderFlags,
  language: Language,
): void {
  if (flags.json) {
    const problems = outcome.problems.map((one) => problemJson(one, language));
    process.stdout.write(
      `${JSON.stringify({ ok: false, problems, notes: outcome.notes.map((one) => noteJson(one, language)) }, null, 2)}\n`,
    );
  } else {
    process.stderr.write(`${showProblems(outcome.problems, language)}\n`);
  }
}

/** A problem in one line, for what is thrown where nobody has chosen a format yet. */
export function problemLine(refusal: Refusal, language: Language): string {
  return refusal.problems.map((one) => Object.values(explainProblem(one, language)).join(' ')).join('\n');
}
