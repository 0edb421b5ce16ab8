import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The scripts of a build that are there before the first picture, and those before somebody can write: paths in its folder. */
export interface FirstLoad {
  readonly page: readonly string[];
  readonly compose: readonly string[];
}

/** Reads it from the build itself; of the languages it counts the longer. @throws Error where there is no Compose in it, or no words */
export function firstLoad(folder: string): FirstLoad {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const entry = [...html.matchAll(/(?:src|href)="\/(studio\/[^"]+\.js)"/g)].map(([, name]) => name!);
  const named = (pattern: RegExp) =>
    readdirSync(join(folder, 'studio'))
      .filter((name) => pattern.test(name))
      .map((name) => `studio/${name}`);
  const [compose] = named(/^compose-[\w-]+\.js$/);
  const bytes = (script: string) => gzipSync(readFileSync(join(folder, script))).length;
  const [words] = named(/^(?:en|zh)-[\w-]+\.js$/).toSorted((one, other) => bytes(other) - bytes(one));
  if (compose === undefined || words === undefined) throw new Error(`${folder} has no Compose, or no words`);
  const page = withImports([...entry, words], folder);
  return { page, compose: withImports([...page, compose], folder) };
}

/** Scripts with all that they import at once; what is imported when it is wanted is not among them. */
function withImports(scripts: readonly string[], folder: string): string[] {
  const all = new Set(scripts);
  for (const script of all) {
    const text = readFileSync(join(folder, script), 'utf8');
    for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g))
      all.add(`studio/${name}`);
  }
  return [...all];
}
