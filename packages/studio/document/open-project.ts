import { create } from 'zustand';
import { readStored, writeStored } from '../shared/stored.ts';
import { allKept, type KeptProject, newKept, readKept, withoutPending } from './kept-projects.ts';
import { emptyProject } from './project.ts';

/** Which project is open, and how far it is kept; what it says is in the project store. */
export interface OpenProject extends Omit<KeptProject, 'project'> {
  /** False where this browser could not store it. */
  readonly stored: boolean;
  /** What another tab wrote while this one was writing too. */
  readonly rival: KeptProject | undefined;
}

const lastPlace = 'refreel.open';

/** What this tab had open, else what any tab had. */
function openedBefore(): KeptProject | undefined {
  const ids = [readTab(), readStored(lastPlace)].filter((id) => typeof id === 'string');
  const kept = ids.map(readKept).find((one) => one !== undefined) ?? allKept()[0];
  return kept === undefined ? undefined : { ...kept, project: withoutPending(kept.project) };
}

const before = openedBefore();

/** True where this browser has never held a project. */
export const isFirstStart = before === undefined;

/** What is open at the beginning. */
export const openedFirst: KeptProject = before ?? newKept(emptyProject, '');

if (before !== undefined) rememberOpen(before.id);

/** The identity of the open project. */
export const useOpenProject = create<OpenProject>(() => identityOf(openedFirst));

/** A project without what it says. */
export function identityOf({ project: _, ...identity }: KeptProject): OpenProject {
  return { ...identity, stored: true, rival: undefined };
}

/** Has this tab open it again after loading, and the next new tab too. */
export function rememberOpen(id: string): void {
  writeStored(lastPlace, id);
  try {
    sessionStorage.setItem(lastPlace, id);
  } catch {
    // Then the last one of all tabs is opened.
  }
}

function readTab(): string | null {
  try {
    return sessionStorage.getItem(lastPlace);
  } catch {
    return null;
  }
}
