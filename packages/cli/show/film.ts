import type { Review } from '@refreel/core/authoring';
import { findSource, type Quote } from '@refreel/core/catalog';
import { type Film, type Language, showExact, showMoney } from '@refreel/core/model';
import { labelled, say, secondsWords } from './words.ts';

/** "1280x720, 24 fps, 5 s, with sound". */
export function filmLine(film: Film, language: Language): string {
  const fps = language === 'zh' ? `每秒 ${film.fps} 帧` : `${film.fps} fps`;
  const parts = [`${film.width}x${film.height}`, fps, secondsWords(film.seconds, language)];
  if (film.mode !== undefined) parts.push(film.mode);
  parts.push(say(film.audio ? 'sound' : 'silent', language));
  const films = film.count * film.attempts;
  if (films > 1) parts.unshift(`${films} ${say('films', language)}`);
  return parts.join(language === 'zh' ? '，' : ', ');
}

/** The quote, line by line, each with its sum; the last is the total. */
export function quoteLines(quote: Quote, language: Language): string[] {
  if (quote.total !== null && quote.total.micros === 0) return [say('free', language)];
  const about = quote.binding ? '' : `${say('about', language)} `;
  const lines = quote.lines.map((line) => {
    const rate =
      line.rateMicros === null || quote.currency === null
        ? '?'
        : showExact({ micros: line.rateMicros, currency: quote.currency });
    const times = line.times > 1 ? ` × ${line.times}` : '';
    const amount = line.amount === null ? '?' : showExact(line.amount);
    const sum = `${secondsWords(line.seconds, language)} × ${rate}${times} = ${amount}`;
    return labelled(line.label[language], sum, language);
  });
  const source = quote.source === null ? undefined : findSource(quote.source);
  const total = quote.total === null ? say('unknownPrice', language) : `${about}${showMoney(quote.total)}`;
  const from = source === undefined ? '' : fromSource(source.title, quote.date ?? source.date, language);
  return [...lines, `${total}${from}`];
}

/** Where a price or a limit was read, behind what it says. */
export function fromSource(title: string, date: string, language: Language): string {
  return language === 'zh' ? `（来源：${title}，${date}）` : ` (${title}, ${date})`;
}

/** What a request comes to, in a few lines. */
export function reviewLines(review: Review, language: Language): string[] {
  const { film, quote, typical, tags, taken } = review;
  const lines: string[] = [];
  const add = (label: Parameters<typeof say>[0], text: string) =>
    lines.push(labelled(say(label, language), text, language));
  if (film !== undefined) add('film', filmLine(film, language));
  if (quote !== undefined) {
    const parts = quoteLines(quote, language);
    add('price', parts.at(-1)!);
    lines.push(...parts.slice(0, -1).map((line) => `  ${line}`));
  }
  if (typical !== undefined) {
    const minutes = [typical.from, typical.to].map((seconds) => Number((seconds / 60).toFixed(1)));
    add('time', `${[...new Set(minutes)].join('-')} ${say('minutes', language)}`);
  }
  const named = tags.flatMap(({ id, tag }) => {
    const reference = taken.references.find((one) => one.id === id);
    return tag === undefined || reference === undefined || tag === `@${reference.name}`
      ? []
      : [`@${reference.name} = ${tag}`];
  });
  if (named.length > 0) add('tags', named.join(language === 'zh' ? '，' : ', '));
  return lines;
}
