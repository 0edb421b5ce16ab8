import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// Makes the tarballs that others install: Node.js runs no TypeScript inside of node_modules, so the sources are compiled, and the exports of the
// packed package.json lead to what came of them. The workspaces themselves stay as they are.
//
//   npm run pack -w @refreel/sdk -- <folder>

const root = resolve(import.meta.dirname, '../../..');

interface PackageJson {
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** Packs core and sdk into a folder; the answer names the tarballs, in that order. Throws where the compiler or npm does. */
export function packSdk(folder: string): string[] {
  const stage = mkdtempSync(join(tmpdir(), 'refreel-pack-'));
  mkdirSync(folder, { recursive: true });
  try {
    return ['core', 'sdk'].map((name) => {
      compile(name, stage);
      writePackage(name, join(stage, name));
      const packed = run(
        'npm',
        ['pack', '--json', '--silent', '--pack-destination', resolve(folder)],
        join(stage, name),
      );
      return join(folder, fileOf(packed));
    });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function compile(name: string, stage: string): void {
  const source = join(root, 'packages', name);
  const configuration = join(stage, `${name}.json`);
  const own = JSON.parse(readFileSync(join(source, 'tsconfig.json'), 'utf8')) as {
    include: string[];
    exclude: string[];
  };
  const inSource = (pattern: string) => join(source, pattern);
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: source,
    outDir: join(stage, name),
    // What was compiled before, not its sources.
    paths: { '@refreel/core/*': [join(stage, 'core', '*', 'index.d.ts')], zod: [join(root, 'node_modules', 'zod')] },
  };
  const include = own.include.map(inSource);
  const exclude = [...own.exclude, 'node_modules'].map(inSource);
  writeFileSync(
    configuration,
    JSON.stringify({ extends: join(source, 'tsconfig.json'), compilerOptions, include, exclude }),
  );
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  run(process.execPath, [compiler, '-p', configuration], root);
  // Declarations keep the names of the sources, which are not there any more.
  for (const file of globSync(join(stage, name, '**/*.d.ts'))) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/(\bfrom |\bimport\(|\bimport )(["'])(\.[^"']+)\.ts\2/g, '$1$2$3.js$2'));
  }
}

function writePackage(name: string, target: string): void {
  const source = join(root, 'packages', name);
  const {
    private: _,
    scripts: __,
    ...manifest
  } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as PackageJson;
  const compiled = Object.entries(manifest.exports as PackageJson['exports']).map(([path, file]) => {
    const stem = file.replace(/\.ts$/, '');
    return [path, { types: `${stem}.d.ts`, default: `${stem}.js` }] as const;
  });
  const packed = { ...manifest, exports: Object.fromEntries(compiled), sideEffects: false };
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`);
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
  for (const file of globSync(join(source, 'README.md'))) cpSync(file, join(target, 'README.md'));
}

function run(command: string, args: readonly string[], cwd: string): string {
  try {
    // npm is a script on Windows, which only a shell can start; nothing here needs quotes.
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      shell: process.platform === 'win32' && command === 'npm',
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** npm tells what it packed as a list, or by the package's name. */
function fileOf(told: string): string {
  const found = Object.values(JSON.parse(told) as Record<string, { filename: string }>)[0];
  if (found === undefined) throw new Error(`npm packed nothing: ${told}`);
  return found.filename;
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('name the folder that the tarballs go to');
  for (const file of packSdk(folder)) process.stdout.write(`${file}\n`);
}
