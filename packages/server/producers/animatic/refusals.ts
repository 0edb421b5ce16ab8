import { mediaOfRequest, type Problem, type ProblemValues, problem, type Request } from '@refreel/core/model';
import type { MediaRefusal } from '../../media/refusal.ts';
import type { ChildEnd } from '../../processes/guarded-child.ts';
import type { RenderAnswer } from './questions.ts';

/** A medium that was refused, as the problem that a person reads. */
export function refusalProblem(path: string, file: string, refusal: MediaRefusal): Problem {
  const values: Record<string, ProblemValues[string]> = {};
  if (refusal.limit !== undefined) values.limit = refusal.limit;
  values.found = refusal.found ?? file;
  if (refusal.code === 'media_missing' || refusal.code === 'media_unreadable') values.found = file;
  return problem(refusal.code, path, values);
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
    case 'crashed': {
      if (ofMedia) return problem('media_crashed', path);
      const words = end.lastWords.split('\n').at(-1) ?? '';
      return problem('render_failed', path, { found: end.signal ?? (words === '' ? `exit code ${end.code}` : words) });
    }
  }
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
