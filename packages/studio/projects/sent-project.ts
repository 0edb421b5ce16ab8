import { type KeptProject, readProject, withoutPending } from '../document/kept-projects.ts';
import type { Project } from '../document/project.ts';
import { mediaIn } from '../document/project-media.ts';

/** What of a project is worth keeping elsewhere: media that have arrived, and what is known of those that are still in it. */
export function sentProject(project: Project): Project {
  const whole = withoutPending(project);
  const used = new Set(mediaIn(whole.request));
  return { ...whole, facts: Object.fromEntries(Object.entries(whole.facts).filter(([media]) => used.has(media))) };
}

/** What a server holds, as it is kept here; undefined where a newer Studio wrote it. */
export function keptFrom(
  sent: { readonly id: string; readonly name: string; readonly version: number; readonly document: object },
  here: Pick<KeptProject, 'stamp' | 'edition'>,
  owner: string | undefined,
): KeptProject | undefined {
  const project = readProject(sent.document);
  if (project === undefined) return undefined;
  const { id, name, version: base } = sent;
  return { ...here, id, name, project, base, unsent: false, changedAt: Date.now(), owner };
}
