import { defineConfig } from 'vitest/config';

/** Files one after another: they start a whole stack, and their days are real seconds. */
const serial = { fileParallelism: false, maxWorkers: 1, pool: 'forks' } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Nothing here leaves anything behind: the packs and the libraries are loaded once, not for each file.
          isolate: false,
          include: ['tests/unit/**/*.test.ts', 'tests/rules/**/*.test.ts'],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'workflows',
          pool: 'forks',
          maxWorkers: 2,
          // Two processes that load the engine once each; a story has a server, whose time nobody else moves, and a worker of its own.
          isolate: false,
          include: ['tests/workflows/**/*.test.ts', 'tests/replay/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...serial,
          name: 'model',
          include: ['tests/model/**/*.test.ts'],
          testTimeout: 60_000,
          sequence: { groupOrder: 6 },
        },
      },
      {
        test: {
          ...serial,
          name: 'servers',
          include: ['tests/servers/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...serial,
          name: 'api',
          include: ['tests/api/api.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          ...serial,
          name: 'administration',
          include: ['tests/api/administration.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 5 },
        },
      },
      {
        test: {
          ...serial,
          name: 'integration',
          // Stories whose days are seconds: more of them at once, and acts come too late on a busy machine.
          maxConcurrency: 3,
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
