import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest first, whatever the size of their files: the last one would run alone. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification) => /\/tests\/(chaos|e2e|sending)\//.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

// Processes that tests start by themselves read what was compiled before, as those of `bin/refreel` do.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/refreel');

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'tests/**/*.test.ts'],
    globalSetup: ['packages/server/store/test-run-postgres.ts'],
    sequence: { sequencer: SlowFirst },
    // Of whatever machine this is, and however busy; what takes as long hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Of two cores a third file takes what the others leave while they wait for films and browsers; more only make each other slower.
    maxWorkers: 3,
  },
});
