import { create } from 'zustand';
import { useProject } from '../../document/project-store.ts';

/** Which shot is being worked on, and where in its words. */
interface ShotFocus {
  readonly index: number;
  /** Where the caret of its prompt stands, or stood last; undefined before anybody was there. */
  readonly caret: number | undefined;
}

export const useShotFocus = create<ShotFocus>(() => ({ index: 0, caret: undefined }));

/** Turns to a shot. */
export function turnToShot(index: number): void {
  if (useShotFocus.getState().index !== index) useShotFocus.setState({ index, caret: undefined });
}

/** The shot that is being worked on; shots may have become fewer. */
export function useActiveShot(): number {
  const index = useShotFocus((focus) => focus.index);
  const count = useProject(({ request }) => request.shots.length);
  return Math.min(index, count - 1);
}
