import type { DrawOperation } from '../draw-list.ts';
import type { Bookend, Plan } from '../plan.ts';
import { clamp, ease } from '../projection.ts';
import type { Moment } from './moment.ts';

/** The start frame and the end frame over the shots; each is exactly the given picture at its own end of the film. */
export function drawBookends({ plan, at }: Moment): DrawOperation[] {
  const end = (plan.frames - 1) / plan.fps;
  return [
    ...drawBookend(plan.opening, at, plan),
    // The last frame never lies over the first of a film of one frame.
    ...(end === 0 && plan.opening !== undefined ? [] : drawBookend(plan.closing, end - at, plan)),
  ];
}

/** `gone` is the time since the film's start, or until its end. */
function drawBookend(bookend: Bookend | undefined, gone: number, { width, height }: Plan): DrawOperation[] {
  if (bookend === undefined) return [];
  const opacity = opacityOf(bookend, gone);
  if (opacity <= 0) return [];
  const scale = 1 + bookend.drift.zoom * gone;
  return [
    {
      op: 'sprite',
      sprite: bookend.sprite,
      opacity,
      x: ((width - width * scale) / 2) * (1 + bookend.drift.x),
      y: ((height - height * scale) / 2) * (1 + bookend.drift.y),
      width: width * scale,
      height: height * scale,
    },
  ];
}

/** 1 while it stands alone, 0 when the shots do. */
function opacityOf({ hold, change }: Bookend, gone: number): number {
  if (gone <= hold) return 1;
  return change <= 0 ? 0 : 1 - ease(clamp((gone - hold) / change));
}
