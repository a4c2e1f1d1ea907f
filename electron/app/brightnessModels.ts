import type { ModelStatus } from '../../shared/domain/model.ts';
import { brightnessId } from '../segmenters/brightness.ts';
import type { LocalModelStore } from '../inference/modelStore.ts';

const status: ModelStatus = { modelId: brightnessId, label: 'Brightness (no model, for measuring)', task: 'foreground', licence: 'none', licenceNote: null, sizeBytes: 0, state: 'ready', isDefault: true };

/**
 * The models of this machine, and among them the one that is none, where the configuration has it in a model's place: nobody else sees it.
 * @param isConfigured asked each time
 */
export const withBrightness = (models: LocalModelStore, isConfigured: () => boolean): LocalModelStore => {
  const isIt = (modelId: string): boolean => modelId === brightnessId && isConfigured();
  return {
    ...models,
    list: async () => [...(await models.list()), ...(isConfigured() ? [status] : [])],
    verify: async (modelId) => (isIt(modelId) ? status : models.verify(modelId)),
    pull: async (modelId, options) => (isIt(modelId) ? status : models.pull(modelId, options)),
  };
};
