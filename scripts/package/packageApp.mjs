import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from '../bootstrap/bootstrapError.mjs';
import { runChild, runNpm } from '../bootstrap/child.mjs';
import { resolveElectron } from '../bootstrap/electron.mjs';
import { inRoot } from '../bootstrap/folders.mjs';
import { appNode } from '../bootstrap/versions.mjs';
import { builderArguments } from './builderArguments.mjs';

const releaseFolder = inRoot('release');

/** electron-builder names the unpacked folder by system and processor (linux-unpacked, linux-arm64-unpacked, mac-arm64, win-unpacked). */
export const unpackedApp = () => {
  const folder = readdirSync(releaseFolder)
    .filter((name) => /^(linux|win)(-\w+)?-unpacked$|^mac(-\w+)?$/.test(name))
    .map((name) => join(releaseFolder, name))[0];
  if (folder === undefined) throw new BootstrapError('electron-builder left no unpacked app in release/.');
  const inMac = join('Maskdesk.app', 'Contents');
  return process.platform === 'darwin'
    ? { folder, executable: join(folder, inMac, 'MacOS', 'Maskdesk'), resources: join(folder, inMac, 'Resources') }
    : { folder, executable: join(folder, process.platform === 'win32' ? 'maskdesk.exe' : 'maskdesk'), resources: join(folder, 'resources') };
};

/**
 * A packaged app runs where there is no npm to ask for a registry; it is told the one that its packager uses (without credentials).
 */
const registryFile = inRoot('resources', 'registry.json');
const writeRegistryFile = async () => {
  const { code, stdout } = await runNpm(['config', 'get', 'registry'], { capture: true });
  if (code !== 0 || !URL.canParse(stdout.trim())) throw new BootstrapError('npm names no registry, which the packaged app needs for its weights: npm config set registry ADDRESS');
  const registry = new URL(stdout.trim());
  registry.username = '';
  registry.password = '';
  writeFileSync(registryFile, `${JSON.stringify({ registry: registry.href })}\n`);
};

/**
 * Packages what is in dist/. @param {{dirOnly: boolean}} options
 * @returns {Promise<{folder: string, executable: string, resources: string}>} @throws BootstrapError
 */
export const packageApp = async ({ dirOnly }) => {
  rmSync(releaseFolder, { recursive: true, force: true });
  const args = builderArguments(resolveElectron(), { dirOnly });
  try {
    await writeRegistryFile();
    const { code } = await runChild(appNode, [inRoot('node_modules', 'electron-builder', 'cli.js'), ...args]);
    if (code !== 0) throw new BootstrapError('electron-builder failed; its words are above.');
  } finally {
    rmSync(registryFile, { force: true });
  }
  const app = unpackedApp();
  if (!existsSync(app.executable)) throw new BootstrapError(`electron-builder went through, but ${app.executable} is not there.`);
  return app;
};
