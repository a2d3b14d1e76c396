import { configDefaults, defineConfig } from 'vitest/config'

const browser = 'test/browser/**/*.test.{ts,tsx}'

export default defineConfig({
  test: {
    // Processes rather than threads: a test may load the native SQLite add-on, send signals and change its environment.
    pool: 'forks',
    retry: 0,
    // Much of a test's time is spent waiting for processes: two keep even a small machine busy.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          globalSetup: ['test/support/everyRun.ts'],
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'],
          exclude: [...configDefaults.exclude, browser],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          globalSetup: ['test/support/everyBrowserRun.ts'],
          include: [browser],
          // On a busy machine a hand comes a frame too early now and then: tried again, twice at most, and named at the end of the run.
          retry: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // As patient as the browser's own waiting, for what is asked again and again.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
})
