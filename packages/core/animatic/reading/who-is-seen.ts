import { findCameraWords } from '../../model/index.ts';
import { findActionWords } from '../../model/prompt/action-words.ts';
import type { ShotPlanning } from '../planning.ts';
import { startsWithAction } from './action-words.ts';
import type { Role } from './roles.ts';

/**
 * Ids of those who are seen in a shot: whom it names; those of the shot before where its words go on without naming anybody
 * ("turns to the camera", a bare close-up); and, in a film that names nobody at all, everybody.
 */
export function whoIsSeen(planning: ShotPlanning, roles: readonly Role[]): string[] {
  const { request, places, before } = planning;
  const isPlace = (id: string) => places.some((place) => place.id === id);
  const named = roles.map(({ id }) => id).filter((id) => !isPlace(id));
  if (named.length > 0) return named;
  if (before.length > 0) return goesOn(planning) ? [...before] : [];
  const somebodyNamed = request.shots.some(({ prompt }) =>
    prompt.some((part) => typeof part !== 'string' && !isPlace(part.mention)),
  );
  return somebodyNamed ? [] : request.references.map(({ id }) => id).filter((id) => !isPlace(id));
}

/** True of words without a doer of their own: only the camera and the light, or what is done by those who were there. */
function goesOn({ shot, camera }: ShotPlanning): boolean {
  const { text } = shot.flat;
  const clauses = text.split(/[.!?,;:。！？，；：、\n]+/u).map((clause) => clause.trim());
  const isWide = camera.framing === 'wide' || camera.framing === 'extreme-wide';
  if (clauses.some((clause) => startsWithAction(clause))) return true;
  if (isWide) return false;
  const words = findCameraWords(text);
  const shows = words.some(({ to }) => /^\s*of\b|^\s*[:：]?\s*(?:一|那|这)/iu.test(text.slice(to)));
  return !shows && findActionWords(text).length === 0 && words.length > 0;
}
