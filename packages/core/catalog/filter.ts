import type { Card, InputName, Limit } from '../model/index.ts';
import { cards } from './cards.ts';

/** What somebody wants of a model; what is left out does not matter. */
export interface ModelWish {
  /** Inputs that it must take. A kind that it takes as another counts. */
  readonly inputs?: readonly InputName[];
  /** `true`: can make sound; `false`: can leave it out. */
  readonly audio?: boolean;
  /** Takes several shots as shots, not only as words of one prompt. */
  readonly severalShots?: boolean;
  /** Makes films of that many seconds, at some tier and with some inputs. */
  readonly seconds?: number;
  /** Made here, without a key. */
  readonly offline?: boolean;
}

/** The models that can do all that is wished, in the catalog's order. */
export function filterCards(wish: ModelWish, from: readonly Card[] = cards): Card[] {
  const { inputs = [], audio, severalShots, seconds, offline } = wish;
  return from.filter((card) => {
    if (inputs.some((input) => !takesInput(card, input))) return false;
    if (audio !== undefined && !card.audio.limits.some((limit) => limit.oneOf?.includes(audio))) return false;
    if (severalShots !== undefined && (card.shots.form !== 'text') !== severalShots) return false;
    if (seconds !== undefined && !card.seconds.limits.some((limit) => admits(limit, seconds))) return false;
    return offline === undefined || (card.offline === true) === offline;
  });
}

/** Whether a model has a place for an input at all. */
export function takesInput(card: Card, input: InputName): boolean {
  const { subject, scene, image, video, startFrame, endFrame } = card.inputs;
  const clip = subject?.clip === true;
  const pictureOfSubject = subject !== null && subject.image !== 'none';
  const takes: Record<InputName, boolean> = {
    reference: subject !== null || scene !== null || image !== null || video !== null,
    subject: subject !== null,
    scene: scene !== null,
    image: image !== null,
    video: video !== null,
    clip,
    voice: subject?.voice === true || video?.voice === true,
    angle: (subject?.mostAngles ?? 0) > 0 || (scene?.mostAngles ?? 0) > 0,
    edit: video?.uses?.includes('edit') === true,
    frame: startFrame || endFrame,
    startFrame,
    endFrame,
    picture: pictureOfSubject || scene !== null || image !== null || startFrame || endFrame,
    footage: clip || video !== null,
  };
  return takes[input];
}

function admits(limit: Limit, seconds: number): boolean {
  if (limit.oneOf !== undefined) return limit.oneOf.includes(seconds);
  if (limit.whole === true && !Number.isInteger(seconds)) return false;
  return seconds >= (limit.from ?? 0) && seconds <= (limit.to ?? Number.POSITIVE_INFINITY);
}
