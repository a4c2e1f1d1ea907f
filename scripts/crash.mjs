/** `npm run crash [-- --kills N]`: kills a loop of verdicts at random instants and checks what is left (electron/cli/crash). */
import { packages } from './bootstrap/steps.mjs';
import { callerFolder } from './bootstrap/callerFolder.mjs';
import { inRoot } from './bootstrap/folders.mjs';
import { handOver } from './bootstrap/handOver.mjs';
import { runCommand } from './bootstrap/progress.mjs';
import { appNode } from './bootstrap/versions.mjs';
import { bootstrap } from './bootstrap.mjs';

await runCommand(async () => {
  await bootstrap([packages]);
  process.exitCode = await handOver(appNode, [inRoot('electron', 'cli', 'crash', 'main.ts'), ...process.argv.slice(2)], { cwd: callerFolder() });
});
