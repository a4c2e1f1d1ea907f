import type { ModelId } from '../../../shared/domain/ids.ts';
import type { ModelStatus } from '../../../shared/domain/model.ts';
import type { ModelStore } from '../../../shared/ports/modelStore.ts';
import type { Output } from '../output.ts';
import { megabytes } from '../text.ts';

/** Downloads with progress on stderr. */
export const pullModel = (models: ModelStore, modelId: ModelId, output: Output, signal: AbortSignal): Promise<ModelStatus> => {
  let lastShown = -1;
  return models.pull(modelId, {
    signal,
    onProgress: (step) => {
      if (step.kind === 'verifying') output.progress(`${modelId}: verifying`);
      if (step.kind !== 'progress') return;
      const share = step.totalBytes === null ? null : Math.floor((100 * step.receivedBytes) / step.totalBytes);
      const shown = share === null ? Math.floor(step.receivedBytes / 10_000_000) : Math.floor(share / 5);
      if (shown === lastShown) return;
      lastShown = shown;
      output.progress(`${modelId}: ${megabytes(step.receivedBytes)}${step.totalBytes === null ? '' : ` of ${megabytes(step.totalBytes)} (${share} %)`}`);
    },
  });
};
