import { type State, showPrompt } from '@refreel/core/model';
import type { Generation } from '@refreel/sdk';

/** Which generations are wanted; what is left out does not matter. */
export interface Wish {
  readonly states?: readonly State[];
  readonly model?: string;
  readonly starred?: true;
  /** Those that were deleted and can be restored, in place of those that are there. */
  readonly deleted?: true;
  /** Asked for in this project. */
  readonly project?: string;
  /** Words of the prompts, or names of references: all of them, in any case. */
  readonly text?: string;
  /** Accepted on this day of the person's own calendar: "2026-11-20". */
  readonly day?: string;
}

/** When a day begins and ends where the person is. */
export function boundsOf(day: string): { readonly from: Date; readonly until: Date } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return { from: new Date(year, month - 1, date), until: new Date(year, month - 1, date + 1) };
}

/** Whether the server would list a generation for the wish: lists on the screen take in what is new by it. */
export function fits({ states, model, starred, deleted, project, text, day }: Wish, generation: Generation): boolean {
  if ((generation.restorableUntil !== null) !== (deleted === true)) return false;
  if (states !== undefined && !states.includes(generation.state)) return false;
  if (model !== undefined && generation.model !== model) return false;
  if (starred === true && !generation.starred) return false;
  if (project !== undefined && generation.project !== project) return false;
  if (day !== undefined) {
    const { from, until } = boundsOf(day);
    const at = new Date(generation.createdAt);
    if (at < from || at >= until) return false;
  }
  if (text === undefined) return true;
  const { shots, references } = generation.request;
  const said = shots.map(({ prompt }) => showPrompt(prompt, references));
  const all = [...said, ...references.map(({ name }) => name)].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
