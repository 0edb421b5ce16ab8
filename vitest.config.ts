import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 60_000,
    // Servers and databases are opened there, on whatever machine this is.
    hookTimeout: 60_000,
    // Media tests decode and encode in child processes: more files at once than cores only makes each slower.
    maxWorkers: 2,
  },
});
