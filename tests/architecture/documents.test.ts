import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSources, root } from './sources.ts';

test('no source file is so long that it must hold more than one subject', () => {
  const long = readSources({ tests: true })
    .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
    .filter(({ lines }) => lines > 500);
  expect(long).toEqual([]);
});

test('what a package exports is documented', () => {
  const bare = readSources().flatMap(({ path, text }) =>
    [...text.matchAll(/^export (?:async )?(?:function|class|interface) (\w+)/gm)]
      .filter(({ index }) => !/\*\/\s*$/.test(text.slice(0, index)) && isShared(path))
      .map(([, name]) => `${path}: ${name}`),
  );
  expect(bare).toEqual([]);
});

/** What other packages see: core, the client, and the front of each producer. */
function isShared(path: string): boolean {
  return /^packages\/(?:core|sdk)\//.test(path) || path === 'packages/server/producers/animatic/animatic.ts';
}

test('the lock file names no registry', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  expect(lock.match(/"resolved": "https?:/g)).toBeNull();
});

test('every dependency is pinned to one version', () => {
  const manifests = [
    'package.json',
    ...readdirSync(join(root, 'packages'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join('packages', name, 'package.json')),
  ];
  const loose = manifests.flatMap((file) => {
    const manifest = JSON.parse(readFileSync(join(root, file), 'utf8'));
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    return Object.entries(all)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(String(version)))
      .map(([name]) => `${file}: ${name}`);
  });
  expect(manifests.length).toBeGreaterThan(3);
  expect(loose).toEqual([]);
});

test('every link between the documents leads somewhere', () => {
  const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter(Boolean);
  const files = new Set(
    execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n'),
  );
  const broken = tracked.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
      .map(([, link]) => join(file, '..', link!))
      .filter(
        (target) => !files.has(target) && ![...files].some((one) => one.startsWith(`${target.replace(/\/$/, '')}/`)),
      )
      .map((target) => `${file} -> ${target}`);
  });
  expect(broken).toEqual([]);
});
