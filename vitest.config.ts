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

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'tests/**/*.test.ts'],
    sequence: { sequencer: SlowFirst },
    testTimeout: 60_000,
    // Servers and databases are opened there, on whatever machine this is.
    hookTimeout: 60_000,
    // Of two cores a third file takes what the others leave while they wait for films and browsers; more only make each other slower.
    maxWorkers: 3,
  },
});
