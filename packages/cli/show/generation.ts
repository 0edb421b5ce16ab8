import { type Language, type Localized, plainPrompt, problem } from '@refreel/core/model';
import type { Cancelled, Film, Generation, State } from '@refreel/sdk';
import { exitCodes } from '../exit-codes.ts';
import type { FilmFile } from '../film-files.ts';
import type { AcceptFlags, ServerFlags } from '../flags.ts';
import { readProblem } from '../server.ts';
import { asWritten, exitCodeOf, showProblems } from './findings.ts';
import { tableLines } from './table.ts';
import { languageFrom, say, secondsWords } from './words.ts';

const stateWords: Readonly<Record<State, Localized>> = {
  preparing: { en: 'preparing', zh: '准备中' },
  queued: { en: 'queued', zh: '排队中' },
  submitting: { en: 'submitting', zh: '提交中' },
  unconfirmed: { en: 'unconfirmed', zh: '待确认' },
  running: { en: 'running', zh: '生成中' },
  fetching: { en: 'fetching', zh: '取回中' },
  cancelling: { en: 'cancelling', zh: '取消中' },
  done: { en: 'done', zh: '已完成' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'cancelled', zh: '已取消' },
};

function stateWord(state: State, language: Language): string {
  // A newer server may have another.
  return stateWords[state]?.[language] ?? state;
}

/** How a generation stands, for people. */
export function generationLines(generation: Generation, language: Language): string[] {
  const { id, state, model, createdAt, films, attempts, notes } = generation;
  const lines = [[id, stateWord(state, language), model, clock(createdAt)].join('  ')];
  for (const { index, progress } of attempts)
    if (!generation.ended && progress !== null)
      lines.push(`  ${attempts.length > 1 ? `${index + 1}: ` : ''}${Math.round(progress.share * 100)} %`);
  for (const film of films) lines.push(`  ${filmWords(film, language)}  ${film.url}`);
  if (notes.length > 0) lines.push(say('notes', language), ...notes.map(({ message }) => `  · ${message}`));
  const problems = problemsOf(generation);
  if (problems.length > 0)
    lines.push(showProblems(asWritten(problems, generation.request.shots.length === 1), language));
  return lines;
}

/** Generations, one a line. */
export function generationTable(generations: readonly Generation[], language: Language): string[] {
  if (generations.length === 0) return [];
  const rows = generations.map(({ id, createdAt, state, model, request }) => {
    const [shot] = request.shots;
    const prompt = shot === undefined ? '' : plainPrompt(shot.prompt, request.references);
    const start = [...prompt.replace(/\s+/g, ' ')].slice(0, 40).join('');
    return { cells: [id, clock(createdAt), stateWord(state, language), model], list: [start] };
  });
  return tableLines(rows, '', 200);
}

/** What came of a wish to cancel. */
export function cancelledSentence({ id, state, changed }: Cancelled, language: Language): string {
  const word = stateWord(state, language);
  if (changed) return `${id}  ${word}`;
  if (state === 'unconfirmed')
    return language === 'zh'
      ? `${id} 未取消：不确定供应商是否已接收。请查看供应商控制台后处理：refreel generations resolve ${id}`
      : `${id} is not cancelled: nobody knows whether the vendor has it. Look into its console, then settle it: refreel generations resolve ${id}`;
  return language === 'zh' ? `${id} 已结束：${word}` : `${id} had ended already: ${word}`;
}

/** Says what was accepted: its id alone where nobody waits for more. */
export function tellAccepted(generation: Generation, flags: AcceptFlags): void {
  const language = languageFrom(flags.lang);
  if (flags.wait === false) {
    const text = flags.json ? JSON.stringify({ ok: true, generation }, null, 2) : generation.id;
    process.stdout.write(`${text}\n`);
  } else if (!flags.json && !flags.quiet) {
    process.stderr.write(language === 'zh' ? `已提交：${generation.id}\n` : `Accepted as ${generation.id}\n`);
  }
  if (!flags.json && !flags.quiet && generation.notes.length > 0) {
    const notes = generation.notes.map(({ message }) => `  · ${message}`);
    process.stderr.write(`${[say('notes', language), ...notes].join('\n')}\n`);
  }
}

/** Says how it ended and where its films are. The answer is the exit code. */
export function tellEnded(
  generation: Generation,
  files: readonly FilmFile[],
  flags: ServerFlags & { readonly quiet?: boolean },
): number {
  const language = languageFrom(flags.lang);
  const code = exitCodeOfEnd(generation);
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ ok: code === exitCodes.done, generation, files }, null, 2)}\n`);
    return code;
  }
  for (const { film, file } of files) {
    const found = generation.films.find(({ index }) => index === film - 1);
    const words = found === undefined ? '' : filmWords(found, language);
    if (!flags.quiet)
      process.stdout.write(
        language === 'zh' ? `影片位于 ${file}（${words}）\n` : `The film is at ${file} (${words})\n`,
      );
  }
  const { model, attempts, films } = generation;
  const isDrawn = attempts.some(({ producer }) => producer === 'animatic');
  if (films.length > 0 && isDrawn && model !== 'animatic' && !flags.quiet)
    process.stderr.write(`${say('standInThere', language)}\n`);
  const problems = problemsOf(generation);
  if (problems.length > 0)
    process.stderr.write(`${showProblems(asWritten(problems, generation.request.shots.length === 1), language)}\n`);
  return code;
}

/** How a script learns what became of it. */
export function exitCodeOfEnd(generation: Generation): number {
  const problems = problemsOf(generation);
  // What somebody cancelled is no mistake of the request.
  if (generation.state === 'cancelled') return exitCodes.failed;
  if (generation.state === 'unconfirmed') return exitCodes.unconfirmed;
  if (problems.length > 0) return exitCodeOf(problems);
  return generation.ended && generation.state !== 'done' ? exitCodes.failed : exitCodes.done;
}

/** Says that the server goes on with it, and how to come back to it. */
export function tellLeft(generation: Generation, flags: AcceptFlags, interrupted: boolean): void {
  const { id, ended } = generation;
  if (flags.json) {
    if (interrupted) process.stdout.write(`${JSON.stringify({ ok: false, interrupted, generation }, null, 2)}\n`);
    return;
  }
  const where = [
    ...(flags.server === undefined ? [] : ['--server', flags.server]),
    ...(flags.keyFile === undefined ? [] : ['--key-file', flags.keyFile]),
  ];
  const verb = (...words: string[]) => `  refreel ${[...words, ...where].join(' ')}`;
  const chinese = languageFrom(flags.lang) === 'zh';
  const head = ended
    ? chinese
      ? `${id} 已结束，影片仍在服务器上：`
      : `${id} has ended; its films are still at the server:`
    : chinese
      ? `${id} 仍由服务器继续处理：`
      : `The server goes on with ${id}:`;
  const lines = [
    head,
    verb('download', id, '--wait', '-o', flags.output ?? 'film.mp4'),
    ...(ended ? [] : [verb('cancel', id)]),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}

function problemsOf({ problems, state }: Generation) {
  if (problems.length === 0 && state === 'cancelled') return [problem('render_cancelled', '')];
  return problems.map(readProblem);
}

/** "1280x720, 24 fps, 5 s, with sound, 1.2 MB". */
function filmWords({ facts, bytes }: Film, language: Language): string {
  const fps = language === 'zh' ? `每秒 ${facts.fps} 帧` : `${facts.fps} fps`;
  const size = `${(bytes / 1_048_576).toFixed(1)} MB`;
  const parts = [`${facts.width}x${facts.height}`, fps, secondsWords(facts.seconds, language)];
  return [...parts, say(facts.sound ? 'sound' : 'silent', language), size].join(language === 'zh' ? '，' : ', ');
}

/** "2026-11-20 09:02", in the time of this machine. */
function clock(instant: string): string {
  const at = new Date(instant);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
