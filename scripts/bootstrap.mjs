/**
 * Gets a clone ready, with nothing but Node and npm: ordered steps, each with its progress on stderr, each skipped when nothing
 * changed since it last went through. Every npm script begins here; `node scripts/bootstrap.mjs` does the set-up of `npm start` alone.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildStep, defaultModel, demoStore, electron, packages, sharpBesideElectron, systemPackages, weights } from './bootstrap/steps.mjs';
import { bootstrapFolder, demoStoreFolder } from './bootstrap/folders.mjs';
import { withLock } from './bootstrap/lock.mjs';
import { runCommand } from './bootstrap/progress.mjs';
import { checkNode } from './bootstrap/versions.mjs';


const pendingOf = async (wanted) => {
  for (const step of wanted) if (!(await step.isDone())) return true;
  return false;
};

/**
 * Runs what is still to be done of `wanted`, in order. Two at once wait for each other; when all is done there is nothing to wait for.
 * @param {readonly {name: string, isDone(): boolean | Promise<boolean>, run(): Promise<void>}[]} wanted
 * @throws BootstrapError with a sentence that says what to do
 */
export const bootstrap = async (wanted) => {
  checkNode();
  if (!(await pendingOf(wanted))) return;
  await withLock(join(bootstrapFolder, 'lock'), async () => {
    for (const step of wanted) if (!(await step.isDone())) await step.run();
  });
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runCommand(() => bootstrap([packages, sharpBesideElectron, electron, systemPackages({ needsDisplayServer: false }), buildStep, weights([defaultModel]), demoStore(demoStoreFolder())]));
