import type { DrawOperation } from '../draw-list.ts';
import { textSizes } from '../lettering/text-sizes.ts';
import type { Plan } from '../plan.ts';
import type { Moment } from './moment.ts';

/** What is set over everything: guides, the shot's name, what is said or happens, and the marks. */
export function drawText({ plan, shot, at }: Moment): DrawOperation[] {
  const { margin, slate } = textSizes(plan.width, plan.height);
  const operations: DrawOperation[] = [];
  const anchor = (sprite: string, x: number, y: number, alignX: number, alignY: number) =>
    operations.push({ op: 'text', sprite, x, y, alignX, alignY, opacity: 1 });
  let top = margin * 1.6 + slate * 1.9;
  for (const guide of plan.guides) {
    const { width, height } = plan.clips[guide.clip]!;
    operations.push({ op: 'video', clip: guide.clip, seconds: at, opacity: 1, x: margin, y: top, width, height });
    anchor(guide.label, margin, top + height + margin * 0.25, 0, 0);
    top += height + slate * 1.9 + margin * 0.8;
  }
  if (shot.slate !== undefined) anchor(shot.slate, margin, margin, 0, 0);
  const subtitle = plan.subtitles.find((one) => at >= one.start && at < one.end);
  let foot = plan.height - margin * 1.4;
  for (const words of [subtitle?.sprite, shot.caption]) {
    if (words === undefined) continue;
    anchor(words, plan.width / 2, foot, 0.5, 1);
    foot -= mostHeight(plan.sprites[words]) + margin * 0.4;
  }
  for (const { sprite, corner } of plan.marks) {
    const bottom = corner === 'bottom-right';
    anchor(sprite, plan.width - margin, bottom ? plan.height - margin : margin, 1, bottom ? 1 : 0);
  }
  return operations;
}

/** Pixels that a text takes at the most, whatever its font: its painter alone knows the rest. */
function mostHeight(sprite: Plan['sprites'][string] | undefined): number {
  return sprite?.make === 'text' ? sprite.pixels * (sprite.lines.length * 1.4 + 0.6) : 0;
}
