import type { BackdropSprite } from '../sprite.ts';

/**
 * One row of pixels while it is painted: red, green, blue of each, 0 to 255 and fractions. Colours go to whole numbers only once, dithered,
 * so that no gradient shows bands after an encoder has been over it.
 */
export type Row = Float32Array;

import { chanceAt, ease } from './noise.ts';

/** Sizes in frame heights. */
const skirting = 0.022;
const pane = { width: 0.2, height: 0.17, gap: 0.022 };
/** The light falls aslant: how far it moves to the right on its way down. */
const slant = 0.42;
const softness = 0.02;

/** What makes wall and floor a room: a skirting board, the light of a window on the wall, boards that run towards the viewer. */
export function paintRoom(sprite: BackdropSprite, y: number, row: Row): void {
  const { width, height, seed } = sprite;
  const up = sprite.horizon - (y + 0.5) / height;
  if (up < 0) {
    paintFloor(sprite, -up, row);
    return;
  }
  const board = up < skirting ? (up > skirting - 0.0025 ? 1.14 : 0.82) : 1;
  // In the corner with the floor a wall is a little darker.
  const corner = 1 - 0.1 * Math.exp(-up / 0.06);
  const left = (width / height) * (0.14 + 0.1 * chanceAt(seed, 1));
  const top = sprite.horizon - 0.16 - 2 * pane.height - pane.gap;
  const fromTop = (y + 0.5) / height - Math.max(top, 0.06);
  for (let x = 0; x < width; x++) {
    const aside = (x + 0.5) / height - left - fromTop * slant;
    const light = up < skirting ? 0 : panesAt(aside, fromTop);
    const factor = board * corner * (1 + 0.1 * Math.exp(-(((x / width - 0.3) / 0.5) ** 2)) + 0.17 * light);
    const warm = 1 + 0.05 * light;
    row[x * 3]! *= factor * warm;
    row[x * 3 + 1]! *= factor;
    row[x * 3 + 2]! *= factor / warm;
  }
}

/** Two by two panes, 0 to 1. */
function panesAt(aside: number, down: number): number {
  const across = between(aside, 0, pane.width) + between(aside, pane.width + pane.gap, 2 * pane.width + pane.gap);
  const along = between(down, 0, pane.height) + between(down, pane.height + pane.gap, 2 * pane.height + pane.gap);
  return Math.min(across, 1) * Math.min(along, 1);
}

/** 1 from one border to the other, with soft edges. */
function between(value: number, from: number, to: number): number {
  return ease((value - from) / softness + 0.5) * ease((to - value) / softness + 0.5);
}

function paintFloor(sprite: BackdropSprite, down: number, row: Row): void {
  const { width, height, seed } = sprite;
  const near = down / Math.max(1 - sprite.horizon, 0.01);
  const contact = 1 - 0.16 * Math.exp(-down / 0.02);
  // All boards meet in one point above the horizon.
  const narrowing = down + 0.34;
  for (let x = 0; x < width; x++) {
    const board = ((x + 0.5 - width / 2) / height / narrowing) * 4.6;
    const number = Math.floor(board);
    const within = board - number;
    const seam = Math.min(within, 1 - within) * narrowing * 0.22 * height;
    const shadow = 1 - 0.13 * (1 - ease(seam / 1.6));
    const tone = 1 + 0.045 * (chanceAt(seed + 51, number) - 0.5);
    const sheen = 1 + 0.09 * Math.exp(-(((x / width - 0.42) / 0.3) ** 2)) * (1 - near);
    const factor = contact * shadow * tone * sheen;
    for (let channel = 0; channel < 3; channel++) row[x * 3 + channel]! *= factor;
  }
}
