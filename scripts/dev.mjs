/** `npm run dev [-- --store DIR]`: the window with hot reload; the Node side is rebuilt and restarted when it changes. */
import { buildStep, defaultModel, demoStore, electron, packages, sharpBesideElectron, systemPackages, weights } from './bootstrap/steps.mjs';
import { callerFolder } from './bootstrap/callerFolder.mjs';
import { demoStoreFolder, inRoot } from './bootstrap/folders.mjs';
import { handOver } from './bootstrap/handOver.mjs';
import { runCommand } from './bootstrap/progress.mjs';
import { appNode } from './bootstrap/versions.mjs';
import { bootstrap } from './bootstrap.mjs';

await runCommand(async () => {
  const args = process.argv.slice(2);
  const demo = args.length === 0 && !process.env.MASKDESK_STORE ? [demoStore(demoStoreFolder())] : [];
  await bootstrap([packages, sharpBesideElectron, electron, systemPackages({ needsDisplayServer: false }), buildStep, weights([defaultModel]), ...demo]);
  process.exitCode = await handOver(appNode, [inRoot('scripts', 'dev', 'main.mjs'), ...args], { cwd: callerFolder() });
});
