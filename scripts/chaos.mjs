/** `npm run chaos [-- --minutes 15 --seed 1]`: workers and desks while their servers are killed, stopped and cut off (e2e/chaos). */
import { packages, quickModel, testServers, weights } from './bootstrap/steps.mjs';
import { callerFolder } from './bootstrap/callerFolder.mjs';
import { inRoot } from './bootstrap/folders.mjs';
import { handOver } from './bootstrap/handOver.mjs';
import { runCommand } from './bootstrap/progress.mjs';
import { appNode } from './bootstrap/versions.mjs';
import { bootstrap } from './bootstrap.mjs';

await runCommand(async () => {
  await bootstrap([packages, testServers, weights([quickModel])]);
  process.exitCode = await handOver(appNode, [inRoot('e2e', 'chaos', 'main.ts'), ...process.argv.slice(2)], { cwd: callerFolder() });
});
