import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'tests/**/*.test.ts'],
    testTimeout: 60_000,
    // Servers and databases are opened there, on whatever machine this is.
    hookTimeout: 60_000,
    // Of two cores a third file takes what the others leave while they wait for films and browsers; more only make each other slower.
    maxWorkers: 3,
  },
});
