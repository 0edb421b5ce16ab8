import type { CameraPose, Plan, PlannedShot } from '../plan.ts';

/** One frame of a film: its shot, the share of the shot that has passed, where the camera is, and its seconds in the film. */
export interface Moment {
  readonly plan: Plan;
  readonly shot: PlannedShot;
  readonly share: number;
  readonly pose: CameraPose;
  readonly at: number;
}
