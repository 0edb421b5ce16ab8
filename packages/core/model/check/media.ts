import type { Card, MediaLimit } from '../card.ts';
import type { Facts, MediaFacts } from '../facts.ts';
import type { Film } from '../film.ts';
import { mediaWords, targetWords } from '../fit/fit-words.ts';
import { type MediaFit, type PlannedFit, planFit } from '../fit/plan-fit.ts';
import { makeNote } from '../note.ts';
import { type Problem, type ProblemValues, problem } from '../problem.ts';
import type { MediaUse } from '../reference.ts';
import { mediaOfRequest, type Request, type Size } from '../request.ts';
import { ratioOf } from './format.ts';
import { measuredOf } from './measured.ts';
import { type Findings, noFindings } from './setting.ts';
import { byteWords, rangeWords, sizeWords } from './words.ts';

const wanted = {
  image: { en: 'a picture', zh: '图像' },
  video: { en: 'a film', zh: '视频' },
  audio: { en: 'a sound', zh: '音频' },
} as const;

function kindWanted(role: MediaUse['role']): MediaFacts['kind'] {
  if (role === 'video' || role === 'clip') return 'video';
  return role === 'voice' ? 'audio' : 'image';
}

/** Each medium against the model's limits, as far as it was measured; one that was not is noted, not guessed. */
export function checkMedia(
  request: Request,
  card: Card,
  film: Film | undefined,
  facts: Facts,
): Findings & { fits: MediaFit[] } {
  const found = { ...noFindings(), fits: [] as MediaFit[] };
  for (const use of mediaOfRequest(request)) {
    const measured = measuredOf(facts, use.media);
    const kind = kindWanted(use.role);
    if (measured === undefined) {
      found.notes.push(makeNote('media_unmeasured', use.path));
      continue;
    }
    if (measured.kind !== kind) {
      found.problems.push(problem('media_kind', use.path, { found: wanted[measured.kind], limit: wanted[kind] }));
      continue;
    }
    if (measured.kind === 'image' && measured.animated) found.notes.push(makeNote('media_animated', use.path));
    const limit = card.media[kind === 'audio' ? 'voice' : kind];
    const problems = limit === null ? [] : beyondLimits(limit, measured, use.path, card.id);
    let exact: Size | undefined;
    const isFrame = use.role === 'startFrame' || use.role === 'endFrame';
    if (isFrame && card.inputs.framesMatchSize === true && measured.kind === 'image') {
      const sizes = frameSizes(request, card, film);
      const fits = sizes.some(({ width, height }) => width === measured.width && height === measured.height);
      if (!fits && sizes.length > 0) {
        const values = {
          found: sizeWords(measured),
          limit: sizes.map(sizeWords),
        };
        problems.push(problem('frame_size', use.path, values, card.inputs.source));
        exact = sizes[0];
      }
    }
    const fit = request.fitMedia === true ? fitOf(problems, measured, limit, exact) : undefined;
    if (fit === undefined) {
      found.problems.push(...problems);
      continue;
    }
    const values = { found: mediaWords(measured), model: card.id, limit: targetWords(fit.to) };
    const code = fit.cuts ? 'media_cut' : 'media_fitted';
    found.notes.push(makeNote(code, use.path, values, problems[0]?.source));
    found.fits.push({ path: use.path, media: use.media, to: fit.to });
  }
  return found;
}

/** How a medium that breaks limits is made to keep them; undefined where there is nothing to mend, or it cannot be. */
function fitOf(
  problems: readonly Problem[],
  facts: MediaFacts,
  limit: MediaLimit | null,
  exact: Size | undefined,
): PlannedFit | undefined {
  return problems.length === 0 || limit === null ? undefined : planFit(facts, limit, exact);
}

/**
 * The sizes that a frame may have where the model wants them exact: the one that was asked; unasked, every one that can be named for the film's
 * ratio.
 */
export function frameSizes(request: Request, card: Card, film: Film | undefined): { width: number; height: number }[] {
  if (request.size !== undefined) return [request.size];
  if (film === undefined) return [];
  const named = (card.formats.namedSizes ?? []).filter(({ width, height }) => ratioOf(width, height) === film.ratio);
  return named.length > 0 ? named : [{ width: film.width, height: film.height }];
}

/** Frame rates are often a thousandth below a whole number: 23.976 counts as 24. */
const fpsTolerance = 0.05;

/** Every way in which a measured medium passes a limit. */
export function beyondLimits(limit: MediaLimit, facts: MediaFacts, path: string, model: string): Problem[] {
  const problems: Problem[] = [];
  const refuse = (code: Problem['code'], values: ProblemValues) =>
    problems.push(problem(code, path, { model, ...values }, limit.source));
  const { types, mostBytes, leastSide, mostSide, mostRatio } = limit;
  if (!types.includes(facts.mediaType)) refuse('media_type', { found: facts.mediaType, limit: types });
  if (mostBytes !== undefined && facts.bytes > mostBytes) {
    const words = { foundBytes: byteWords(facts.bytes), limitBytes: byteWords(mostBytes) };
    refuse('media_bytes', { found: facts.bytes, limit: mostBytes, ...words });
  }
  if (facts.kind !== 'audio') {
    const found = sizeWords(facts);
    const [short, long] = [Math.min(facts.width, facts.height), Math.max(facts.width, facts.height)];
    if (leastSide !== undefined && short < leastSide) refuse('media_too_small', { found, limit: leastSide });
    if (mostSide !== undefined && long > mostSide) refuse('media_too_wide', { found, limit: mostSide });
    if (mostRatio !== undefined && long > mostRatio * short) refuse('media_ratio', { found, limit: mostRatio });
  }
  if (facts.kind === 'image' && facts.alpha && limit.alpha === false) refuse('media_alpha', {});
  if (facts.kind !== 'image') {
    const { leastSeconds, mostSeconds } = limit;
    const half = 0.5 / (facts.kind === 'video' && facts.fps > 0 ? facts.fps : 24);
    const found = Number(facts.seconds.toFixed(3));
    if (leastSeconds !== undefined && facts.seconds < leastSeconds - half)
      refuse('media_too_short', { found, limit: leastSeconds });
    if (mostSeconds !== undefined && facts.seconds > mostSeconds + half)
      refuse('media_too_long', { found, limit: mostSeconds });
  }
  if (facts.kind === 'video') {
    const { leastFps = 0, mostFps = Number.POSITIVE_INFINITY } = limit;
    const outside = facts.fps < leastFps - fpsTolerance || facts.fps > mostFps + fpsTolerance;
    if (outside)
      refuse('media_fps', { found: Number(facts.fps.toFixed(3)), limit: rangeWords(limit.leastFps, limit.mostFps) });
  }
  return problems;
}
