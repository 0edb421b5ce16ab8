import {
  type CameraAngle,
  type CameraMove,
  type CameraWords,
  type Framing,
  findCameraWords,
} from '../../model/index.ts';
import type { NotUnderstood } from '../plan.ts';
import { readAction } from './action-words.ts';
import type { ScriptShot } from './script.ts';

/** What the words of a shot ask of the camera, and what of it could not be done. */
export interface ShotCamera {
  readonly framing: Framing;
  readonly angle: CameraAngle;
  readonly move: CameraMove;
  /** Whether the words ask for the framing, or it was chosen. */
  readonly framed: boolean;
  /** Whether the words ask for the move, or it was chosen. */
  readonly moved: boolean;
  readonly unused: readonly Omit<NotUnderstood, 'shot'>[];
}

/** One framing, one move, one angle a shot: the first of each; the rest is listed. Unsaid, a film opens wide and then comes near. */
export function readShotCamera(shot: ScriptShot, position: number, count: number): ShotCamera {
  const words = findCameraWords(shot.flat.text);
  const framing = words.find((one) => one.framing !== undefined);
  const move = words.find((one) => one.move !== undefined);
  const angle = words.find((one) => one.angle !== undefined);
  const unused = words.flatMap((one): { text: string; why: NotUnderstood['why'] }[] => {
    const why = whyUnused(one, framing, move);
    return why === undefined ? [] : [{ text: one.text, why }];
  });
  return {
    framing: framing?.framing ?? (position === 0 && count > 1 ? 'wide' : 'medium'),
    angle: angle?.angle ?? 'eye',
    // Nobody is followed who goes away.
    move: move?.move ?? (position % 2 === 0 && readAction(shot.flat.text)?.path !== 'away' ? 'push' : 'hold'),
    framed: framing !== undefined,
    moved: move !== undefined,
    unused,
  };
}

function whyUnused(
  words: CameraWords,
  framing: CameraWords | undefined,
  move: CameraWords | undefined,
): NotUnderstood['why'] | undefined {
  if (words.framing === undefined && words.move === undefined && words.angle === undefined) return 'unknown-camera';
  if (words.move !== undefined && words !== move && words.move !== move?.move) return 'several-moves';
  if (words.framing !== undefined && words !== framing && words.framing !== framing?.framing) return 'several-framings';
  return undefined;
}
