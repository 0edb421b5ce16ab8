import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// Everything that must hold before a change lands, in the order in which it fails soonest. The last line is the count.

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'refreel-all-'));
let passed = 0;
let failed = 0;

/** Runs a command and says whether it succeeded, and whether what it should have made is there. */
function run(name: string, command: string, args: readonly string[], made?: string): boolean {
  process.stdout.write(`\n— ${name}\n`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  const missing = made !== undefined && statSync(made, { throwIfNoEntry: false }) === undefined;
  if (status === 0 && !missing) return true;
  process.stdout.write(`✗ ${name}: ${status === 0 ? `no ${made}` : `exit code ${status}`}\n`);
  return false;
}

function count(succeeded: boolean): void {
  if (succeeded) passed += 1;
  else failed += 1;
}

const film = join(folder, 'demo.mp4');
count(run('types of core', 'tsc', ['-p', 'packages/core']));
count(run('types of the client, without node', 'tsc', ['-p', 'packages/sdk']));
count(run('types of the Studio', 'tsc', ['-p', 'packages/studio']));
count(run('types', 'tsc', ['-p', '.']));
count(run('lint and format', 'biome', ['check', '.']));
count(run('the demo', 'node', ['bin/refreel', 'render', 'samples/sunrise.yaml', '-o', film], film));
count(run('the doctor', 'node', ['bin/refreel', 'doctor']));

const report = join(folder, 'tests.json');
const tested = run(
  'tests',
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  report,
);
if (statSync(report, { throwIfNoEntry: false }) === undefined) {
  failed += 1;
} else {
  const { numPassedTests = 0, numFailedTests = 0 } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
  passed += numPassedTests;
  // A file that could not be loaded fails the run without failing a test.
  failed += numFailedTests === 0 && !tested ? 1 : numFailedTests;
}

rmSync(folder, { recursive: true, force: true });
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
