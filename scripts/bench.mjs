/** `npm run bench [-- NAME ...] [--OPTION ...]`: runs bench/<name>.bench.ts one after another; options are passed on to each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolveElectron } from './bootstrap/electron.mjs';
import { buildStep, defaultModel, electron, packages, sharpBesideElectron, systemPackages, weights } from './bootstrap/steps.mjs';
import { BootstrapError } from './bootstrap/bootstrapError.mjs';
import { inRoot } from './bootstrap/folders.mjs';
import { handOver } from './bootstrap/handOver.mjs';
import { runCommand, say } from './bootstrap/progress.mjs';
import { appNode } from './bootstrap/versions.mjs';
import { hasDisplay, startVirtualDisplay } from './test/xvfb.mjs';
import { bootstrap } from './bootstrap.mjs';

const ending = '.bench.ts';
const known = () =>
  (existsSync(inRoot('bench')) ? readdirSync(inRoot('bench')) : [])
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();

const fileOf = (name) => inRoot('bench', `${name}${ending}`);
/** Those that drive the real window need an Electron and a display. */
const needsWindow = (name) => readFileSync(fileOf(name), 'utf8').includes("from './window/openBenchWindow.ts'");

const prepareWindow = async () => {
  const hasOwn = hasDisplay();
  await bootstrap([sharpBesideElectron, electron, systemPackages({ needsDisplayServer: !hasOwn })]);
  const display = hasOwn ? null : await startVirtualDisplay();
  const env = { MASKDESK_ELECTRON: resolveElectron().executable, ...(display === null ? {} : { DISPLAY: display.display }) };
  return { env, stop: () => display?.stop() };
};

await runCommand(async () => {
  const args = process.argv.slice(2);
  // Names first, then options with their values.
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  const names = firstOption === -1 ? args : args.slice(0, firstOption);
  const options = firstOption === -1 ? [] : args.slice(firstOption);
  const unknown = names.filter((name) => !known().includes(name));
  if (unknown.length > 0) throw new BootstrapError(`There is no benchmark ${unknown.join(', ')}; there are: ${known().join(', ')}.`);
  await bootstrap([packages, buildStep, weights([defaultModel])]);
  const wanted = names.length > 0 ? names : known();
  const window = wanted.some(needsWindow) ? await prepareWindow() : null;
  try {
    for (const name of wanted) {
      say(`bench ${name}`);
      const code = await handOver(appNode, [fileOf(name), ...options], { cwd: inRoot(), env: { ...process.env, ...window?.env } });
      if (code !== 0) process.exitCode = code;
    }
  } finally {
    await window?.stop();
  }
});
