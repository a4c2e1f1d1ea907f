/**
 * `npm test`: its own set-up, then lint, types, unit tests, contract tests against real servers, three minutes of chaos, build, e2e in real Electron and a smoke test of the packaged
 * app; fast stages first. `npm test -- unit` runs the named stages alone. Its last line is `N passed, N failed, N skipped`.
 */
import { packages } from './bootstrap/steps.mjs';
import { inRoot } from './bootstrap/folders.mjs';
import { handOver } from './bootstrap/handOver.mjs';
import { runCommand } from './bootstrap/progress.mjs';
import { appNode } from './bootstrap/versions.mjs';
import { bootstrap } from './bootstrap.mjs';

await runCommand(async () => {
  await bootstrap([packages]);
  process.exitCode = await handOver(appNode, [inRoot('scripts', 'test', 'main.mjs'), ...process.argv.slice(2)], { cwd: inRoot() });
});
