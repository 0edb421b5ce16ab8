import type { Framing } from '../../model/index.ts';
import { type NounSize, sizeOfName } from '../reading/noun-words.ts';
import { figureSizes } from './camera.ts';
import type { Look } from './looks.ts';

/** Height in frame heights and width in frame widths, at the stage's depth. */
export interface FigureSize {
  readonly height: number;
  readonly width: number;
  /** A picture whose subject is cut off above fills the frame from top to bottom. */
  readonly fills: boolean;
}

/** What the size of a figure depends on. */
export interface Sizing {
  readonly name: string;
  readonly look: Look;
  readonly framing: Framing;
  /** Out of focus behind the one whom a close picture is about. */
  readonly behind: boolean;
  /** In front of somebody out of focus, for whom room is left. */
  readonly leavesRoom: boolean;
  /** The words ask for a face, not for head and shoulders. */
  readonly face: boolean;
  /** Width to height of the film's frame. */
  readonly ratio: number;
}

const kinds: Readonly<Record<NounSize, number>> = { tiny: 0.4, small: 0.66, usual: 1, large: 1.15 };

/** Frame widths beyond which a head that fills the frame's height would lose its face at the sides. */
const widestFilling = 1.3;

/** A face fills the frame: head and shoulders are about twice as high as it. */
const faceSizes = { whole: 3.2, half: 2.2, mostWidth: 1.7 };

/** Sizes follow the framing, the kind of thing, and how much of its body the photograph shows. */
export function sizeOf({ name, look, framing, behind, leavesRoom, face, ratio }: Sizing): FigureSize {
  const alone = !behind && !leavesRoom && look.kind === 'cutout';
  const size = face && alone ? faceSizes : figureSizes[framing];
  const named = sizeOfName(name);
  const kind = kinds[named];
  const isClose = framing.includes('close-up');
  // A head that its photograph cuts off above would outgrow everybody else's.
  const headOnly = look.kind === 'cutout' && look.cut.top && !isClose ? 0.8 : 1;
  const body = kind * headOnly * (behind ? 0.62 : 1);
  // A tall frame has less room at the sides, so that the same figure may take more of its width.
  const narrow = Math.max(1, Math.min(1.7, 1.5 / ratio));
  const most = leavesRoom
    ? 0.6 * Math.min(1.2, narrow)
    : behind
      ? Math.max(0.44, 0.3 * narrow)
      : look.kind === 'cutout'
        ? face
          ? 1.7
          : 1.25
        : 0.86;
  const mostWidth = Math.min(most, size.mostWidth * narrow) * (named === 'tiny' ? 0.5 : named === 'small' ? 0.86 : 1);
  const full = look.kind !== 'cutout' ? Math.min(0.74, size.half * 0.8) : look.partial ? size.half : size.whole;
  const height = Math.min(full * body, (mostWidth * ratio) / look.aspect);
  const filling = Math.max(height, 1.12);
  const mayFill = alone && look.cut.top && isClose;
  const fills = mayFill && (filling * look.aspect) / ratio < widestFilling;
  const settled = fills ? filling : height;
  return { height: settled, width: (settled * look.aspect) / ratio, fills };
}

/** A thing in somebody's hands: large enough to be told, small enough to be carried. */
export function heldSize(look: Look, holder: FigureSize, ratio: number): FigureSize {
  const height = Math.min(holder.height * 0.36, (holder.width * 0.62 * ratio) / look.aspect);
  return { height, width: (height * look.aspect) / ratio, fills: false };
}
