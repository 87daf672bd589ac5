import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const never = ['**/node_modules/**', '.next/**', 'dist/**', 'data/**'];
const withDatabase = ['**/*.{db,socket,sync}.test.ts'];
const shared = { environment: 'node', globals: false, alias: { '@': root.replace(/\/$/, '') } } as const;
const database = { globalSetup: ['lib/setup/test-database.ts'] };

export default defineConfig({
  test: {
    // The product has no clock and no chance of its own in what is tested: a second try would hide a fault.
    retry: 0,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...never, ...withDatabase, 'e2e/**'],
        },
      },
      {
        test: {
          ...shared,
          ...database,
          name: 'db',
          include: withDatabase,
          exclude: [...never, 'e2e/**'],
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          ...shared,
          ...database,
          name: 'faults',
          include: ['e2e/faults/**/*.test.ts'],
          exclude: never,
          maxWorkers: 1,
          fileParallelism: false,
          // What hangs is ended; sixty kills and restarts alone take two to four minutes, as the machine is.
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
