/**
 * Builds dist/: the window (dist/renderer), the Node side and the preload (dist/electron). Runs on npm's Node 24, started by the
 * bootstrap when a source changed. Built beside and then swapped in, so that a failed build leaves the last good one.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { build } from 'vite';
import { inRoot } from './bootstrap/folders.mjs';
import { say, runCommand } from './bootstrap/progress.mjs';
import { nodeEntries, preloadEntry } from '../vite.entries.ts';

const next = inRoot('dist.next');
const last = inRoot('dist.last');

const buildPart = (configFile, outDir) => build({ configFile: inRoot(configFile), logLevel: 'warn', build: { outDir } });

const swapIn = () => {
  rmSync(last, { recursive: true, force: true });
  if (existsSync(inRoot('dist'))) renameSync(inRoot('dist'), last);
  renameSync(next, inRoot('dist'));
  rmSync(last, { recursive: true, force: true });
};

const buildAll = async () => {
  rmSync(next, { recursive: true, force: true });
  for (const [name, source] of Object.entries({ ...nodeEntries, preload: preloadEntry, renderer: 'renderer/index.html' }))
    if (!existsSync(inRoot(source))) say(`  not built: ${name} (${source} is not there)`);
  await buildPart('vite.node.config.ts', inRoot('dist.next', 'electron'));
  if (existsSync(inRoot(preloadEntry))) await buildPart('vite.preload.config.ts', inRoot('dist.next', 'electron'));
  if (existsSync(inRoot('renderer', 'index.html'))) await buildPart('vite.renderer.config.ts', inRoot('dist.next', 'renderer'));
  swapIn();
};

await runCommand(buildAll);
