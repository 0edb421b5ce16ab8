import type { Framing } from '../../model/index.ts';
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
  /** Width to height of the film's frame. */
  readonly ratio: number;
}

const small =
  /cat|kitten|dog|puppy|bird|rabbit|bunny|mouse|squirrel|fox|robot|doll|child|kid|猫|狗|鸟|兔|鼠|机器人|孩/iu;
const tiny =
  /cup|mug|coffee|tea|phone|book|flower|lollipop|toy|key|ring|bottle|candle|letter|apple|cake|lamp|杯|花|书|手机|玩具|钥匙|戒指|瓶|信|苹果|蛋糕|灯/iu;
const large =
  /horse|(?<![a-z])car(?![a-z])|truck|elephant|dragon|rocket|tree|house|ship|boat|马|汽?车|大象|龙|火箭|树|船/iu;

/** Frame widths beyond which a head that fills the frame's height would lose its face at the sides. */
const widestFilling = 1.3;

/** Sizes follow the framing, the kind of thing, and how much of its body the photograph shows. */
export function sizeOf({ name, look, framing, behind, leavesRoom, ratio }: Sizing): FigureSize {
  const size = figureSizes[framing];
  const isSmall = small.test(name);
  const isTiny = tiny.test(name);
  const body = (isTiny ? 0.4 : isSmall ? 0.66 : large.test(name) ? 1.15 : 1) * (behind ? 0.62 : 1);
  // A tall frame has less room at the sides, so that the same figure may take more of its width.
  const narrow = Math.max(1, Math.min(1.7, 1.5 / ratio));
  const most = leavesRoom
    ? 0.6 * Math.min(1.2, narrow)
    : behind
      ? Math.max(0.44, 0.3 * narrow)
      : look.kind === 'cutout'
        ? 1.25
        : 0.86;
  const mostWidth = Math.min(most, size.mostWidth * narrow) * (isTiny ? 0.5 : isSmall ? 0.86 : 1);
  const full = look.kind !== 'cutout' ? Math.min(0.74, size.half * 0.8) : look.partial ? size.half : size.whole;
  const height = Math.min(full * body, (mostWidth * ratio) / look.aspect);
  const filling = Math.max(height, 1.12);
  const mayFill = !behind && !leavesRoom && look.kind === 'cutout' && look.cut.top && framing.includes('close-up');
  const fills = mayFill && (filling * look.aspect) / ratio < widestFilling;
  const settled = fills ? filling : height;
  return { height: settled, width: (settled * look.aspect) / ratio, fills };
}

/** A thing in somebody's hands: large enough to be told, small enough to be carried. */
export function heldSize(look: Look, holder: FigureSize, ratio: number): FigureSize {
  const height = Math.min(holder.height * 0.36, (holder.width * 0.62 * ratio) / look.aspect);
  return { height, width: (height * look.aspect) / ratio, fills: false };
}
