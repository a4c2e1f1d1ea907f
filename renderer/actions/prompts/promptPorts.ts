import { core } from '../../bridge/core.ts';
import type { PromptPorts } from '../../editor/prompts/promptPorts.ts';
import { refOfKey } from '../../../shared/domain/asset.ts';
import { CancelledError } from '../../../shared/errors/errors.ts';
import { promptDecoder, readyDecoder } from './backend.ts';

/** Prompts of both panes: the core prepares photos, the quickest decoder at hand answers. */
export const promptPorts: PromptPorts = {
  decoder: promptDecoder,
  async prepare(assetKey, { modelId, signal, onProgress }) {
    const { kind, id } = refOfKey(assetKey);
    const request = { asset: { kind, id }, ...(modelId === null ? {} : { modelId }) };
    for await (const progress of await core().prompts.prepare(request, { signal })) {
      if (progress.kind === 'loading') onProgress('Reading the picture');
      else if (progress.kind === 'encoding') onProgress(`Reading the picture with ${progress.label}`);
      else {
        readyDecoder(progress.embedding);
        return progress.embedding;
      }
    }
    throw new CancelledError('The picture is not to be prompted any more');
  },
};
