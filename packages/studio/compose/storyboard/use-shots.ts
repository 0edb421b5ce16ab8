import { type Card, situationOf } from '@refreel/core/model';
import { useMemo } from 'react';
import { type ShotLimits, shotLimits } from '../../document/card-choices.ts';
import type { ProjectShot } from '../../document/project.ts';
import { changeShots, useProject } from '../../document/project-store.ts';
import { duplicateShot, insertShot, moveShot, removeShot, splitShot, timeShots } from '../../document/shots.ts';
import { useReview } from '../../document/use-review.ts';
import { turnToShot, useActiveShot, useShotFocus } from './shot-focus.ts';

/** The shots as they are seen, and what can be done with them. Every deed turns to the shot that it leaves in the hand. */
export interface ShotBoard {
  readonly shots: readonly ProjectShot[];
  /** Of each shot, as far as they are said or settled. */
  readonly seconds: readonly (number | undefined)[];
  readonly limits: ShotLimits | undefined;
  readonly active: number;
  add(): void;
  insertAfter(index: number): void;
  duplicate(index: number): void;
  split(index: number): void;
  move(from: number, to: number): void;
  remove(index: number): void;
}

export function useShots(card: Card | undefined): ShotBoard {
  const shots = useProject(({ request }) => request.shots);
  const { taken, film } = useReview();
  const active = useActiveShot();
  const limits = useMemo(
    () => (card === undefined ? undefined : shotLimits(card, situationOf(taken, film))),
    [card, taken, film],
  );
  const settled = film?.shotSeconds.length === shots.length ? film.shotSeconds : [];
  const known = limits ?? { each: undefined, all: undefined, count: undefined, step: 1 };
  const change = (to: number, by: (timed: readonly ProjectShot[]) => readonly ProjectShot[]) => {
    changeShots((now) => by(timeShots(now, settled)));
    turnToShot(to);
  };
  return {
    shots,
    seconds: shots.map((shot, index) => shot.seconds ?? settled[index]),
    limits,
    active,
    add: () => change(shots.length, (timed) => insertShot(timed, timed.length, known)),
    insertAfter: (index) => change(index + 1, (timed) => insertShot(timed, index + 1, known)),
    duplicate: (index) => change(index + 1, (timed) => duplicateShot(timed, index)),
    split(index) {
      const { caret } = useShotFocus.getState();
      change(index, (timed) => splitShot(timed, index, index === active ? caret : undefined, known));
      useShotFocus.setState({ caret: undefined });
    },
    move: (from, to) => change(to, (timed) => moveShot(timed, from, to)),
    remove: (index) => change(Math.min(index, shots.length - 2), (timed) => removeShot(timed, index)),
  };
}
