import { rm } from 'node:fs/promises';
import type { ModelStatus } from '../../shared/domain/model.ts';
import { createSessionHost } from '../inference/sessionHost.ts';
import { checkPromptModel } from '../inference/promptModelFit.ts';
import { describePromptModel, type UserPromptModel } from '../inference/userPromptModel.ts';
import { descriptorPath } from '../inference/userWeights.ts';
import type { PromptDescriptor } from '../inference/modelDescriptor.ts';
import type { AppConfig } from './config.ts';
import { createModels } from './createModels.ts';
import { defaultLauncher } from './defaultLauncher.ts';

export { isPromptFamily, promptFamilies } from '../inference/userPromptModel.ts';

interface AddSteps {
  /** The licence is known: it is shown before anything is fetched. */
  readonly onDescribed: (descriptor: PromptDescriptor) => void;
  /** Fetches and verifies the files. */
  readonly pull: (descriptor: PromptDescriptor) => Promise<ModelStatus>;
}

/**
 * A person's own encoder and decoder: described, fetched, loaded once and looked at. Where they are not what they were said to be, nothing of them stays.
 * @throws ExpectedError invalid_input, file_unreadable, offline, download_failed, model_corrupt, out_of_memory; CancelledError
 */
export const addPromptModel = async (config: Pick<AppConfig, 'cacheDir' | 'dataDir' | 'defaultModelId' | 'threads'>, model: UserPromptModel, { onDescribed, pull }: AddSteps): Promise<ModelStatus> => {
  const descriptor = await describePromptModel(config.dataDir, model);
  const models = createModels(config);
  const host = createSessionHost({ launcher: defaultLauncher(), threads: config.threads, executionProviders: [] });
  try {
    onDescribed(descriptor);
    const status = await pull(descriptor);
    const { encoder, decoder } = await models.pathsOf(descriptor.id);
    checkPromptModel(descriptor, await host.load({ path: encoder }), await host.load({ path: decoder }));
    return status;
  } catch (error) {
    await models.remove(descriptor.id).catch(() => undefined); // what is left is the cache's; the reason is what counts
    await rm(descriptorPath(config.dataDir, descriptor.id), { force: true });
    throw error;
  } finally {
    await host.dispose();
  }
};
