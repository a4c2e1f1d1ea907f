import { existsSync } from 'node:fs';
import { BootstrapError } from './bootstrapError.mjs';
import { runChild } from './child.mjs';
import { inRoot } from './folders.mjs';
import { withProgress } from './progress.mjs';
import { digestOf, removeStamp, stampHolds, writeStamp } from './stamps.mjs';
import { appNode } from './versions.mjs';

export const buildStampName = 'build';

const inputs = ['electron', 'renderer', 'shared', 'models', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs', 'vite.node.config.ts', 'vite.preload.config.ts', 'vite.renderer.config.ts'];
const inputsDigest = () => digestOf(inputs.map((path) => inRoot(path)));

export const build = {
  name: 'build',
  isDone: () => existsSync(inRoot('dist', 'electron')) && stampHolds(buildStampName, inputsDigest()),
  /** @throws BootstrapError */
  async run() {
    // Taken before the build: a file that changes meanwhile makes the next start build again.
    const digest = inputsDigest();
    removeStamp(buildStampName);
    await withProgress('building', async () => {
      const { code } = await runChild(appNode, [inRoot('scripts', 'build.mjs')]);
      if (code !== 0) throw new BootstrapError('The build failed; the reason is above.');
    });
    writeStamp(buildStampName, { digest });
  },
};
