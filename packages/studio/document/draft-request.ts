import { filterCards } from '@refreel/core/catalog';
import type { Film, Request } from '@refreel/core/model';

/** The model that draws here, and costs nothing. */
export function draftModel(): string {
  const [card] = filterCards({ offline: true });
  if (card === undefined) throw new Error('the catalog has no model that draws here');
  return card.id;
}

/**
 * A request as it is drafted, whatever model it is for: with the pixels, seconds, frame rate and sound that its film has there. What nobody has
 * settled yet stays as it was written.
 */
export function draftOf(request: Request, film: Film | undefined): Request {
  const { mode: _, strict: __, alternatives: ___, allowSplit: ____, ...drawn } = request;
  const draft: Request = { ...drawn, model: draftModel() };
  if (film === undefined) return draft;
  const { width, height, fps, audio, shotSeconds } = film;
  const { ratio: _ratio, tier: _tier, count: _count, ...rest } = draft;
  const shots = request.shots.map((shot, index) => {
    const seconds = shot.seconds ?? shotSeconds[index];
    return seconds === undefined ? shot : { ...shot, seconds };
  });
  return { ...rest, shots, size: { width, height }, fps, audio };
}
