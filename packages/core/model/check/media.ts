import type { Card, MediaLimit } from '../card.ts';
import type { Facts, MediaFacts } from '../facts.ts';
import type { Film } from '../film.ts';
import { makeNote } from '../note.ts';
import { type Problem, problem } from '../problem.ts';
import type { MediaUse } from '../reference.ts';
import { mediaOfRequest, type Request } from '../request.ts';
import { ratioOf } from './format.ts';
import { type Findings, noFindings } from './setting.ts';

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
export function checkMedia(request: Request, card: Card, film: Film | undefined, facts: Facts): Findings {
  const found = noFindings();
  for (const use of mediaOfRequest(request)) {
    const measured = facts.media[use.media];
    const kind = kindWanted(use.role);
    if (measured === undefined) {
      found.notes.push(makeNote('media_unmeasured', use.path));
      continue;
    }
    if (measured.kind !== kind) {
      found.problems.push(problem('media_kind', use.path, { found: wanted[measured.kind], limit: wanted[kind] }));
      continue;
    }
    const limit = card.media[kind === 'audio' ? 'voice' : kind];
    if (limit !== null) found.problems.push(...beyond(limit, measured, use.path, card.id));
    const isFrame = use.role === 'startFrame' || use.role === 'endFrame';
    if (isFrame && card.inputs.framesMatchSize === true && measured.kind === 'image') {
      const sizes = frameSizes(request, card, film);
      const fits = sizes.some(({ width, height }) => width === measured.width && height === measured.height);
      if (!fits && sizes.length > 0) {
        const values = {
          found: `${measured.width}x${measured.height}`,
          limit: sizes.map(({ width, height }) => `${width}x${height}`),
        };
        found.problems.push(problem('frame_size', use.path, values, card.inputs.source));
      }
    }
  }
  return found;
}

/** The sizes that a frame may have: the one that was asked; unasked, every one that can be named for the film's ratio. */
function frameSizes(request: Request, card: Card, film: Film | undefined): { width: number; height: number }[] {
  if (request.size !== undefined) return [request.size];
  if (film === undefined) return [];
  const named = (card.formats.namedSizes ?? []).filter(({ width, height }) => ratioOf(width, height) === film.ratio);
  return named.length > 0 ? named : [{ width: film.width, height: film.height }];
}

/** Every way in which a measured medium passes a limit. */
function beyond(limit: MediaLimit, facts: MediaFacts, path: string, model: string): Problem[] {
  const problems: Problem[] = [];
  const refuse = (code: Problem['code'], found: string | number, most: string | number | readonly string[]) =>
    problems.push(problem(code, path, { model, found, limit: most }, limit.source));
  if (!limit.types.includes(facts.mediaType)) refuse('media_type', facts.mediaType, limit.types);
  if (limit.mostBytes !== undefined && facts.bytes > limit.mostBytes)
    refuse('media_bytes', facts.bytes, limit.mostBytes);
  if (facts.kind !== 'audio') {
    const size = `${facts.width}x${facts.height}`;
    const [short, long] = [Math.min(facts.width, facts.height), Math.max(facts.width, facts.height)];
    if (limit.leastSide !== undefined && short < limit.leastSide) refuse('media_too_small', size, limit.leastSide);
    if (limit.mostSide !== undefined && long > limit.mostSide) refuse('media_too_wide', size, limit.mostSide);
    if (limit.mostRatio !== undefined && long / short > limit.mostRatio) refuse('media_ratio', size, limit.mostRatio);
  }
  if (facts.kind === 'image' && facts.alpha && limit.alpha === false) refuse('media_alpha', '', '');
  if (facts.kind !== 'image') {
    const half = facts.kind === 'video' ? 0.5 / facts.fps : 0.02;
    const seconds = Number(facts.seconds.toFixed(3));
    if (limit.leastSeconds !== undefined && facts.seconds < limit.leastSeconds - half)
      refuse('media_too_short', seconds, limit.leastSeconds);
    if (limit.mostSeconds !== undefined && facts.seconds > limit.mostSeconds + half)
      refuse('media_too_long', seconds, limit.mostSeconds);
  }
  if (facts.kind === 'video' && limit.leastFps !== undefined && limit.mostFps !== undefined) {
    const outside = facts.fps < limit.leastFps - 0.05 || facts.fps > limit.mostFps + 0.05;
    if (outside) refuse('media_fps', Number(facts.fps.toFixed(3)), `${limit.leastFps} to ${limit.mostFps}`);
  }
  return problems;
}
