import { closeSync, fdatasyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { syncDirectory } from '../sync-directory.ts';

/**
 * An empty database as PGlite makes it, packed: making one anew keeps a processor busy for two seconds, unpacking for a tenth. Made by
 * `build-template.ts`, for one version of PGlite.
 */
export const templateFile: string = join(import.meta.dirname, 'template.br');

/** What stands before the bytes of the files, which follow in the same order without gaps. */
export interface TemplateHeader {
  /** Of the package @electric-sql/pglite that made it. */
  readonly pglite: string;
  readonly folders: readonly string[];
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** Packs a database that was closed cleanly. */
export function packTemplate(folder: string, pglite: string): Buffer {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => ({
    directory: entry.isDirectory(),
    name: entry.name,
    path: join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/'),
  }));
  const files = entries
    .filter(({ directory, name }) => !directory && name !== 'postmaster.pid')
    // The three databases of a cluster hold the same files: side by side they compress to one.
    .sort((one, other) => one.name.localeCompare(other.name) || one.path.localeCompare(other.path))
    .map(({ path }) => ({ path, content: readFileSync(join(folder, path)) }));
  const header: TemplateHeader = {
    pglite,
    folders: entries
      .filter(({ directory }) => directory)
      .map(({ path }) => path)
      .sort(),
    files: files.map(({ path, content }) => ({ path, bytes: content.length })),
  };
  const head = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const all = Buffer.concat([length, head, ...files.map(({ content }) => content)]);
  return brotliCompressSync(all, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: all.length,
    },
  });
}

/** The header of the template that is shipped, and the bytes of its files. */
export function readTemplate(): { header: TemplateHeader; content: Buffer } {
  const all = brotliDecompressSync(readFileSync(templateFile));
  const length = all.readUInt32LE(0);
  return { header: JSON.parse(all.toString('utf8', 4, 4 + length)), content: all.subarray(4 + length) };
}

/** Unpacks the template into an empty folder, and syncs it. */
export function unpackTemplate(folder: string): void {
  const { header, content } = readTemplate();
  for (const path of header.folders) mkdirSync(join(folder, path), { recursive: true, mode: 0o700 });
  let place = 0;
  for (const { path, bytes } of header.files) {
    writeFileSync(join(folder, path), content.subarray(place, place + bytes), { flag: 'wx', mode: 0o600 });
    place += bytes;
  }
  // All are written before the first is synced: the disk then takes them together.
  for (const { path } of header.files) {
    const descriptor = openSync(join(folder, path), 'r+');
    fdatasyncSync(descriptor);
    closeSync(descriptor);
  }
  for (const path of header.folders) syncDirectory(join(folder, path));
  syncDirectory(folder);
}
