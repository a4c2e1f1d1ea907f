/** ESLint with the import rules, then the types: `npm run lint`. */
import { packages } from './bootstrap/steps.mjs';
import { inRoot } from './bootstrap/folders.mjs';
import { handOver } from './bootstrap/handOver.mjs';
import { runCommand, say } from './bootstrap/progress.mjs';
import { appNode } from './bootstrap/versions.mjs';
import { eslintArguments, typesArguments } from './test/tools.mjs';
import { bootstrap } from './bootstrap.mjs';

await runCommand(async () => {
  await bootstrap([packages]);
  say('ESLint with the import rules ...');
  const lintCode = await handOver(appNode, [...eslintArguments, ...process.argv.slice(2)], { cwd: inRoot() });
  say('types ...');
  const typesCode = await handOver(appNode, typesArguments, { cwd: inRoot() });
  process.exitCode = Math.max(lintCode, typesCode);
  if (process.exitCode === 0) say('lint and types are clean');
});
