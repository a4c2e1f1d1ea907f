import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, namesHere } from './aptInstall.mjs';
import { BootstrapError } from './bootstrapError.mjs';
import { runChild } from './child.mjs';
import { resolveElectron } from './electron.mjs';
import { withProgress } from './progress.mjs';

/**
 * What Electron and a virtual display need of a Debian machine. Known by asking the dynamic linker, not by asking for packages: a
 * library that is there some other way is good enough.
 */
const electronPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libdrm2', 'libcups2', 'libatk-bridge2.0-0', 'libatspi2.0-0', 'libxkbcommon0', 'libxcomposite1', 'libxdamage1', 'libxrandr2', 'libxfixes3', 'libexpat1', 'libdbus-1-3', 'libglib2.0-0', 'fonts-dejavu-core'];
const displayPackages = ['xvfb', 'xauth'];

export const onPath = (name, path = process.env.PATH ?? '') => path.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));

/** @param {string} lddOutput @returns {string[]} names of the libraries that the linker does not find */
export const missingIn = (lddOutput) => [
  ...new Set(
    lddOutput
      .split('\n')
      .filter((line) => line.includes('not found'))
      .map((line) => line.trim().split(' ')[0]),
  ),
];

const missingLibraries = async () => {
  const { stdout } = await runChild('ldd', [resolveElectron().executable], { capture: true });
  return missingIn(stdout);
};

/**
 * @param {{needsDisplayServer: boolean}} options with a display server when tests run on a machine that shows nothing
 */
export const systemPackages = ({ needsDisplayServer }) => {
  const wanted = async () => {
    if (process.platform !== 'linux') return { packages: [], because: '' };
    const libraries = await missingLibraries();
    const noServer = needsDisplayServer && !onPath('Xvfb');
    const reasons = [...libraries, ...(noServer ? ['Xvfb'] : [])];
    return { packages: [...(libraries.length > 0 ? electronPackages : []), ...(noServer ? displayPackages : [])], because: reasons.join(', ') };
  };
  return {
    name: 'system packages',
    isDone: async () => (await wanted()).packages.length === 0,
    /** @throws BootstrapError with the one line to run */
    async run() {
      const { packages, because } = await wanted();
      if (packages.length === 0) return;
      if (!onPath('apt-get')) throw new BootstrapError(`This machine lacks ${because}, which Electron needs; install them with its package manager and run this again.`);
      if (process.getuid?.() !== 0) {
        const names = await namesHere(packages);
        throw new BootstrapError(`This machine lacks ${because}. Run this line once, then the same command again:\n  sudo apt-get install -y --no-install-recommends ${names.join(' ')}`);
      }
      await withProgress(`as root: installing system packages with apt-get, since this machine lacks ${because}: ${packages.join(' ')}`, () => aptInstall(packages, 'Electron'));
      const left = await wanted();
      if (left.packages.length > 0) throw new BootstrapError(`apt-get went through, but this machine still lacks ${left.because}.`);
    },
  };
};
