import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './bootstrapError.mjs';
import { say } from './progress.mjs';

const kernelSetting = (name) => {
  try {
    return readFileSync(`/proc/sys/kernel/${name}`, 'utf8').trim();
  } catch {
    // This kernel has no such switch.
    return null;
  }
};

/** Chromium's sandbox needs user namespaces, or its helper owned by root with the setuid bit. */
const sandboxWorks = (folder) => {
  const namespaces = kernelSetting('unprivileged_userns_clone') !== '0' && kernelSetting('apparmor_restrict_unprivileged_userns') !== '1';
  const helper = statSync(join(folder, 'chrome-sandbox'), { throwIfNoEntry: false });
  return namespaces || (helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0);
};

/**
 * Switches for an unpackaged Electron: none, unless root on Linux, for whom Chromium has no sandbox.
 * @param {import('./electron.mjs').ElectronRuntime} runtime @throws BootstrapError where the system denies a user the sandbox
 */
export const sandboxArguments = ({ folder }) => {
  if (process.platform !== 'linux') return [];
  if (process.getuid() === 0) {
    say('running as root: Electron starts with --no-sandbox (a user other than root gets the sandbox)');
    return ['--no-sandbox'];
  }
  if (sandboxWorks(folder)) return [];
  const helper = join(folder, 'chrome-sandbox');
  throw new BootstrapError(`This system allows Electron's sandbox only through its helper. Run this line once, then the same command again:\n  sudo sh -c 'chown root:root "${helper}" && chmod 4755 "${helper}"'`);
};
