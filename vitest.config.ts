import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/support/everyRun.ts'],
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Processes rather than threads: a test may load the native SQLite add-on, send signals and change its environment.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    retry: 0,
  },
})
