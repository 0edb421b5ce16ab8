import {
  byteWords,
  type Localized,
  mediaOfRequest,
  type Problem,
  type ProblemValues,
  problem,
  type Request,
} from '@refreel/core/model';
import type { MediaRefusal } from '../../media/refusal.ts';
import type { ChildEnd } from '../../processes/guarded-child.ts';
import { foundWords } from './found-words.ts';
import type { RenderAnswer } from './questions.ts';

/** A medium that was refused, as the problem that a person reads. `file` is how that person knows it. */
export function refusalProblem(path: string, file: string, refusal: MediaRefusal): Problem {
  return problem(refusal.code, path, { ...measuresOf(refusal), ...foundOf(refusal, file) });
}

function foundOf({ code, found }: MediaRefusal, file: string): ProblemValues {
  // These two are about the file, not about what is in it.
  if (found === undefined || code === 'media_missing' || code === 'media_unreadable') return { found: file };
  return { found: typeof found === 'string' ? foundWords(found) : found };
}

/** The numbers as they are, for programs, and in words, for people. */
function measuresOf({ unit, limit, found }: MediaRefusal): ProblemValues {
  const values: Record<string, ProblemValues[string]> = {};
  if (limit !== undefined) values.limit = typeof limit === 'string' ? foundWords(limit) : limit;
  if (unit === 'bytes') {
    if (typeof found === 'number') values.foundBytes = byteWords(found);
    if (typeof limit === 'number') values.limitBytes = byteWords(limit);
  }
  if (unit === 'pixels' || unit === 'pixels-a-side') {
    const words = unit === 'pixels' ? areaWords : sideWords;
    if (typeof found === 'number') values.foundPixels = words(found);
    if (typeof limit === 'number') values.limitPixels = words(limit);
  }
  return values;
}

/** "100 megapixels"; in Chinese large numbers go by ten thousands. */
function areaWords(pixels: number): Localized {
  const rounded = (by: number) => Number((pixels / by).toFixed(1)).toLocaleString('en');
  return {
    en: `${rounded(1e6)} megapixels`,
    zh: pixels >= 1e8 ? `${rounded(1e8)} 亿像素` : `${rounded(1e4)} 万像素`,
  };
}

function sideWords(pixels: number): Localized {
  return { en: `${pixels} pixels on one side`, zh: `单边 ${pixels} 像素` };
}

/** The end of a child process. With a path it was that medium; without one, the film. */
export function endProblem(path: string, end: ChildEnd): Problem {
  const ofMedia = path !== '';
  switch (end.why) {
    case 'timeout':
      return problem(ofMedia ? 'media_timeout' : 'render_timeout', path, { limit: end.limitSeconds });
    case 'memory':
      return ofMedia ? problem('media_crashed', path) : problem('render_memory', path, { limit: end.limitMegabytes });
    case 'closed':
      return problem('render_cancelled', path);
    case 'crashed':
      return ofMedia ? problem('media_crashed', path) : problem('render_failed', path, { found: lastWordsOf(end) });
  }
}

function lastWordsOf({ signal, code, lastWords }: Extract<ChildEnd, { why: 'crashed' }>): Localized | string {
  if (signal !== null) return { en: `its process was ended by ${signal}`, zh: `绘制进程被信号 ${signal} 终止` };
  const words = lastWords.split('\n').at(-1) ?? '';
  return words !== '' ? words : { en: `its process ended with code ${code}`, zh: `绘制进程以代码 ${code} 退出` };
}

/** A film that was not made, as the problem that a person reads. */
export function renderProblem(answer: Extract<RenderAnswer, { ok: false }>, request: Request, file: string): Problem {
  switch (answer.failure) {
    case 'media': {
      const use = mediaOfRequest(request).find(({ media }) => media === answer.media);
      return refusalProblem(use?.path ?? '', answer.media, answer.refusal);
    }
    case 'disk-full':
      return problem('disk_full', 'output', { found: file });
    case 'not-writable':
      return problem('output_unwritable', 'output', { found: file, limit: answer.words });
    case 'encoder-missing':
      return problem('encoder_missing', '', { found: 'ffmpeg' });
    case 'failed':
      return problem('render_failed', '', { found: answer.words });
  }
}
