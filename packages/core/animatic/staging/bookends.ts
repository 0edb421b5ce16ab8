import type { CameraMove, Media } from '../../model/index.ts';
import type { Bookend, PlannedShot } from '../plan.ts';
import type { Planning } from '../planning.ts';
import { coverCrop } from './scenery.ts';

/** The start frame and the end frame: each is its end of the film exactly, and gives way to the shots or takes over from them. */
export function makeBookends(
  shots: readonly PlannedShot[],
  planning: Planning,
): { opening: Bookend | undefined; closing: Bookend | undefined } {
  const { request, film } = planning;
  const [first, last] = [shots[0], shots.at(-1)];
  const [start, end] = [spriteOf(request.startFrame, planning), spriteOf(request.endFrame, planning)];
  // With nothing else to show the frames are the film: the one moves, and the two change slowly into each other.
  const alone = request.references.length === 0;
  const both = start !== undefined && end !== undefined;
  const seconds = film.seconds;
  const timing = (shot: PlannedShot) => {
    if (alone) return { hold: seconds, change: 0 };
    const own = shot.frames / film.fps;
    return { hold: own * (both && shots.length === 1 ? 0.14 : 0.2), change: Math.min(0.9, own * 0.18) };
  };
  const opening =
    start === undefined || first === undefined
      ? undefined
      : { sprite: start, ...timing(first), drift: driftOf(first.move, alone) };
  // The end frame lies over the start frame, so that it alone has to change.
  const late = alone && both ? { hold: seconds * 0.25, change: seconds * 0.5 } : undefined;
  const closing =
    end === undefined || last === undefined
      ? undefined
      : { sprite: end, ...(late ?? timing(last)), drift: driftOf(last.move, alone) };
  return { opening, closing };
}

function spriteOf(media: Media | undefined, { film, facts, materials }: Planning): string | undefined {
  const picture = media === undefined ? undefined : facts.media[media];
  if (media === undefined || picture?.kind !== 'image') return undefined;
  const crop = coverCrop(picture, film.width / film.height, 1);
  const [width, height] = [Math.round(film.width * 1.04), Math.round(film.height * 1.04)];
  return materials.sprite({ make: 'picture', media, crop, radius: 0, blur: 0, grade: undefined, width, height });
}

/** A picture that is the whole film moves as the camera was told to; else it only breathes. */
function driftOf(move: CameraMove, alone: boolean): Bookend['drift'] {
  if (!alone) return { zoom: 0.012, x: 0, y: 0 };
  switch (move) {
    case 'hold':
      return { zoom: 0.006, x: 0, y: 0 };
    case 'pan-left':
    case 'track-left':
      return { zoom: 0.022, x: -1, y: 0 };
    case 'pan-right':
    case 'track-right':
    case 'orbit':
      return { zoom: 0.022, x: 1, y: 0 };
    case 'tilt-up':
    case 'rise':
      return { zoom: 0.022, x: 0, y: -1 };
    case 'tilt-down':
    case 'sink':
      return { zoom: 0.022, x: 0, y: 1 };
    case 'push':
    case 'pull':
    case 'track-behind':
      return { zoom: 0.028, x: 0, y: 0 };
  }
}
