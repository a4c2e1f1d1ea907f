import type { ExpectedError } from '../../shared/errors/errors.ts';
import type { PromptDecoding } from '../../shared/ports/promptDecoding.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import { Disposables, type Disposable } from '../base/disposables.ts';
import { createLogger } from '../base/logger.ts';
import { createImageCodec } from '../imaging/index.ts';
import { createDecoderHost, type DecoderHost } from '../inference/decoderHost.ts';
import type { InferenceHost } from '../inference/inferenceHost.ts';
import type { LocalModelStore } from '../inference/modelStore.ts';
import { createSessionHost } from '../inference/sessionHost.ts';
import type { Embeddings } from '../services/prompts/embeddings.ts';
import type { AppConfig } from './config.ts';
import { createModels } from './createModels.ts';
import { createPrompting } from './createPrompting.ts';
import { defaultLauncher } from './defaultLauncher.ts';

export interface Prompting extends Disposable {
  readonly models: LocalModelStore;
  readonly codec: ImageCodec;
  readonly embeddings: Embeddings;
  readonly decoderHost: DecoderHost;
  /** Encodes, and runs models of other kinds. */
  readonly inference: InferenceHost;
  readonly decoding: PromptDecoding;
  dispose(): Promise<void>;
}

export interface PromptingOptions {
  /** Where embeddings are kept; default: with those of the desk. */
  readonly cacheDir?: string | undefined;
  /** A sentence for people. */
  readonly onNotice: (message: string) => void;
}

/** Prompts about photos that are in no store: what the desk uses, for the command line and for benchmarks. */
export const openPrompting = (config: AppConfig, { cacheDir, onNotice }: PromptingOptions): Prompting => {
  const disposables = new Disposables();
  const { settings, threads } = config;
  const models = createModels(config);
  const codec = createImageCodec({ maxMegapixels: settings.maxMegapixels, threads: 1 });
  const common = { launcher: defaultLauncher(), threads, executionProviders: settings.executionProviders, gpuId: config.gpuId, onNotice };
  const limits = { embeddingCacheBytes: config.embeddingCacheMegabytes * 2 ** 20, decoderMemoryBytes: config.decoderMemoryMegabytes * 2 ** 20 };
  const inference = disposables.add(createSessionHost(common));
  const decoderHost = disposables.add(createDecoderHost({ ...common, maxHeldBytes: () => limits.decoderMemoryBytes }));
  const { embeddings, decoding } = createPrompting({
    models,
    inference,
    decoderHost,
    codec,
    orientation: settings.maskOrientation,
    cacheDir: cacheDir ?? config.cacheDir,
    limits,
    onTrouble: (trouble: ExpectedError) => onNotice(trouble.message),
    logger: createLogger('maskdesk'),
  });
  return { models, codec, embeddings, decoderHost, inference, decoding, dispose: () => disposables.dispose() };
};
