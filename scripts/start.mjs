/**
 * `npm start`: sets up what is missing, then opens the window on the demo store (or `--store DIR`). Where nothing can show a window,
 * or with `--headless`, the main job is done through the command line's path instead.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildStep, defaultModel, demoStore, electron, packages, sharpBesideElectron, systemPackages, weights } from './bootstrap/steps.mjs';
import { BootstrapError } from './bootstrap/bootstrapError.mjs';
import { callerFolder } from './bootstrap/callerFolder.mjs';
import { noticeOf, resolveElectron } from './bootstrap/electron.mjs';
import { demoStoreFolder, inRoot } from './bootstrap/folders.mjs';
import { handOver } from './bootstrap/handOver.mjs';
import { runCommand, say } from './bootstrap/progress.mjs';
import { sandboxArguments } from './bootstrap/sandbox.mjs';
import { appNode } from './bootstrap/versions.mjs';
import { hasDisplay } from './test/xvfb.mjs';
import { bootstrap } from './bootstrap.mjs';

const readArguments = () => {
  try {
    return parseArgs({ options: { store: { type: 'string' }, headless: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw new BootstrapError(`${error.message}\nnpm start -- [--store DIR] [--headless]`);
  }
};

/** A store that somebody named is opened as it is; only our own folder is filled with the demo. */
const contents = (storeFolder, isDemo) => [buildStep, weights([defaultModel]), ...(isDemo ? [demoStore(storeFolder)] : [])];

const openWindow = async (storeFolder, isDemo) => {
  await bootstrap([packages, sharpBesideElectron, electron, systemPackages({ needsDisplayServer: false }), ...contents(storeFolder, isDemo)]);
  const runtime = resolveElectron();
  const notice = noticeOf(runtime);
  if (notice !== null) say(notice);
  return handOver(runtime.executable, [...sandboxArguments(runtime), inRoot('dist', 'electron', 'main.js'), '--store', storeFolder], { cwd: callerFolder() });
};

const howToGetTheWindow = () =>
  process.platform === 'linux' && !hasDisplay()
    ? 'For the window: run npm start where a display is (DISPLAY or WAYLAND_DISPLAY set), or on a virtual one:\n  apt-get install -y --no-install-recommends xvfb xauth && xvfb-run -a npm start'
    : 'For the window: npm start';

const runHeadless = async (storeFolder, isDemo) => {
  await bootstrap([packages, ...contents(storeFolder, isDemo)]);
  const code = await handOver(appNode, ['--enable-source-maps', inRoot('dist', 'electron', 'cli.js'), 'demo-run', '--store', storeFolder], { cwd: callerFolder() });
  if (code === 0) process.stdout.write(`${howToGetTheWindow()}\n`);
  return code;
};

await runCommand(async () => {
  const { store, headless } = readArguments();
  const named = store ?? (process.env.MASKDESK_STORE || undefined);
  const storeFolder = resolve(callerFolder(), named ?? demoStoreFolder());
  if (!headless && !hasDisplay()) say('no display here: doing the main job without a window');
  const run = headless || !hasDisplay() ? runHeadless : openWindow;
  process.exitCode = await run(storeFolder, named === undefined);
});
