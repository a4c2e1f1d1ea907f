import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asId, type ModelId } from '../../../shared/domain/ids.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { Prompt } from '../../../shared/prompts/prompt.ts';
import { Disposables } from '../../base/disposables.ts';
import { sha256Hex } from '../../base/hash.ts';
import { createLogger } from '../../base/logger.ts';
import { createImageCodec, encodePng } from '../../imaging/index.ts';
import { createDecoderHost, type DecoderHost } from '../../inference/decoderHost.ts';
import type { InferenceHost } from '../../inference/inferenceHost.ts';
import { childProcessLauncher } from '../../inference/launchers/childProcess.ts';
import { createModelStore, type LocalModelStore } from '../../inference/modelStore.ts';
import { createSessionHost } from '../../inference/sessionHost.ts';
import { promptDecoderModel, redChannelModel } from '../../inference/testing/onnxWriter.ts';
import type { Embeddings } from '../../services/prompts/embeddings.ts';
import { createPrompting, type PromptingParts } from '../createPrompting.ts';

/** Of the rig's model: a photo's embedding is its red channel, 256 x 256 float32. */
export const modelId = asId<ModelId>('red-prompt');
export const embeddingBytes = 4 * 256 * 256;
const sidePx = 256;

const red = (x: number, y: number): boolean => x >= 30 && x < 90 && y >= 40 && y < 70;
const [widthPx, heightPx] = [128, 96];

/** A photo with a red part; each number gives another photo with the same. */
export const photo = (number = 0): Promise<Uint8Array> => {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let index = 0; index < widthPx * heightPx; index++) data.set(red(index % widthPx, Math.floor(index / widthPx)) ? [255, 20, 20] : [0, 90, number % 256], 3 * index);
  return encodePng({ widthPx, heightPx, data });
};
export const redPart: Bitmap = { widthPx, heightPx, data: Uint8Array.from({ length: widthPx * heightPx }, (_, index) => (red(index % widthPx, Math.floor(index / widthPx)) ? 255 : 0)) };

/** Has the rig's decoder answer with the photo's red part: what it gives is the embedding times "there is a mask". */
export const askForRed: Prompt = { points: [], box: null, mask: { widthPx: 256, heightPx: 256, logits: new Float32Array(256 * 256) } };

/** Prompts over real ONNX graphs, real processes and a real disk, in a folder of its own. */
export interface PromptRig {
  readonly folder: string;
  readonly cacheDir: string;
  readonly models: LocalModelStore;
  readonly inference: InferenceHost;
  readonly decoderHost: DecoderHost;
  readonly troubles: string[];
  /** Another instance over the same folders and processes, as after a restart. */
  open(change?: Partial<PromptingParts>): Embeddings;
  dispose(): Promise<void>;
}

export const createPromptRig = async (limits = { embeddingCacheBytes: 1e9, decoderMemoryBytes: 1e9 }): Promise<PromptRig> => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-prompts-'));
  const disposables = new Disposables();
  const cacheDir = join(folder, 'cache');
  await mkdir(join(folder, 'app', 'models'), { recursive: true });
  const writeFileOf = async (name: string, bytes: Uint8Array) => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return { source: pathToFileURL(path).href, sha256: sha256Hex(bytes), sizeBytes: bytes.length };
  };
  const descriptor = {
    id: modelId,
    label: 'Red',
    task: 'prompt',
    licence: { package: null, weights: 'none', note: null },
    encoder: { ...(await writeFileOf('encoder.onnx', redChannelModel(sidePx))), input: { name: null, sidePx, fit: 'stretch', divisor: 255, mean: [0.5, 0.5, 0.5], std: [1, 1, 1] }, outputs: ['red'] },
    decoder: { ...(await writeFileOf('decoder.onnx', promptDecoderModel(sidePx))), family: 'sam' },
  };
  await writeFile(join(folder, 'app', 'models', `${modelId}.json`), JSON.stringify(descriptor));
  const models = createModelStore({ appFolder: join(folder, 'app'), cacheFolder: cacheDir, dataFolder: join(folder, 'data'), defaultModelId: modelId });
  await models.pull(modelId);
  const launching = { launcher: childProcessLauncher(), threads: 1, executionProviders: [], restartDelayMs: 10 };
  const inference = disposables.add(createSessionHost(launching));
  const decoderHost = disposables.add(createDecoderHost({ ...launching, maxHeldBytes: () => limits.decoderMemoryBytes }));
  const troubles: string[] = [];
  return {
    folder,
    cacheDir,
    models,
    inference,
    decoderHost,
    troubles,
    open: (change = {}) =>
      createPrompting({
        models,
        inference,
        decoderHost,
        codec: createImageCodec(),
        orientation: 'exif',
        cacheDir,
        limits,
        onTrouble: ({ message }) => troubles.push(message),
        logger: createLogger('test', 'silent'),
        ...change,
      }).embeddings,
    dispose: async () => {
      await disposables.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
