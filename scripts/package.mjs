/**
 * `npm run package`: packages for this system in release/ (electron-builder.yml). Where Electron's release host can't be reached, the
 * unpacked app alone, with the Electron at hand. `--dir` makes only the unpacked app.
 */
import { buildStep, electron, packages, sharpBesideElectron } from './bootstrap/steps.mjs';
import { handOver } from './bootstrap/handOver.mjs';
import { inRoot } from './bootstrap/folders.mjs';
import { runCommand } from './bootstrap/progress.mjs';
import { appNode } from './bootstrap/versions.mjs';
import { bootstrap } from './bootstrap.mjs';

await runCommand(async () => {
  await bootstrap([packages, sharpBesideElectron, electron, buildStep]);
  process.exitCode = await handOver(appNode, [inRoot('scripts', 'package', 'main.mjs'), ...process.argv.slice(2)], { cwd: inRoot() });
});
