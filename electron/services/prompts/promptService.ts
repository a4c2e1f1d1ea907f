import type { DecodedPrompt, PreparedEmbedding, PrefetchStatus, PromptModel } from '../../../shared/contracts/rpc/prompts.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { ModelId, Sha256 } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { ModelStore } from '../../../shared/ports/modelStore.ts';
import type { PromptDecoding } from '../../../shared/ports/promptDecoding.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { Prompt } from '../../../shared/prompts/prompt.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { Logger } from '../../base/logger.ts';
import { assetOrThrow } from '../assetOrThrow.ts';
import type { DecodeOptions, Embeddings, PrepareOptions } from './embeddings.ts';
import { Prefetcher } from './prefetcher.ts';

export interface PromptServiceParts {
  readonly store: Store;
  readonly blobs: Pick<BlobStore, 'get' | 'keyOfPath'>;
  readonly models: Pick<ModelStore, 'list'>;
  readonly embeddings: Embeddings;
  readonly decoding: Pick<PromptDecoding, 'weights'>;
  /** Read at each use: a setting. */
  readonly defaultModelId: () => ModelId;
  /** Whether something other than prompts wants the machine. */
  readonly isBusy: () => Promise<boolean>;
  /** How many of the photos that come next are held ready in memory. */
  readonly heldAhead: () => number;
  readonly logger: Logger;
}

export interface PromptService {
  models(): Promise<readonly PromptModel[]>;
  /** Progress comes first, then the result. @throws ExpectedError not_found, model_unknown, model_missing, model_corrupt, image_unreadable, inference_failed, out_of_memory; CancelledError */
  prepare(request: { readonly asset: AssetRef; readonly modelId?: ModelId | undefined }, options?: Pick<PrepareOptions, 'signal' | 'onProgress'>): Promise<PreparedEmbedding>;
  /** Replaces the wish list; see Prefetcher. */
  prefetch(assets: readonly AssetRef[], modelId?: ModelId): PrefetchStatus;
  /** Resolves when the wish list is worked off. */
  prefetched(): Promise<PrefetchStatus>;
  /** @throws ExpectedError not_found, invalid_input, model_missing, inference_failed; CancelledError */
  decode(key: Sha256, prompt: Prompt, options?: DecodeOptions): Promise<DecodedPrompt>;
  /** Files for a decoder in the window. @throws ExpectedError not_found */
  embeddingFile(key: Sha256): Promise<Uint8Array>;
  /** @throws ExpectedError model_unknown, model_missing, model_corrupt */
  decoderFile(modelId: ModelId): Promise<Uint8Array>;
}

/** Prompts about a store's photos. */
export const createPromptService = (parts: PromptServiceParts): PromptService & Disposable => {
  const { store, blobs, models, embeddings, decoding, logger } = parts;

  const photoOf = async (asset: AssetRef): Promise<Uint8Array> => blobs.get(blobs.keyOfPath((await assetOrThrow(store, asset)).localPath));

  const prefetcher = new Prefetcher({
    prepare: async ({ asset, modelId }, options) => {
      await embeddings.prepare(await photoOf(asset), modelId, { ...options, priority: 'idle' });
    },
    isIdle: async () => !embeddings.isWaitedFor && !(await parts.isBusy()),
    heldAhead: parts.heldAhead,
    logger,
  });

  return {
    models: async () => {
      const chosen = parts.defaultModelId();
      return (await models.list()).flatMap(({ modelId, label, licence, sizeBytes, state, task }) =>
        task === 'prompt' ? [{ modelId, label, licence, sizeBytes, state, isDefault: modelId === chosen }] : [],
      );
    },
    prepare: async ({ asset, modelId }, options = {}) => embeddings.prepare(await photoOf(asset), modelId ?? parts.defaultModelId(), options),
    prefetch: (assets, modelId) => prefetcher.replace(assets.map((asset) => ({ asset, modelId: modelId ?? parts.defaultModelId() }))),
    prefetched: async () => {
      await prefetcher.settled();
      return prefetcher.status();
    },
    decode: (key, prompt, options) => embeddings.decode(key, prompt, options),
    embeddingFile: (key) => embeddings.bytes(key),
    decoderFile: async (modelId) => {
      const known = (await models.list()).some((model) => model.modelId === modelId && model.task === 'prompt');
      if (!known) throw new ExpectedError('model_unknown', `There is no prompt model ${modelId}.`);
      return decoding.weights(modelId);
    },
    dispose: () => prefetcher.dispose(),
  };
};
