import { existsSync } from 'node:fs';
import { BootstrapError } from './bootstrapError.mjs';
import { runNpm } from './child.mjs';
import { inRoot } from './folders.mjs';

export const minimumNodeMajor = 20;
/** From npm 9 on, the lockfile without addresses (`omit-lockfile-registry-resolved`) is understood. */
export const minimumNpmMajor = 9;

/** @param {string} version such as 20.11.1 */
export const majorOf = (version) => Number.parseInt(version.trim().replace(/^v/, ''), 10);

/** @throws BootstrapError when this Node is too old to go on with */
export const checkNode = (version = process.versions.node) => {
  if (majorOf(version) >= minimumNodeMajor) return;
  throw new BootstrapError(`Node ${version} is too old: Maskdesk needs Node ${minimumNodeMajor} or newer with its npm. Install one and run this again.`);
};

/** Asked only when packages have to be installed: npm takes a quarter of a second to say its version. @throws BootstrapError */
export const checkNpm = async () => {
  const { code, stdout } = await runNpm(['--version'], { capture: true });
  if (code !== 0) throw new BootstrapError(`npm was not found: install Node ${minimumNodeMajor} or newer with its npm (Debian: the packages nodejs and npm).`);
  if (majorOf(stdout) < minimumNpmMajor)
    throw new BootstrapError(`npm ${stdout.trim()} is too old: npm ${minimumNpmMajor} or newer is needed. Update it with: npm install -g npm@10`);
};

/** The Node that everything after `npm ci` runs on (npm's `node` package): native modules need one newer than a machine may have. */
export const appNode = inRoot('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
export const appNodeIsThere = () => existsSync(appNode);
