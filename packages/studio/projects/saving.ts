import { makeId, openRefreel, type Refreel, RefreelError } from '@refreel/sdk';
import { create } from 'zustand';
import {
  allKept,
  dropSpare,
  forget,
  isOwn,
  type KeptProject,
  keep,
  newKept,
  readKept,
  setOwner,
  withoutPending,
} from '../document/kept-projects.ts';
import { useOpenProject } from '../document/open-project.ts';
import { emptyProject } from '../document/project.ts';
import { adopt, keepOpen, openKept, switchTo } from '../document/project-store.ts';
import { useUploads } from '../document/uploads.ts';
import { usePreferences } from '../shared/preferences.ts';
import { translator } from '../words/words.ts';
import { deviceName } from './device-name.ts';
import { keptFrom, sentProject } from './sent-project.ts';

/** How the open project stands to the server. */
export interface Saving {
  /** `away`: no server answers. `stranger`: it wants a key. `refused`: see `message`. */
  readonly trouble: 'away' | 'stranger' | 'refused' | undefined;
  /** Why the server refused, in the person's language. */
  readonly message: string | undefined;
  /** What somebody else saved meanwhile; `gone`: the server's was deleted. */
  readonly conflict: { readonly message: string } | 'gone' | undefined;
}

const calm: Saving = { trouble: undefined, message: undefined, conflict: undefined };

/** How saving goes. */
export const useSavingStore = create<Saving>(() => calm);

const sendMilliseconds = 1_200;
const againMilliseconds = [3_000, 6_000, 12_000, 30_000] as const;
/** One opening of this page. */
const sitting = makeId();

let started = false;
let owner: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let failures = 0;

/** A server that is away is known at once: what is kept here waits. */
function server(): Refreel {
  return openRefreel({ baseUrl: location.origin, language: usePreferences.getState().language, retries: 0 });
}

/** Keeps the server up to date from now on. `workspace` is whose projects it keeps. */
export function startSaving(workspace: string): void {
  if (owner !== undefined && owner !== workspace) leaveOwner();
  owner = workspace;
  setOwner(workspace);
  if (!isOwn(useOpenProject.getState())) switchTo(newKept(emptyProject, ''));
  else useOpenProject.setState({ owner });
  useSavingStore.setState({ trouble: undefined });
  void sendAll().then(freshen);
  if (started) return;
  started = true;
  useOpenProject.subscribe((now, before) => {
    if (now.id !== before.id) {
      useSavingStore.setState(calm);
      void freshen();
    }
    if (now.unsent && now.stamp !== before.stamp) sendIn(sendMilliseconds);
  });
  // One that ended belongs to a project that may not be open any more.
  useUploads.subscribe(() => sendIn(sendMilliseconds));
  addEventListener('online', () => sendIn(0));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') return keepOpen();
    sendIn(0);
    void freshen();
  });
}

/** Somebody else sits here now. */
function leaveOwner(): void {
  keepOpen();
  clearTimeout(timer);
}

function sendIn(milliseconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void sendAll(), milliseconds);
}

/** Sends what the server has not, of every project that is its to have. */
async function sendAll(): Promise<void> {
  clearTimeout(timer);
  const { id, rival } = useOpenProject.getState();
  if (rival === undefined) keepOpen();
  for (const kept of allKept().filter((one) => one.unsent && isOwn(one))) {
    if (kept.id === id && (useSavingStore.getState().conflict !== undefined || rival !== undefined)) continue;
    const failed = await inTurn(kept.id, () => send(kept.id));
    if (failed !== undefined && !heed(failed, kept.id)) break;
  }
  dropSpare(id);
}

/** Of all tabs one sends at a time, where the browser lets them know of each other. */
async function inTurn(id: string, work: () => Promise<unknown>): Promise<unknown> {
  const locks = (navigator as { locks?: LockManager }).locks;
  try {
    await (locks === undefined ? work() : locks.request(`refreel-save-${id}`, work));
    return undefined;
  } catch (error) {
    return error;
  }
}

async function send(id: string): Promise<void> {
  // Another tab may have sent it while this one waited.
  const kept = readKept(id);
  if (kept === undefined || !kept.unsent || owner === undefined) return;
  const save = {
    name: kept.name || translator()('projects.untitled'),
    document: sentProject(kept.project),
    device: deviceName(navigator.userAgent),
    sitting,
  };
  const { projects } = server();
  const saved =
    kept.base === 0 ? await projects.create({ id, ...save }) : await projects.save(id, { base: kept.base, ...save });
  settle(id, kept.edition, saved.version);
  failures = 0;
  if (id === useOpenProject.getState().id) useSavingStore.setState(calm);
}

/** Writes down that the server has an edition. */
function settle(id: string, edition: number, base: number): void {
  const there = readKept(id);
  if (there === undefined) return;
  const now = { ...there, base, owner, unsent: there.edition !== edition, stamp: makeId() };
  keep(now);
  const open = useOpenProject.getState();
  if (open.id !== id || open.stamp !== there.stamp) return;
  // What was typed since stands in this tab alone.
  useOpenProject.setState({ base, owner, unsent: open.edition !== edition, stamp: now.stamp });
}

/** Says what went wrong, where it concerns the open project. False where nothing else can be sent either. */
function heed(error: unknown, id: string): boolean {
  if (!(error instanceof RefreelError)) throw error;
  const { status, problems, kind, retryable } = error;
  const say = (change: Partial<Saving>) => {
    if (id === useOpenProject.getState().id) useSavingStore.setState(change);
  };
  if (kind !== 'refused' || retryable) {
    useSavingStore.setState({ trouble: 'away', message: undefined });
    sendIn(againMilliseconds[Math.min(failures, againMilliseconds.length - 1)]!);
    failures += 1;
    return false;
  }
  if (status === 401) {
    useSavingStore.setState({ trouble: 'stranger' });
    return false;
  }
  const code = problems[0]?.code;
  if (code === 'project_changed') say({ trouble: undefined, conflict: { message: problems[0]!.message } });
  else if (code === 'project_unknown') say({ trouble: undefined, conflict: 'gone' });
  else say({ trouble: 'refused', message: error.message });
  return true;
}

/** Shows what the server has of the open project, where that is newer and nothing was written here. */
export async function freshen(): Promise<void> {
  const before = openKept();
  if (before.base === 0 || before.unsent || owner === undefined) return;
  try {
    const found = await server().projects.get(before.id);
    const now = openKept();
    const untouched = now.id === before.id && now.edition === before.edition && now.base === before.base;
    if (found.version <= now.base || !untouched) return;
    take(found, now);
  } catch (error) {
    heed(error, before.id);
  }
}

function take(found: Parameters<typeof keptFrom>[0], now: KeptProject): void {
  const theirs = keptFrom(found, { stamp: makeId(), edition: now.edition + 1 }, owner);
  if (theirs === undefined) {
    useSavingStore.setState({ trouble: 'refused', message: translator()('projects.newer') });
    return;
  }
  keep(theirs);
  adopt(theirs);
  useSavingStore.setState(calm);
}

/** Ends a conflict. Nothing is lost: what is not shown is a version, or a project of its own. */
export async function settleConflict(by: 'mine' | 'theirs'): Promise<void> {
  const open = useOpenProject.getState();
  const { rival } = open;
  const mine = openKept();
  if (rival !== undefined) {
    // It may have been sent since.
    const theirs = readKept(mine.id) ?? rival;
    if (by === 'mine') {
      copy(theirs);
      keepMine({ ...mine, base: theirs.base, edition: theirs.edition + 1 });
    } else {
      copy(mine);
      adopt(theirs);
    }
    sendIn(0);
    return;
  }
  try {
    const found = await server().projects.get(mine.id);
    if (by === 'theirs') {
      copy(mine);
      take(found, mine);
    } else {
      useSavingStore.setState(calm);
      keepMine({ ...mine, base: found.version });
    }
    sendIn(0);
  } catch (error) {
    heed(error, mine.id);
  }
}

/** Has what is open stand on top of what others saved. */
function keepMine(mine: KeptProject): void {
  const now = { ...mine, unsent: true, stamp: makeId() };
  keep(now);
  adopt(now);
}

/** Makes a version of the open project the newest one. @throws RefreelError */
export async function restoreVersion(version: number): Promise<void> {
  await sendAll();
  const { id, base } = useOpenProject.getState();
  await server().projects.restore(id, version, { base, device: deviceName(navigator.userAgent) });
  await freshen();
}

/** What becomes of a project whose server's was deleted: it is there again, or here too it is gone. */
export async function settleGone(stays: boolean): Promise<void> {
  const mine = openKept();
  useSavingStore.setState(calm);
  if (!stays) {
    switchTo(newKept(emptyProject, ''));
    forget(mine.id);
    return;
  }
  // Under a new id: the old one may be deleted for good.
  const again = { ...newKept(mine.project, mine.name), unsent: true, edition: 1 };
  keep(again);
  switchTo(again);
  forget(mine.id);
  sendIn(0);
}

function copy({ project, name }: KeptProject): void {
  const t = translator();
  const called = t('projects.copyOf', { name: name || t('projects.untitled') });
  keep({ ...newKept(sentProject(project), called), unsent: true, edition: 1 });
}

/** Keeps a project that was just made, opens it, and has it sent. */
export function openNew(project: KeptProject['project'], name: string): void {
  const made = { ...newKept(project, name), unsent: true, edition: 1 };
  keep(made);
  switchTo(made);
  sendIn(0);
}

/** Opens a project, as the server has it unless something here was not sent. @throws RefreelError */
export async function openById(id: string): Promise<void> {
  const here = readKept(id);
  if (id === useOpenProject.getState().id) return;
  const isUnderWay = (media: string) => media in useUploads.getState();
  if (here?.unsent === true) return switchTo({ ...here, project: withoutPending(here.project, isUnderWay) });
  try {
    const found = await server().projects.get(id);
    const theirs = keptFrom(found, { stamp: makeId(), edition: (here?.edition ?? 0) + 1 }, owner);
    if (theirs === undefined) throw new RefreelError({ kind: 'refused', message: translator()('projects.newer') });
    keep(theirs);
    switchTo(theirs);
  } catch (error) {
    if (here === undefined || !(error instanceof RefreelError) || error.kind === 'refused') throw error;
    switchTo(here);
  }
}
