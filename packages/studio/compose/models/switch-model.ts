import {
  explainNote,
  explainProblem,
  type Language,
  type Note,
  type Problem,
  type Reference,
} from '@refreel/core/model';
import { create } from 'zustand';
import { beginStep, changeRequest, useProjectStore } from '../../document/project-store.ts';
import { reviewProject } from '../../document/use-review.ts';
import { asPeopleSay } from '../review/as-people-say.ts';
import { placeName } from '../review/place-name.ts';

/** What did not fit when a model was taken: everything that was not to be said of the work on the model before. */
interface Switched {
  readonly model: string | undefined;
  readonly misfits: readonly string[];
}

/** The last switch of model, until it is read. */
export const useSwitched = create<Switched>(() => ({ model: undefined, misfits: [] }));

/** Takes another model. The work stays as it is; what of it does not fit is remembered, to be shown. */
export function switchModel(model: string): void {
  const before = findings();
  beginStep();
  changeRequest({ model });
  const known = new Set(before.map(keyOf));
  useSwitched.setState({ model, misfits: [...new Set(findings().map(keyOf))].filter((key) => !known.has(key)) });
}

export function forgetSwitch(): void {
  useSwitched.setState({ model: undefined, misfits: [] });
}

/** What is still true of what did not fit, as people read it: what holds of several references is said once. */
export function misfitsIn(
  { misfits }: Switched,
  { problems, notes }: { readonly problems: readonly Problem[]; readonly notes: readonly Note[] },
  references: readonly Reference[],
  language: Language,
): { readonly text: string; readonly wrong: boolean }[] {
  const all = [
    ...problems.map((one) => ({
      one,
      wrong: true,
      explain: (place: string) => problemText(asPeopleSay(one, references, language, place), language),
    })),
    ...notes.map((one) => ({
      one,
      wrong: false,
      explain: (place: string) => explainNote(asPeopleSay(one, references, language, place), language),
    })),
  ].filter(({ one }) => misfits.includes(keyOf(one)));
  const alike = Map.groupBy(all, ({ one, wrong }) => JSON.stringify([wrong, one.code, one.values]));
  return [...alike.values()].map((same) => {
    const { wrong, explain } = same[0]!;
    const places = same.map(({ one }) => placeName(one.path, references));
    return { text: explain([...new Set(places)].join(language === 'zh' ? '、' : ', ')), wrong };
  });
}

function problemText(problem: Problem, language: Language): string {
  const { message, remedy } = explainProblem(problem, language);
  return `${message} ${remedy}`;
}

function findings(): (Problem | Note)[] {
  const { problems, notes } = reviewProject(useProjectStore.getState().project, false);
  return [...problems, ...notes];
}

function keyOf({ code, path }: Problem | Note): string {
  return `${code} ${path}`;
}
