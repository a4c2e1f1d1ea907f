import { defineConfig } from 'vitest/config';

const serverTests = '{shared,electron,scripts,bench,e2e/services}/**/*.server.test.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    globalSetup: ['scripts/test/ownDataFolder.mjs'],
    maxWorkers: 2,
    // Expected failures are asserted on; their log lines would bury the report.
    env: { MASKDESK_LOG: 'silent' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{shared,electron,renderer,scripts,bench}/**/*.test.{ts,tsx,mjs}', 'e2e/{services,chaos}/**/*.test.ts'], exclude: [serverTests] },
      },
      // Against a real PostgreSQL, RabbitMQ and S3 server, started once for all of them; tests that stop one start their own.
      { extends: true, test: { name: 'servers', include: [serverTests], globalSetup: ['scripts/test/ownDataFolder.mjs', 'e2e/services/servers/vitestSetup.ts'], hookTimeout: 120_000 } },
    ],
  },
});
