import { makeId, RefreelError } from '@refreel/sdk';
import { forget, type KeptProject, keep, newKept, readKept, readProject } from '../document/kept-projects.ts';
import { useOpenProject } from '../document/open-project.ts';
import { emptyProject, type Project } from '../document/project.ts';
import { nameProject, openKept, switchTo } from '../document/project-store.ts';
import { client } from '../server/client.ts';
import { saveFile } from '../shared/save-file.ts';
import { archiveName, packProject, type Store, unpackProject } from './archive.ts';
import { openNew } from './saving.ts';
import { sentProject } from './sent-project.ts';

/** The server as a store of media. */
const media: Store = {
  async fetch(asset) {
    try {
      const { name, mediaType } = await client().assets.get(asset);
      const content = await (await client().assets.download(asset)).blob();
      return { content, name: name ?? 'medium', mediaType };
    } catch (error) {
      if (error instanceof RefreelError && error.status === 404) return undefined;
      throw error;
    }
  },
  put: async (content, name) => (await client().assets.upload(content, { name })).asset,
  async has(asset) {
    try {
      return (await client().assets.get(asset)) !== undefined;
    } catch (error) {
      if (error instanceof RefreelError && error.status === 404) return false;
      throw error;
    }
  },
};

/** What a project says: as it stands in this tab or this browser, else as the server has it. @throws RefreelError */
async function contentOf(id: string): Promise<Project> {
  if (id === useOpenProject.getState().id) return sentProject(openKept().project);
  const here = readKept(id);
  if (here?.unsent === true) return sentProject(here.project);
  try {
    return readProject((await client().projects.get(id)).document) ?? emptyProject;
  } catch (error) {
    if (here === undefined || (error instanceof RefreelError && error.kind === 'refused')) throw error;
    return sentProject(here.project);
  }
}

/** Has the browser save a project with its media. @throws RefreelError */
export async function exportProject(id: string, name: string): Promise<{ readonly missing: number }> {
  const { archive, missing } = await packProject(name, await contentOf(id), media);
  saveFile(archive, archiveName(name));
  return { missing: missing.length };
}

/** Takes in what was exported, and opens it. @throws ZipError, RefreelError */
export async function importProject(archive: Blob): Promise<{ readonly name: string; readonly missing: number }> {
  const { name, project, missing } = await unpackProject(archive, media);
  openNew(project, name);
  return { name, missing: missing.length };
}

/** Gives a project a name, wherever it is. @throws RefreelError, where somebody else changed it meanwhile too */
export async function renameProject(id: string, name: string): Promise<void> {
  const { id: open } = useOpenProject.getState();
  const here = readKept(id);
  if (name === '' || name === here?.name) return;
  if (id === open) return nameProject(name);
  if (here?.unsent === true) {
    keep({ ...here, name, edition: here.edition + 1, stamp: makeId() });
    return;
  }
  const { projects } = client();
  const { version } = await projects.get(id);
  await projects.save(id, { base: version, name });
  // What is kept here is of the version before.
  forget(id);
}

/** Opens a copy. @throws RefreelError */
export async function duplicateProject(id: string, name: string): Promise<void> {
  openNew(await contentOf(id), name.slice(0, 100));
}

/** Deletes a project here and on the server. Returns what this browser kept of it, for whoever takes that back. @throws RefreelError */
export async function deleteProject(id: string): Promise<KeptProject | undefined> {
  if (id === useOpenProject.getState().id) switchTo(newKept(emptyProject, ''));
  const here = readKept(id);
  if (here === undefined || here.base > 0) await client().projects.delete(id);
  forget(id);
  return here;
}

/** Takes a deletion back. @throws RefreelError */
export async function undeleteProject(id: string, here: KeptProject | undefined): Promise<void> {
  if (here === undefined || here.base > 0) await client().projects.undelete(id);
  if (here !== undefined) keep(here);
}
