import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createPartMakers } from '../../electron/app/createSegmenters.ts';
import { loadConfig } from '../../electron/app/config.ts';
import { createModels } from '../../electron/app/createModels.ts';
import { createImageCodec } from '../../electron/imaging/index.ts';
import type { InferenceHost } from '../../electron/inference/inferenceHost.ts';
import { runSession } from '../../electron/inference/process/runJob.ts';
import { decodedOnce } from '../../electron/segmenters/recipe/decodedOnce.ts';
import { selfieFeed, selfieSidePx } from '../../electron/segmenters/people/selfieMulticlass.ts';
import { recipeSegmenter, type RecipePart } from '../../electron/segmenters/recipe/recipeSegmenter.ts';
import { productRecipeId, standardRecipeSettings, stepsOf } from '../../electron/segmenters/recipe/recipeSettings.ts';
import { fillPlanes } from '../../electron/inference/process/planar.ts';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { present } from '../../shared/errors/errors.ts';

const [foreground, people] = [asId<ModelId>('isnet-quint8'), asId<ModelId>('selfie-multiclass')];

export interface BareRecipe {
  /** Nothing but the two `session.run`, on tensors that were made beforehand. @returns milliseconds a photo, by the clock and of processor time */
  sessions(photos: readonly Uint8Array[]): Promise<{ readonly eachMs: number; readonly processorMs: number }>;
  /** The recipe from encoded photo to mask, one photo after the other in this process. @returns milliseconds a photo */
  recipe(photos: readonly Uint8Array[]): Promise<number>;
  release(): Promise<void>;
}

/** The peer of a worker: the two sessions of the standard recipe, without store, broker or a process of their own. */
export const openBareRecipe = async (threads: number): Promise<BareRecipe> => {
  const models = createModels(await loadConfig({}));
  for (const modelId of [foreground, people]) await models.pull(modelId);
  const codec = createImageCodec({ threads: 1 });
  const sessions = new Map<string, InferenceSession>();
  for (const modelId of [foreground, people]) {
    const path = await models.pathOf(modelId);
    sessions.set(path, await InferenceSession.create(path, { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all', logSeverityLevel: 3 }));
  }
  const sessionOf = (path: string): InferenceSession => present(sessions.get(path), 'a session');
  const [isnet, selfie] = [sessionOf(await models.pathOf(foreground)), sessionOf(await models.pathOf(people))];
  const { adapter } = await models.foreground(foreground);

  const { divisor, mean, std, widthPx, heightPx } = adapter.input;
  const planes = new Float32Array(3 * widthPx * heightPx);
  const whole = new Tensor('float32', planes, [1, 3, heightPx, widthPx]);
  const fetched = present(isnet.outputNames[0], 'an output');

  const host: Pick<InferenceHost, 'run'> = {
    run: async ({ model, feeds, fetches }) => ({ ...(await runSession(sessionOf(model.path), feeds, fetches)), executionProvider: 'cpu' }),
  };
  const makerOf = createPartMakers({ models, inference: host as InferenceHost, decoding: () => ({ decodeLoose: () => Promise.reject(new Error('the standard recipe asks no prompt model')) }) }, codec);

  return {
    sessions: async (photos) => {
      let sumMs = 0;
      let processorMs = 0;
      for (const photo of photos) {
        const { data } = await codec.rgbAt(photo, widthPx, heightPx);
        fillPlanes({ type: 'picture', dims: [1, 3, heightPx, widthPx], data, divisor, mean, std }, planes);
        const { tensor } = selfieFeed(await codec.rgbAt(photo, selfieSidePx, selfieSidePx));
        if (tensor.type !== 'float32') throw new Error('the selfie model reads float32');
        const small = new Tensor('float32', tensor.data, tensor.dims);
        const before = process.cpuUsage();
        const startedMs = performance.now();
        await isnet.run({ [present(isnet.inputNames[0], 'an input')]: whole }, [fetched]);
        await selfie.run({ [present(selfie.inputNames[0], 'an input')]: small }, [present(selfie.outputNames[0], 'an output')]);
        sumMs += performance.now() - startedMs;
        const { user, system } = process.cpuUsage(before);
        processorMs += (user + system) / 1000;
      }
      return { eachMs: sumMs / photos.length, processorMs: processorMs / photos.length };
    },
    recipe: async (photos) => {
      const startedMs = performance.now();
      for (const photo of photos) {
        const reading = decodedOnce(codec);
        const parts: RecipePart[] = [];
        for (const step of stepsOf(standardRecipeSettings)) parts.push({ step, maker: await makerOf(step) });
        await recipeSegmenter(productRecipeId, parts, reading).segment(photo, {});
      }
      return (performance.now() - startedMs) / photos.length;
    },
    release: async () => {
      for (const session of sessions.values()) await session.release();
    },
  };
};
