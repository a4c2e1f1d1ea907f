import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './bootstrapError.mjs';
import { runChild } from './child.mjs';
import { inRoot } from './folders.mjs';
import { withProgress } from './progress.mjs';
import { digestOf, readStamp, writeStamp } from './stamps.mjs';
import { appNode } from './versions.mjs';

const stampName = 'demoStore';
const recipeDigest = () => digestOf([inRoot('resources', 'demo')]);

/** @param {string} storeFolder absolute */
export const demoStore = (storeFolder) => {
  const isDone = () => {
    const stamp = readStamp(stampName);
    if (!existsSync(join(storeFolder, 'maskdesk.db'))) return false;
    return stamp?.digest === recipeDigest() && stamp.store === realpathSync(storeFolder);
  };
  return {
    name: 'demo store',
    isDone,
    /** The core's own maker knows what is there already and completes it. @throws BootstrapError */
    async run() {
      const digest = recipeDigest();
      await withProgress(`making the demo store in ${storeFolder}`, async () => {
        const { code } = await runChild(appNode, [inRoot('dist', 'electron', 'cli.js'), 'demo', '--store', storeFolder]);
        if (code !== 0) throw new BootstrapError('The demo store could not be made; the reason is above. Your own photos can be opened with: npm start -- --store FOLDER');
      });
      writeStamp(stampName, { digest, store: realpathSync(storeFolder) });
    },
  };
};
