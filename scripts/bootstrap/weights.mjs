import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { cacheFolder, inRoot } from './folders.mjs';
import { say, withProgress } from './progress.mjs';
import { appNode } from './versions.mjs';

export const defaultModel = 'isnet-quint8';
/** For tests that need a mask and not a good one: tenths of a second a picture. */
export const quickModel = 'u2netp';
/** For tests of prompts: 45 MB, tenths of a second a picture. */
export const promptModel = 'mobilesam';

const cli = inRoot('dist', 'electron', 'cli.js');

/** A quick look only (files of the right size under the model's folder); the core itself verifies the digests when it loads one. @param {string} modelId */
const isThere = (modelId) => {
  try {
    const { encoder, decoder, ...whole } = JSON.parse(readFileSync(inRoot('models', `${modelId}.json`), 'utf8'));
    const folder = join(cacheFolder(), 'models', modelId);
    const sizes = readdirSync(folder).map((name) => (/\.(onnx|ort)$/.test(name) ? statSync(join(folder, name)).size : -1));
    return (encoder === undefined ? [whole] : [encoder, decoder]).every(({ sizeBytes }) => sizes.includes(sizeBytes));
  } catch {
    // Not there, or not readable: the core is asked and says what is wrong.
    return false;
  }
};

/** Weights of the models that the demo and the tests use, pulled by the core's own command line. @param {readonly string[]} modelIds */
export const weights = (modelIds) => ({
  name: 'weights',
  isDone: () => modelIds.every(isThere),
  /** Never throws: the app works without weights and says what is missing. */
  async run() {
    for (const modelId of modelIds.filter((id) => !isThere(id)))
      await withProgress(`fetching the weights of ${modelId}`, async () => {
        const { code } = await runChild(appNode, [cli, 'models', 'pull', modelId]);
        if (code !== 0) say(`the weights of ${modelId} could not be fetched: everything but new masks works; later: npm run maskdesk -- models pull ${modelId}`);
      });
  },
});
