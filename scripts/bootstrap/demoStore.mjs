import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './bootstrapError.mjs';
import { runChild } from './child.mjs';
import { inRoot } from './folders.mjs';
import { withProgress } from './progress.mjs';
import { digestOf, stampHolds, writeStamp } from './stamps.mjs';
import { appNode } from './versions.mjs';

/** Each store has its own: the one of `npm start`, the one that e2e copies. */
const stampNameOf = (storeFolder) => `demoStore-${createHash('sha256').update(storeFolder).digest('hex').slice(0, 12)}`;
const recipeDigest = () => digestOf([inRoot('resources', 'demo')]);

/** @param {string} storeFolder absolute */
export const demoStore = (storeFolder) => {
  const stampName = stampNameOf(storeFolder);
  return {
    name: 'demo store',
    isDone: () => existsSync(join(storeFolder, 'maskdesk.db')) && stampHolds(stampName, recipeDigest()),
    /** The core's own maker knows what is there already and completes it. @throws BootstrapError */
    async run() {
      const digest = recipeDigest();
      await withProgress(`making the demo store in ${storeFolder}`, async () => {
        const { code } = await runChild(appNode, [inRoot('dist', 'electron', 'cli.js'), 'demo', '--store', storeFolder]);
        if (code !== 0) throw new BootstrapError('The demo store could not be made; the reason is above. Your own photos can be opened with: npm start -- --store FOLDER');
      });
      writeStamp(stampName, { digest, store: storeFolder });
    },
  };
};
