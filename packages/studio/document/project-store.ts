import type { Media, MediaFacts, Reference } from '@refreel/core/model';
import { type TemporalState, temporal } from 'zundo';
import { create, useStore } from 'zustand';
import { readStored, writeStored } from '../shared/stored.ts';
import { emptyProject, isPending, type Project, type ProjectRequest, type ProjectShot } from './project.ts';
import { mediaIn, renameMedia } from './project-media.ts';
import { renameInShots } from './prompt-text.ts';

interface Held {
  readonly project: Project;
}

const place = 'refreel.project';
const stepsKept = 100;
/** Changes that follow each other so quickly are one step of undo: a word, not a letter. */
const stepMilliseconds = 700;
const saveMilliseconds = 250;

/** True where this browser has never held a project. */
export const isFirstStart = readProject() === undefined;

let lastChange = Number.NEGATIVE_INFINITY;

/** The document that Compose edits. Changed by the functions of this file only. */
export const useProjectStore = create<Held>()(
  temporal((): Held => ({ project: readProject() ?? emptyProject }), {
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

const current = () => useProjectStore.getState().project.request;

export function changeShot(index: number, change: Partial<{ prompt: string; seconds: number | undefined }>): void {
  const shots = current().shots.map((shot, at): ProjectShot => {
    if (at !== index) return shot;
    const { seconds, prompt } = { ...shot, ...change };
    return seconds === undefined ? { prompt } : { prompt, seconds };
  });
  changeRequest({ shots });
}

export function addShot(): void {
  beginStep();
  changeRequest({ shots: [...current().shots, { prompt: '' }] });
}

export function removeShot(index: number): void {
  beginStep();
  changeRequest({ shots: current().shots.filter((_, at) => at !== index) });
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
  const settle = (project: Project): Project => {
    const renamed = renameMedia(project, (media) => (media === from ? to : media));
    return to === undefined || facts === undefined ? renamed : { ...renamed, facts: { ...renamed.facts, [to]: facts } };
  };
  const { temporal: history } = useProjectStore;
  history.getState().pause();
  useProjectStore.setState(({ project }) => ({ project: settle(project) }));
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
  useProjectStore.setState(({ project }) => ({ project: { ...project, facts: { ...project.facts, ...facts } } }));
  history.resume();
}

function readProject(): Project | undefined {
  const kept = readStored(place) as Partial<Project> | undefined;
  if (kept?.version !== 1 || !Array.isArray(kept.request?.shots) || !Array.isArray(kept.request.references))
    return undefined;
  // An upload does not survive its page.
  const project = { ...emptyProject, ...kept } as Project;
  return renameMedia(project, (media) => (isPending(media) ? undefined : media));
}

let saving: ReturnType<typeof setTimeout> | undefined;
const save = () => {
  clearTimeout(saving);
  const { project } = useProjectStore.getState();
  // A page that is left before the sample's pictures were sent opens the sample again.
  const isUnsent = isFirstStart && readStored(place) === undefined && mediaIn(project.request).some(isPending);
  if (!isUnsent) writeStored(place, project);
};
useProjectStore.subscribe(() => {
  clearTimeout(saving);
  saving = setTimeout(save, saveMilliseconds);
});
addEventListener('pagehide', save);
