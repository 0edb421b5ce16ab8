import { readProject } from '../document/kept-projects.ts';
import type { Project } from '../document/project.ts';
import { mediaIn } from '../document/project-media.ts';
import { readZip, ZipError, type ZippedFile } from './zip/read-zip.ts';
import { writeZip } from './zip/write-zip.ts';

/** Bytes of media, and where they are kept. */
export interface Store {
  /** The bytes of an asset ("asset:<sha256>") and their type; undefined where it is not there. */
  fetch(
    asset: string,
  ): Promise<{ readonly content: Blob; readonly name: string; readonly mediaType: string } | undefined>;
  /** Keeps bytes; says what they are called from now on. */
  put(content: Blob, name: string): Promise<string>;
  /** Whether it has an asset already. */
  has(asset: string): Promise<boolean>;
}

const format = 'refreel-project';
const entryName = 'project.json';
/** A document has less, see the server. */
const mostDocumentBytes = 4 * 1024 * 1024;

/** A project as a ZIP archive: `project.json`, and its media as files, named by their hash. `missing`: media that were nowhere to be had. */
export async function packProject(
  name: string,
  project: Project,
  store: Pick<Store, 'fetch'>,
): Promise<{ readonly archive: Blob; readonly missing: readonly string[] }> {
  const files: { name: string; content: Blob }[] = [];
  const missing: string[] = [];
  const listed: Record<string, { file: string; name: string; mediaType: string }> = {};
  for (const asset of mediaIn(project.request)) {
    const found = await store.fetch(asset);
    if (found === undefined) {
      missing.push(asset);
      continue;
    }
    const extension = /\/(?:x-)?([a-z0-9]+)$/.exec(found.mediaType)?.[1] ?? 'bin';
    const file = `media/${asset.replace(/^asset:/, '')}.${extension}`;
    files.push({ name: file, content: found.content });
    listed[asset] = { file, name: found.name, mediaType: found.mediaType };
  }
  const entry = { format, version: 1, name, document: project, media: listed };
  const content = new Blob([`${JSON.stringify(entry, null, 2)}\n`]);
  return { archive: await writeZip([{ name: entryName, content }, ...files]), missing };
}

/** A project from an archive, its media kept in the store. @throws ZipError where it holds none, or a file is not what it was */
export async function unpackProject(
  archive: Blob,
  store: Pick<Store, 'put' | 'has'>,
): Promise<{ readonly name: string; readonly project: Project; readonly missing: readonly string[] }> {
  const files = await readZip(archive);
  const { name, project, media } = await readEntry(files.get(entryName));
  const missing: string[] = [];
  for (const asset of mediaIn(project.request)) {
    const listed = media[asset];
    const file = listed === undefined ? undefined : files.get(listed.file);
    if (listed !== undefined && file !== undefined) {
      const content = new Blob([await file.read()], { type: listed.mediaType });
      if ((await store.put(content, listed.name)) !== asset) throw new ZipError('changed', file.name);
    } else if (!(await store.has(asset))) missing.push(asset);
  }
  return { name, project, missing };
}

type Media = Readonly<Record<string, { readonly file: string; readonly name: string; readonly mediaType: string }>>;

async function readEntry(file: ZippedFile | undefined) {
  if (file === undefined || file.bytes > mostDocumentBytes) throw new ZipError('foreign');
  let entry: unknown;
  try {
    entry = JSON.parse(new TextDecoder().decode(await (await file.read()).arrayBuffer()));
  } catch (error) {
    throw error instanceof ZipError ? error : new ZipError('foreign', entryName);
  }
  const { document, name, ...rest } = (entry ?? {}) as Record<string, unknown>;
  const project = readProject(document);
  if (rest.format !== format) throw new ZipError('foreign', entryName);
  if (project === undefined) throw new ZipError('newer', entryName);
  return { name: typeof name === 'string' ? name.slice(0, 100) : '', project, media: readMedia(rest.media) };
}

function readMedia(value: unknown): Media {
  const text = (one: unknown) => (typeof one === 'string' ? one : '');
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {}).map(([asset, one]) => {
    const { file, name, mediaType } = (one ?? {}) as Record<string, unknown>;
    return [asset, { file: text(file), name: text(name) || 'medium', mediaType: text(mediaType) }] as const;
  });
  return Object.fromEntries(entries);
}

/** What an archive is called: the project's name, without what file systems do not take. */
export function archiveName(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[\p{C}\s<>:"/\\|?*]+/gu, ' ')
    .trim()
    .replace(/^\.+|[. ]+$/g, '');
  return `${clean || 'project'}.zip`;
}
