import type { Problem, State } from '@refreel/core/model';
import type { AttemptChange } from '../store/index.ts';

/** Where an attempt goes after a step of its work. */
export interface Step {
  readonly to: State;
  readonly change: AttemptChange;
}

/** Looking again whether the media are there is a claim each time, and no try at the film. */
export function preparedAfter(claims: number) {
  return { preparedAfterClaims: claims };
}

/** The end of an attempt that is not made. */
export function failed(problems: readonly Problem[]): Step {
  return { to: 'failed', change: { problems, billed: 'no' } };
}
