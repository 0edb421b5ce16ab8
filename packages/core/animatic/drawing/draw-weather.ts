import type { DrawOperation } from '../draw-list.ts';
import type { PlannedShot } from '../plan.ts';
import { chance } from '../random.ts';
import type { Moment } from './moment.ts';

/** Frame heights a second, frame widths a second, sizes in frame heights; `tall` is height to width. */
const particles = {
  rain: { count: 90, fall: 1.5, drift: 0.05, size: 0.02, opacity: 0.3, tall: 5 },
  snow: { count: 110, fall: 0.12, drift: 0.05, size: 0.009, opacity: 0.75, tall: 1 },
  dust: { count: 36, fall: -0.018, drift: 0.03, size: 0.006, opacity: 0.4, tall: 1 },
} as const;

/** Where a particle starts again it is outside of the frame, by this much of it at each side. */
const outside = 0.05;

/** Rain, snow or dust: each particle falls by itself, and starts again where nobody sees it. */
export function drawWeather(weather: NonNullable<PlannedShot['weather']>, { plan, at }: Moment): DrawOperation[] {
  const kind = particles[weather.kind];
  return Array.from({ length: kind.count }, (_, index) => {
    const near = 0.5 + chance(plan.seed, index * 4) * 0.9;
    const wave = kind.tall === 1 ? Math.sin(at * 0.9 + index) * 0.012 : 0;
    const x = wrap(chance(plan.seed, index * 4 + 1) + kind.drift * at * near);
    const y = wrap(chance(plan.seed, index * 4 + 2) + kind.fall * at * near);
    const height = kind.size * near * plan.height;
    return {
      op: 'sprite',
      sprite: weather.sprite,
      opacity: kind.opacity * (0.45 + 0.55 * chance(plan.seed, index * 4 + 3)),
      x: across(x + wave) * plan.width,
      y: across(y) * plan.height,
      width: height / kind.tall,
      height,
    };
  });
}

function wrap(value: number): number {
  return ((value % 1) + 1) % 1;
}

function across(share: number): number {
  return share * (1 + 2 * outside) - outside;
}
