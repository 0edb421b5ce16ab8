import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The scripts of a build that are there before the first picture, and those before somebody can write: paths in its folder. */
export interface FirstLoad {
  readonly page: readonly string[];
  readonly compose: readonly string[];
}

/** Reads it from the build itself. @throws Error where there is no Compose in it */
export function firstLoad(folder: string): FirstLoad {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const page = [...html.matchAll(/(?:src|href)="\/(studio\/[^"]+\.js)"/g)].map(([, name]) => name!);
  const compose = readdirSync(join(folder, 'studio')).find((name) => /^compose-[\w-]+\.js$/.test(name));
  if (compose === undefined) throw new Error(`${folder} has no Compose`);
  return { page, compose: withImports([...page, `studio/${compose}`], folder) };
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
