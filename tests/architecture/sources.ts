import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** One source file of ours: its path from the root, its text, and what it imports. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** As written. */
  readonly name: string;
  /** Path from the root of the file that is meant; undefined for a package or a part of Node.js. */
  readonly file: string | undefined;
  /** Only types: gone when the program runs. */
  readonly type: boolean;
  /** Loaded when it is come to, not before the file itself. */
  readonly later: boolean;
}

const statement =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** Every TypeScript file of the packages, tests and tools left out unless asked for. */
export function readSources({ tests = false } = {}): Source[] {
  const files = (readdirSync(join(root, 'packages'), { recursive: true, encoding: 'utf8' }) as string[])
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules') && !file.includes(`kernels${'/'}`))
    .filter((file) => tests || !isTest(file));
  return files.map((file) => readSource(join('packages', file)));
}

/** Test files, their suites and what only they use. */
export function isTest(file: string): boolean {
  return /\.(?:test|suite)\.ts$|\.d\.ts$/.test(file);
}

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
  const imports = [...code.matchAll(statement)].map((match): Import => {
    const name = match[2] ?? match[3] ?? '';
    return { name, file: resolveImport(path, name), type: match[1] !== undefined, later: match[3] !== undefined };
  });
  return { path, text, imports };
}

function resolveImport(from: string, name: string): string | undefined {
  if (name.startsWith('.')) return relative(root, resolve(root, dirname(from), name));
  const own = /^@refreel\/(\w+)(\/.*)?$/.exec(name);
  if (own === null) return undefined;
  const { exports } = JSON.parse(readFileSync(join(root, 'packages', own[1]!, 'package.json'), 'utf8')) as {
    exports: Record<string, string>;
  };
  const target = exports[`.${own[2] ?? ''}`];
  return target === undefined ? `${name} (not exported)` : join('packages', own[1]!, target);
}
