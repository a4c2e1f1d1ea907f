import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecodeTensor } from '../../shared/contracts/decoding/messages.ts';
import type { ModelId } from '../../shared/domain/ids.ts';
import type { ExpectedError } from '../../shared/errors/errors.ts';
import type { ImageCodec, MaskOrientation } from '../../shared/ports/imageCodec.ts';
import type { DecodedTensors, PromptDecoding } from '../../shared/ports/promptDecoding.ts';
import type { FloatTensor } from '../../shared/prompts/decoderFeeds.ts';
import { fitEmbedding, fitFetches, fitPrompt, plainDims, type SlotTensor } from '../../shared/prompts/decoderSignature.ts';
import { fileError } from '../base/fileError.ts';
import type { Logger } from '../base/logger.ts';
import type { DecoderHost } from '../inference/decoderHost.ts';
import { createEmbeddingCache } from '../inference/embeddingCache.ts';
import type { InferenceHost, ModelFile } from '../inference/inferenceHost.ts';
import type { LocalModelStore } from '../inference/modelStore.ts';
import type { Feed } from '../inference/tensor.ts';
import { createPromptEncoder } from '../segmenters/promptEncoder.ts';
import { Embeddings } from '../services/prompts/embeddings.ts';

export interface PromptingParts {
  readonly models: LocalModelStore;
  /** Encodes. */
  readonly inference: InferenceHost;
  /** Answers prompts. */
  readonly decoderHost: DecoderHost;
  readonly codec: ImageCodec;
  readonly orientation: MaskOrientation;
  readonly cacheDir: string;
  /** Settings, read at each use. */
  readonly limits: { readonly embeddingCacheBytes: number; readonly decoderMemoryBytes: number };
  /** Told once while embeddings can not be kept on disk. */
  readonly onTrouble: (trouble: ExpectedError) => void;
  readonly logger: Logger;
}

const asDecodeTensor = ({ name, dims, data }: FloatTensor): DecodeTensor => ({ name, dims: [...dims], data });

/** Halves are made where the model is: across the border they go as float32. */
const asFeed = ({ name, dims, data }: SlotTensor): Feed => {
  if (data instanceof BigInt64Array) return { name, tensor: { type: 'int64', dims, data } };
  return { name, tensor: data instanceof Int32Array ? { type: 'int32', dims, data } : { type: 'float32', dims, data } };
};

const createPromptDecoding = ({ models, inference, decoderHost }: PromptingParts): PromptDecoding => {
  const decoderOf = async (modelId: ModelId): Promise<ModelFile> => {
    const { executionProviders } = await models.prompt(modelId);
    return { path: (await models.pathsOf(modelId)).decoder, executionProviders };
  };
  return {
    hold: async (key, modelId, file) => {
      await decoderHost.hold(key, await decoderOf(modelId), file);
    },
    isHeld: (key) => decoderHost.isHeld(key),
    decode: async (key, { feeds, fetches, signal }): Promise<DecodedTensors> => decoderHost.decode(key, feeds.map(asDecodeTensor), fetches, { signal }),
    decodeLoose: async (modelId, embedding, { feeds, fetches, signal }) => {
      const model = await decoderOf(modelId);
      const signature = await inference.load(model);
      const inputs = [...fitEmbedding(signature, embedding), ...fitPrompt(signature, feeds, embedding)].map(asFeed);
      const answer = await inference.run({ model, feeds: inputs, fetches: fitFetches(signature, fetches) }, { signal, priority: 'now' });
      const outputs = answer.outputs.flatMap(({ type, dims, data }, index) => {
        const name = fetches[index] as string;
        return type === 'float32' ? [{ name, dims: plainDims(name, dims), data }] : [];
      });
      return { outputs, inferenceMs: answer.inferenceMs };
    },
    weights: async (modelId) => {
      const { decoder } = await models.pathsOf(modelId);
      return readFile(decoder).catch((error: unknown) => {
        throw fileError(error, decoder);
      });
    },
  };
};

/** Photos to embeddings to masks: adapters and service put together, without a store. */
export const createPrompting = (parts: PromptingParts): { readonly embeddings: Embeddings; readonly decoding: PromptDecoding } => {
  const { models, inference, codec, orientation, cacheDir, limits, logger } = parts;
  const decoding = createPromptDecoding(parts);
  const embeddings = new Embeddings({
    encoderOf: async (modelId) => createPromptEncoder(await models.prompt(modelId), { host: inference, modelStore: models, codec }),
    decoding,
    cache: createEmbeddingCache({ folder: join(cacheDir, 'embeddings'), limitBytes: () => limits.embeddingCacheBytes, onTrouble: parts.onTrouble }),
    codec,
    orientation,
    looseBytes: () => limits.decoderMemoryBytes,
    logger,
  });
  return { embeddings, decoding };
};
