import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sourceStamp } from './source-stamp.ts';

/** Where the build is, and what of it is served: `index.html` and the folder `studio`. */
export const builtFolder = join(import.meta.dirname, 'dist');

/** What a build came to. */
export interface Built {
  /** False where the sources are those of the build that is there. */
  readonly changed: boolean;
  readonly folder: string;
}

/** Builds the Studio where its sources changed since the last time: in a folder beside, renamed when it is whole. */
export async function buildStudio(): Promise<Built> {
  const stamp = sourceStamp(resolve(import.meta.dirname, '../..'));
  if (stampOf(builtFolder) === stamp) return { changed: false, folder: builtFolder };
  const workshop = `${builtFolder}-${process.pid}`;
  try {
    const [{ build }, { buildSettings }] = await Promise.all([import('vite'), import('./build-settings.ts')]);
    await inProduction(() => build({ ...buildSettings(import.meta.dirname, workshop), mode: 'production' }));
    compress(join(workshop, 'studio'));
    writeFileSync(join(workshop, 'stamp'), stamp);
    replace(workshop, stamp);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
  return { changed: true, folder: builtFolder };
}

/** Vite goes by this variable before its own mode; tests set it to something else. */
async function inProduction(work: () => Promise<unknown>): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

function stampOf(folder: string): string | undefined {
  const file = join(folder, 'stamp');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function compress(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => /\.(?:js|css|svg)$/.test(file)))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
}

function replace(workshop: string, stamp: string): void {
  rmSync(builtFolder, { recursive: true, force: true });
  try {
    renameSync(workshop, builtFolder);
  } catch (error) {
    // Another process was quicker, with the same sources.
    if (stampOf(builtFolder) !== stamp) throw error;
  }
}

if (import.meta.main) {
  const begun = performance.now();
  try {
    const { changed } = await buildStudio();
    if (changed) process.stderr.write(`The Studio is built (${((performance.now() - begun) / 1000).toFixed(1)} s).\n`);
  } catch (error) {
    // The API serves all the same; the page at "/" says what to run.
    process.stderr.write(`The Studio could not be built: ${error instanceof Error ? error.message : error}\n`);
  }
}
