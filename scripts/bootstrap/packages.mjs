import { existsSync, readFileSync } from 'node:fs';
import { BootstrapError } from './bootstrapError.mjs';
import { runNpm } from './child.mjs';
import { inRoot } from './folders.mjs';
import { withProgress, say } from './progress.mjs';
import { digestOf, removeStamp, stampHolds, writeStamp } from './stamps.mjs';
import { appNodeIsThere, checkNpm } from './versions.mjs';

const stampName = 'packages';
const hiddenLockfile = inRoot('node_modules', '.package-lock.json');
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** What `npm ci` depends on. Of package.json only that: an edited npm script is no reason to install everything again. */
const inputsDigest = () => {
  const { dependencies, devDependencies, optionalDependencies, overrides, allowScripts } = readJson(inRoot('package.json'));
  return digestOf(
    [inRoot('package-lock.json'), inRoot('.npmrc')],
    [JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides, allowScripts }), process.platform, process.arch],
  );
};

/**
 * Whether what is installed is what the lockfile says (npm writes its hidden lockfile last, so a cut-off install has none).
 * @param {{packages: Record<string, {version?: string, optional?: boolean}>}} wanted @param {typeof wanted} installed
 */
export const installedMatches = (wanted, installed) =>
  Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed.packages[path];
    // Binaries for other systems are optional and rightly absent.
    return found === undefined ? entry.optional === true : found.version === entry.version;
  });

const alreadyInstalled = () =>
  existsSync(hiddenLockfile) && appNodeIsThere() && installedMatches(readJson(inRoot('package-lock.json')), readJson(hiddenLockfile));

const npmCi = async (loglevel) =>
  runNpm(
    [
      'ci',
      '--no-audit',
      '--no-fund',
      // Whatever the caller's npm settings say: development packages and install scripts are needed (npm's `node` gets its binary by one).
      '--include=dev',
      '--include=optional',
      '--ignore-scripts=false',
      `--loglevel=${loglevel}`,
      // npm from 11.16 on reads the same from `allowScripts` in package.json.
      ...(process.platform === 'win32' ? [] : [`--script-shell=${inRoot('scripts', 'bootstrap', 'installShell.sh')}`]),
    ],
    // The CUDA libraries of onnxruntime-node are half a gigabyte from a host that is often out of reach.
    { env: { ONNXRUNTIME_NODE_INSTALL: process.env.ONNXRUNTIME_NODE_INSTALL ?? 'skip' } },
  );

export const packages = {
  name: 'packages',
  isDone: () => stampHolds(stampName, inputsDigest()) && existsSync(hiddenLockfile) && appNodeIsThere(),
  /** @throws BootstrapError */
  async run() {
    const digest = inputsDigest();
    if (alreadyInstalled()) {
      say('packages are installed already');
      writeStamp(stampName, { digest });
      return;
    }
    removeStamp(stampName);
    await checkNpm();
    await withProgress('installing packages (npm ci)', async () => {
      const first = await npmCi('error');
      if (first.code === 0) return;
      say('  npm ci failed; trying once more');
      const second = await npmCi('notice');
      if (second.code !== 0)
        throw new BootstrapError('npm ci failed; its own words are above. Check the network and the registry of your npm settings (npm ping), then run this again.');
    });
    if (!appNodeIsThere()) throw new BootstrapError("npm ci went through, but npm's `node` package has no binary: remove node_modules and run this again.");
    writeStamp(stampName, { digest });
  },
};
