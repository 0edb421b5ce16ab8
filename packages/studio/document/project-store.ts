import type { Media, MediaFacts, Reference } from '@refreel/core/model';
import { makeId } from '@refreel/sdk';
import { type TemporalState, temporal } from 'zundo';
import { create, useStore } from 'zustand';
import { forget, type KeptProject, keep, newKept, placeOf, readKept, settleIn, settleKept } from './kept-projects.ts';
import { identityOf, openedFirst, rememberOpen, useOpenProject } from './open-project.ts';
import { isPending, type Project, type ProjectRequest, type ProjectShot } from './project.ts';
import { mediaIn } from './project-media.ts';
import { renameInShots } from './prompt-text.ts';

interface Held {
  readonly project: Project;
}

const stepsKept = 100;
/** Changes that follow each other so quickly are one step of undo: a word, not a letter. */
const stepMilliseconds = 700;
const saveMilliseconds = 250;

let lastChange = Number.NEGATIVE_INFINITY;

/** The document that Compose edits. Changed by the functions of this file only. */
export const useProjectStore = create<Held>()(
  temporal((): Held => ({ project: openedFirst.project }), {
    limit: stepsKept,
    equality: (before, after) => before.project === after.project,
    handleSet: (keep) => {
      // Its type names the two arguments of a setter; what comes is four.
      const step = keep as unknown as (...given: readonly unknown[]) => void;
      return (...given) => {
        const now = performance.now();
        const joins = now - lastChange < stepMilliseconds;
        lastChange = now;
        if (!joins) step(...given);
      };
    },
  }),
);

/** A part of the document. */
export function useProject<Part>(pick: (project: Project) => Part): Part {
  return useProjectStore(({ project }) => pick(project));
}

/** Undo and redo, and whether there is anything to undo. */
export function useHistory(): Pick<TemporalState<Held>, 'undo' | 'redo'> & { canUndo: boolean; canRedo: boolean } {
  const { undo, redo, pastStates, futureStates } = useStore(useProjectStore.temporal);
  return { undo, redo, canUndo: pastStates.length > 0, canRedo: futureStates.length > 0 };
}

/** The next change is a step of its own. */
export function beginStep(): void {
  lastChange = Number.NEGATIVE_INFINITY;
}

export function openProject(project: Project): void {
  beginStep();
  useProjectStore.setState({ project });
}

/** Changes the request; a value of undefined takes a field out. */
export function changeRequest(change: { [Field in keyof ProjectRequest]?: ProjectRequest[Field] | undefined }): void {
  const { project } = useProjectStore.getState();
  const entries = Object.entries({ ...project.request, ...change }).filter(([, value]) => value !== undefined);
  useProjectStore.setState({ project: { ...project, request: Object.fromEntries(entries) as ProjectRequest } });
}

/** Has the model asked in a region, or (undefined) where the account is. */
export function chooseRegion(region: string | undefined): void {
  const { region: _, ...rest } = useProjectStore.getState().project;
  beginStep();
  useProjectStore.setState({ project: region === undefined ? rest : { ...rest, region } });
}

const current = () => useProjectStore.getState().project.request;

export function changeShot(index: number, change: Partial<{ prompt: string; seconds: number | undefined }>): void {
  const shots = current().shots.map((shot, at): ProjectShot => {
    if (at !== index) return shot;
    const { seconds, prompt } = { ...shot, ...change };
    return seconds === undefined ? { prompt } : { prompt, seconds };
  });
  changeRequest({ shots });
}

/** Changes the list of shots: a step of its own. */
export function changeShots(change: (shots: readonly ProjectShot[]) => readonly ProjectShot[]): void {
  beginStep();
  changeRequest({ shots: change(current().shots) });
}

export function addReference(reference: Reference): void {
  beginStep();
  changeRequest({ references: [...current().references, reference] });
}

export function changeReference(id: string, change: (one: Reference) => Reference): void {
  beginStep();
  changeRequest({ references: current().references.map((one) => (one.id === id ? change(one) : one)) });
}

export function removeReference(id: string): void {
  beginStep();
  changeRequest({ references: current().references.filter((one) => one.id !== id) });
}

/** Puts a reference before the one that stands at `to`. */
export function moveReference(id: string, to: number): void {
  const { references } = current();
  const moved = references.find((one) => one.id === id);
  if (moved === undefined) return;
  beginStep();
  const others = references.filter((one) => one !== moved);
  changeRequest({ references: [...others.slice(0, to), moved, ...others.slice(to)] });
}

/** Gives a reference another name, and writes it wherever a prompt speaks of it. */
export function renameReference(id: string, name: string): void {
  const { references, shots } = current();
  const renamed = references.map((one) => (one.id === id ? { ...one, name } : one));
  beginStep();
  changeRequest({ references: renamed, shots: renameInShots(shots, references, renamed, id) });
}

/** Names a medium anew, also in what undo brings back: an upload that ended, or (without a new name) one that was given up. */
export function settleMedia(from: Media, to: Media | undefined, facts?: MediaFacts): void {
  settleKept(useOpenProject.getState().id, from, to, facts);
  const settle = (project: Project): Project => settleIn(project, from, to, facts);
  const { temporal: history } = useProjectStore;
  history.getState().pause();
  byItself(() => useProjectStore.setState(({ project }) => ({ project: settle(project) })));
  history.getState().resume();
  const settleAll = (states: readonly Partial<Held>[]) =>
    states.map((state) => (state.project === undefined ? state : { project: settle(state.project) }));
  history.setState(({ pastStates, futureStates }) => ({
    pastStates: settleAll(pastStates),
    futureStates: settleAll(futureStates),
  }));
}

/** Remembers what was measured of media. */
export function learnFacts(facts: Readonly<Record<Media, MediaFacts>>): void {
  const history = useProjectStore.temporal.getState();
  history.pause();
  byItself(() =>
    useProjectStore.setState(({ project }) => ({ project: { ...project, facts: { ...project.facts, ...facts } } })),
  );
  history.resume();
}

/** Opens another project, or a new one; what was open is kept. One in which nobody wrote anything is not. */
export function switchTo(kept: KeptProject): void {
  const { id, base, unsent } = useOpenProject.getState();
  if (base === 0 && !unsent) forget(id);
  else keepOpen();
  // Nobody said which of two tabs' stays: this one's becomes a project of its own.
  const { project, name, rival } = { ...openKept(), rival: useOpenProject.getState().rival };
  if (rival !== undefined) keep({ ...newKept(project, name), unsent: true, edition: 1 });
  rememberOpen(kept.id);
  show(kept);
  keepOpen();
}

/** The open project as another tab or the server has it: shown here too. Undo does not lead behind it. */
export function adopt(kept: KeptProject): void {
  const { project } = useProjectStore.getState();
  if (JSON.stringify(project) === JSON.stringify(kept.project)) useOpenProject.setState(identityOf(kept));
  else show(kept);
}

/** Gives the open project a name. */
export function nameProject(name: string): void {
  if (name === useOpenProject.getState().name) return;
  useOpenProject.setState({ name });
  changed();
}

/** The open project as it stands. */
export function openKept(): KeptProject {
  const { stored: _, rival: __, ...identity } = useOpenProject.getState();
  return { ...identity, project: useProjectStore.getState().project };
}

/** Writes the open project into this browser at once, unless another tab did so after this one last read it. */
export function keepOpen(): void {
  const isNews = saving !== undefined;
  clearTimeout(saving);
  saving = undefined;
  const kept = openKept();
  // A page that is left before the sample's pictures were sent opens the sample again.
  if (kept.base === 0 && !kept.unsent && mediaIn(kept.project.request).some(isPending)) return;
  const there = readKept(kept.id);
  if (there !== undefined && there.stamp !== kept.stamp) {
    useOpenProject.setState(saysTheSame(there, kept) ? identityOf(there) : { rival: there });
    return;
  }
  if (there !== undefined && !isNews) return;
  const stamp = makeId();
  const stored = keep({ ...kept, stamp });
  useOpenProject.setState({ stamp, stored, rival: undefined });
}

function saysTheSame(one: KeptProject, other: KeptProject): boolean {
  return one.name === other.name && JSON.stringify(one.project) === JSON.stringify(other.project);
}

let saving: ReturnType<typeof setTimeout> | undefined;
/** Who changes the document just now: a person, the Studio by itself, or nobody: another document is shown. */
let changing: 'person' | 'itself' | 'nobody' = 'person';

function during(who: typeof changing, work: () => void): void {
  changing = who;
  try {
    work();
  } finally {
    changing = 'person';
  }
}

function byItself(work: () => void): void {
  during('itself', work);
}

function show(kept: KeptProject): void {
  clearTimeout(saving);
  saving = undefined;
  beginStep();
  during('nobody', () => {
    useOpenProject.setState(identityOf(kept));
    useProjectStore.setState({ project: kept.project });
  });
  useProjectStore.temporal.getState().clear();
}

function changed(): void {
  const { base, unsent, edition } = useOpenProject.getState();
  // What the Studio does to a document that nobody has touched yet is no reason to keep it on the server.
  const counts = changing === 'person' || base > 0 || unsent;
  if (counts) useOpenProject.setState({ unsent: true, edition: edition + 1, changedAt: Date.now() });
  clearTimeout(saving);
  saving = setTimeout(keepOpen, saveMilliseconds);
}

useProjectStore.subscribe((now, before) => {
  if (changing !== 'nobody' && now.project !== before.project) changed();
});
addEventListener('pagehide', keepOpen);
addEventListener('storage', ({ key }) => {
  const { id, stamp, rival } = useOpenProject.getState();
  const there = key === placeOf(id) ? readKept(id) : undefined;
  if (there === undefined || there.stamp === stamp) return;
  // Which of two stays is for a person to say; what is being written here is compared when it is kept.
  if (rival !== undefined) useOpenProject.setState({ rival: there });
  else if (saving === undefined) adopt(there);
});
