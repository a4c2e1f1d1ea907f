import { BootstrapError } from './bootstrapError.mjs';
import { runChild } from './child.mjs';
import { say } from './progress.mjs';

/** Debian 13 and Ubuntu 24.04 renamed some libraries (…t64) and left the old name ambiguous. @returns {Promise<string[]>} */
export const namesHere = async (names) => {
  const { stdout } = await runChild('apt-cache', ['pkgnames'], { capture: true });
  const known = new Set(stdout.split('\n'));
  return names.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name));
};

/**
 * As root, with apt-get.
 * @param {readonly string[]} names of packages @param {string} who needs them, for the sentence
 * @throws BootstrapError with the line to run by hand
 */
export const aptInstall = async (names, who) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const refreshed = await runChild('apt-get', ['update', '-q'], { env });
  if (refreshed.code !== 0) say('  apt-get update had trouble; trying with the lists that are there');
  const packages = await namesHere(names);
  const { code } = await runChild('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
  if (code !== 0) throw new BootstrapError(`apt-get could not install what ${who} needs; its words are above. By hand: apt-get install --no-install-recommends ${packages.join(' ')}`);
};
