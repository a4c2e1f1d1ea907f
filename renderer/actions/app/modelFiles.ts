import type { ModelStatus } from '../../../shared/domain/model.ts';
import { core } from '../../bridge/core.ts';
import { loadModels, pullModel } from '../../stores/models.ts';
import { inBackground, notify } from '../../stores/notices.ts';

/** Reads every byte again: a disk may have lost some. */
export const verifyModel = async ({ modelId, label }: ModelStatus): Promise<void> => {
  const { state } = await core().models.verify({ modelId });
  await loadModels();
  if (state === 'ready') notify({ level: 'success', message: `The weights of ${label} are complete and right.`, topic: 'models' });
  else notify({ level: 'warning', message: `The weights of ${label} are damaged.`, topic: 'models', buttons: [{ label: 'Download again', run: () => inBackground(pullModel(modelId), 'models') }] });
};

/** Takes the weights off this machine; masks that it made stay. */
export const removeModel = async ({ modelId, label }: ModelStatus): Promise<void> => {
  await core().models.remove({ modelId });
  await loadModels();
  notify({ level: 'info', message: `The weights of ${label} are removed.`, topic: 'models', buttons: [{ label: 'Download again', run: () => inBackground(pullModel(modelId), 'models') }] });
};
