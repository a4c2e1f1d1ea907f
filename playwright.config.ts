import { defineConfig } from '@playwright/test';

/** e2e in a real Electron; started by `npm test`, which gives the display, the Electron and the build. One at a time: they share a machine's cores. */
export default defineConfig({
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] === 'true',
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'app', testDir: 'e2e/specs', testIgnore: '**/package/**' },
    { name: 'package', testDir: 'e2e/specs/package' },
  ],
});
