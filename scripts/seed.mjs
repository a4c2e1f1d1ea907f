/** `npm run seed [-- --store DIR]`: makes the demo store, the same bytes each time; used for development, e2e and bench. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildStep, demoStore, packages } from './bootstrap/steps.mjs';
import { callerFolder } from './bootstrap/callerFolder.mjs';
import { demoStoreFolder } from './bootstrap/folders.mjs';
import { runCommand } from './bootstrap/progress.mjs';
import { bootstrap } from './bootstrap.mjs';

await runCommand(async () => {
  const { store } = parseArgs({ options: { store: { type: 'string' } } }).values;
  const storeFolder = resolve(callerFolder(), store ?? demoStoreFolder());
  await bootstrap([packages, buildStep, demoStore(storeFolder)]);
  process.stdout.write(`${storeFolder}\n`);
});
