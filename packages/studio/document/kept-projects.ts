import type { Media, MediaFacts } from '@refreel/core/model';
import { makeId } from '@refreel/sdk';
import { readStored, writeStored } from '../shared/stored.ts';
import { emptyProject, isPending, type Project } from './project.ts';
import { mediaIn, renameMedia } from './project-media.ts';

/** A project as this browser keeps it, whether a server answers or not. */
export interface KeptProject {
  /** As servers know it: "prj_" and 26 small letters and digits. */
  readonly id: string;
  /** Empty until somebody gives it one. */
  readonly name: string;
  readonly project: Project;
  /** The server's version that it comes from; 0 where the server has none. */
  readonly base: number;
  /** Says something that the server has not. */
  readonly unsent: boolean;
  /** Grows by one with every change. */
  readonly edition: number;
  /** Of whoever wrote it last: another tab of this browser has another one. */
  readonly stamp: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  /** The workspace whose it is, once a server said so. */
  readonly owner: string | undefined;
}

const prefix = 'refreel.project.';
/** Those that the server has as well are here only to be opened without it. */
const mostSpare = 12;
/** What could not be stored is kept while the page is there. */
const unstored = new Map<string, KeptProject>();

let owner: string | undefined;

/** Says whose browser this is from now on: of which workspace. */
export function setOwner(workspace: string): void {
  owner = workspace;
}

/** Whether a project is of whoever sits here; what was written before anybody was known is. */
export function isOwn(kept: Pick<KeptProject, 'owner'>): boolean {
  return kept.owner === undefined || kept.owner === owner;
}

/** A project that nobody has yet. */
export function newKept(project: Project, name: string): KeptProject {
  const id = `prj_${makeId().slice(0, 26)}`;
  const now = Date.now();
  return { id, name, project, base: 0, unsent: false, edition: 0, stamp: makeId(), changedAt: now, owner };
}

/** Where a browser stores it. */
export function placeOf(id: string): string {
  return prefix + id;
}

export function readKept(id: string): KeptProject | undefined {
  const kept = unstored.get(id) ?? (readStored(placeOf(id)) as KeptProject | undefined);
  const project = readProject(kept?.project);
  return kept === undefined || project === undefined ? undefined : { ...kept, project };
}

/** Every one, last changed first. */
export function allKept(): KeptProject[] {
  const ids = new Set(unstored.keys());
  try {
    for (let at = 0; at < localStorage.length; at++) {
      const key = localStorage.key(at) ?? '';
      if (key.startsWith(prefix)) ids.add(key.slice(prefix.length));
    }
  } catch {
    // A browser that keeps nothing has none.
  }
  const found = [...ids].map(readKept).filter((one) => one !== undefined);
  return found.sort((one, other) => other.changedAt - one.changedAt);
}

/** Keeps a project. False where this browser keeps nothing, or has no room left: then it is there as long as the page. */
export function keep(kept: KeptProject): boolean {
  unstored.delete(kept.id);
  const write = () => writeStored(placeOf(kept.id), kept);
  if (write()) return true;
  dropSpare(kept.id, 0);
  if (write()) return true;
  unstored.set(kept.id, kept);
  return false;
}

export function forget(id: string): void {
  unstored.delete(id);
  try {
    localStorage.removeItem(placeOf(id));
  } catch {
    // What keeps nothing forgets nothing.
  }
}

/** Names a medium anew in every project but the open one: its upload ended after another project was opened. */
export function settleKept(open: string, from: Media, to: Media | undefined, facts: MediaFacts | undefined): void {
  for (const kept of allKept()) {
    if (kept.id === open || !mediaIn(kept.project.request).includes(from)) continue;
    const project = settleIn(kept.project, from, to, facts);
    const { base, edition, unsent } = kept;
    keep({ ...kept, project, stamp: makeId(), edition: edition + 1, unsent: unsent || base > 0 });
  }
}

/** A project in which a medium is named anew, or (without a new name) taken out. */
export function settleIn(project: Project, from: Media, to: Media | undefined, facts: MediaFacts | undefined): Project {
  const renamed = renameMedia(project, (media) => (media === from ? to : media));
  return to === undefined || facts === undefined ? renamed : { ...renamed, facts: { ...renamed.facts, [to]: facts } };
}

/** Forgets those that the server has, beyond the last few; never what it has not. */
export function dropSpare(open: string, most: number = mostSpare): void {
  const spare = allKept().filter(({ id, unsent, base }) => id !== open && !unsent && base > 0);
  for (const { id } of spare.slice(most)) forget(id);
}

/** What was kept, or sent by a server, as a project; undefined where it is none of this version. */
export function readProject(value: unknown): Project | undefined {
  const project = value as Partial<Project> | undefined;
  if (project?.version !== 1 || !Array.isArray(project.request?.shots) || !Array.isArray(project.request.references))
    return undefined;
  return { ...emptyProject, ...project } as Project;
}

/** Without uploads that have not ended, but for those that are still under way: they do not survive their page. */
export function withoutPending(project: Project, isUnderWay: (media: Media) => boolean = () => false): Project {
  return renameMedia(project, (media) => (isPending(media) && !isUnderWay(media) ? undefined : media));
}
