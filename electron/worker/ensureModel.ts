import type { Logger } from '../base/logger.ts';
import { weightsTrouble } from '../services/segmentation/weights.ts';
import type { ModelId } from '../../shared/domain/ids.ts';
import { noMaskByItself } from '../../shared/domain/model.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { ModelStore } from '../../shared/ports/modelStore.ts';

/**
 * Digests the weights that the work needs, and fetches those that are missing or damaged where that is wanted: before the first message, since
 * afterwards each picture would fail by them.
 * @throws ExpectedError model_unknown, model_missing, model_corrupt, offline, download_failed, disk_full; CancelledError
 */
export const ensureModel = async (models: ModelStore, modelId: ModelId, options: { readonly fetch: boolean; readonly signal: AbortSignal; readonly logger: Logger }): Promise<void> => {
  const { fetch, signal, logger } = options;
  const listed = (await models.list()).find((model) => model.modelId === modelId);
  if (listed === undefined) throw new ExpectedError('model_unknown', `There is no model '${modelId}'; 'maskdesk models list' shows those that there are.`);
  if (listed.task !== 'foreground') throw new ExpectedError('model_unknown', noMaskByItself(listed.label, modelId, listed.task));
  const status = listed.state === 'missing' ? listed : await models.verify(modelId);
  if (status.state === 'ready') return;
  const trouble = weightsTrouble(status);
  if (!fetch) throw trouble ?? new ExpectedError('model_missing', `The weights of ${modelId} are not usable.`);
  logger.info({ model: modelId, licence: listed.licence, size_bytes: listed.sizeBytes }, 'fetching weights');
  let toldTenth = 0;
  await models.pull(modelId, {
    signal,
    onProgress: (step) => {
      if (step.kind !== 'progress' || step.totalBytes === null) return;
      const tenth = Math.floor((10 * step.receivedBytes) / step.totalBytes);
      if (tenth === toldTenth) return;
      toldTenth = tenth;
      logger.info({ model: modelId, percent: 10 * tenth }, 'fetching weights');
    },
  });
};
