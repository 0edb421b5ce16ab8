import type { Film, Language, Note, Request } from '@refreel/core/model';
import type { DrawnFilm } from '@refreel/server/producers/animatic';
import type { RenderFlags } from '../flags.ts';
import { filmLine } from './film.ts';
import { noteJson, showNotes } from './findings.ts';
import { notUnderstoodSentence } from './not-understood.ts';
import type { planSummary } from './plan.ts';
import { languageFrom, say } from './words.ts';

/** Films that were drawn of a request. */
export interface Drawn {
  readonly request: Request;
  readonly film: Film;
  readonly films: readonly DrawnFilm[];
  readonly notes: readonly Note[];
}

/** Tells where the films are, and what was understood: files on standard output, all else beside it. */
export function tellFilms(
  { request, film, films, notes }: Drawn,
  understood: ReturnType<typeof planSummary> & { readonly peakMegabytes: number },
  flags: RenderFlags,
): void {
  const language = languageFrom(flags.lang);
  // Since the process began, which is what somebody waits for.
  const total = performance.now();
  if (flags.json) {
    const outcome = {
      ok: true,
      films: films.map(({ file, bytes, frames }) => ({ file, bytes, frames })),
      film,
      ...understood,
      notes: notes.map((one) => noteJson(one, language)),
      milliseconds: { ...films[0]?.milliseconds, total },
    };
    process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
    return;
  }
  if (flags.quiet) return;
  const aside: string[] = [];
  if (notes.length > 0) aside.push(showNotes(notes, language));
  if (understood.notUnderstood.length > 0) {
    const said = understood.notUnderstood.map((one) => `  · ${notUnderstoodSentence(one, language)}`);
    aside.push(say('notUnderstood', language), ...said);
  }
  for (const { shot, sentences } of understood.added) aside.push(addedSentence(shot, sentences, language));
  if (request.model !== 'animatic') aside.push(say('standIn', language));
  if (flags.plan !== undefined) aside.push(`${say('planAt', language)} ${flags.plan}`);
  if (aside.length > 0) process.stderr.write(`${aside.join('\n')}\n`);
  for (const { file } of films) process.stdout.write(`${filmSentence(file, film, total / 1000, language)}\n`);
}

function addedSentence(shot: number, sentences: readonly string[], language: Language): string {
  const place = `${say('shot', language)} ${shot + 1}`;
  return language === 'zh'
    ? `${say('addedWords', language)}（${place}）：${sentences.join('')}`
    : `${say('addedWords', language)} (${place}): ${sentences.join(' ')}`;
}

function filmSentence(file: string, film: Film, seconds: number, language: Language): string {
  const [shape, time] = [filmLine(film, language), seconds.toFixed(1)];
  return language === 'zh'
    ? `影片位于 ${file}（${shape}；用时 ${time} 秒）`
    : `The film is at ${file} (${shape}; made in ${time} s)`;
}
