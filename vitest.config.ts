import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,electron,renderer,scripts,bench}/**/*.test.{ts,tsx,mjs}'],
    pool: 'forks',
    maxWorkers: 2,
    // Expected failures are asserted on; their log lines would bury the report.
    env: { MASKDESK_LOG: 'silent' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
