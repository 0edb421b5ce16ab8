import type { Review } from '@refreel/core/authoring';
import { findSource, type Quote } from '@refreel/core/catalog';
import { type Film, type Language, showExact, showMoney } from '@refreel/core/model';
import { say } from './words.ts';

/** "1280x720, 24 fps, 5 s, sound". */
export function filmLine(film: Film, language: Language): string {
  const parts = [`${film.width}x${film.height}`, `${film.fps} fps`, `${Number(film.seconds.toFixed(3))} s`];
  if (film.mode !== undefined) parts.push(film.mode);
  parts.push(say(film.audio ? 'sound' : 'silent', language));
  const films = film.count * film.attempts;
  return `${films > 1 ? `${films} × ` : ''}${parts.join(', ')}`;
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
    return `${line.label[language]}: ${Number(line.seconds.toFixed(3))} s × ${rate}${times} = ${amount}`;
  });
  const source = quote.source === null ? undefined : findSource(quote.source);
  const total = quote.total === null ? say('unknownPrice', language) : `${about}${showMoney(quote.total)}`;
  const from = source === undefined ? '' : ` (${source.title}, ${quote.date ?? source.date})`;
  return [...lines, `${total}${from}`];
}

/** What a request comes to, in a few lines. */
export function reviewLines(review: Review, language: Language): string[] {
  const { film, quote, typical, tags, request } = { ...review, request: review.taken };
  const lines: string[] = [];
  if (film !== undefined) lines.push(`${say('film', language)}: ${filmLine(film, language)}`);
  if (quote !== undefined) {
    const [first = '', ...more] = quoteLines(quote, language).reverse();
    lines.push(`${say('price', language)}: ${first}`, ...more.reverse().map((line) => `  ${line}`));
  }
  if (typical !== undefined) {
    const minutes = [typical.from, typical.to].map((seconds) => Number((seconds / 60).toFixed(1)));
    lines.push(`${say('time', language)}: ${[...new Set(minutes)].join('-')} ${say('minutes', language)}`);
  }
  const named = tags.flatMap(({ id, tag }) => {
    const reference = request.references.find((one) => one.id === id);
    return tag === undefined || reference === undefined || tag === `@${reference.name}`
      ? []
      : [`@${reference.name} = ${tag}`];
  });
  if (named.length > 0) lines.push(`${say('tags', language)}: ${named.join(', ')}`);
  return lines;
}
