/** `npm run bench [-- NAME ...] [--OPTION ...]`: runs bench/<name>.bench.ts one after another; options are passed on to each. */
import { existsSync, readdirSync } from 'node:fs';
import { buildStep, defaultModel, packages, weights } from './bootstrap/steps.mjs';
import { BootstrapError } from './bootstrap/bootstrapError.mjs';
import { inRoot } from './bootstrap/folders.mjs';
import { handOver } from './bootstrap/handOver.mjs';
import { runCommand, say } from './bootstrap/progress.mjs';
import { appNode } from './bootstrap/versions.mjs';
import { bootstrap } from './bootstrap.mjs';

const ending = '.bench.ts';
const known = () =>
  (existsSync(inRoot('bench')) ? readdirSync(inRoot('bench')) : [])
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();

await runCommand(async () => {
  const args = process.argv.slice(2);
  // Names first, then options with their values.
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  const names = firstOption === -1 ? args : args.slice(0, firstOption);
  const options = firstOption === -1 ? [] : args.slice(firstOption);
  const unknown = names.filter((name) => !known().includes(name));
  if (unknown.length > 0) throw new BootstrapError(`There is no benchmark ${unknown.join(', ')}; there are: ${known().join(', ')}.`);
  await bootstrap([packages, buildStep, weights([defaultModel])]);
  for (const name of names.length > 0 ? names : known()) {
    say(`bench ${name}`);
    const code = await handOver(appNode, [inRoot('bench', `${name}${ending}`), ...options], { cwd: inRoot() });
    if (code !== 0) process.exitCode = code;
  }
});
