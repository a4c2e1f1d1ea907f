import { core } from '../../bridge/core.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import { activeAsset } from '../../stores/panes.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, toggleOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';
import { expectResult } from './modelResults.ts';

export const rerun: Action = {
  id: 'rerun',
  label: 'Re-run a model…',
  group: 'Verdict',
  keys: ['R'],
  when: () => activeAsset() !== null,
  run: () => toggleOverlay('rerun'),
};

const start = async (modelId: ModelId, threshold: number): Promise<void> => {
  const asset = activeAsset();
  if (asset === null) return;
  const ref = { kind: asset.kind, id: asset.id };
  const { added } = await core().segmentation.rerun({ assets: [ref], modelId, threshold });
  if (added > 0) expectResult(ref);
  const message = added > 0 ? `${modelId} is working on ${asset.id}` : `${modelId} with this threshold is already in line for ${asset.id}`;
  notify({ level: 'info', message, topic: `rerun:${asset.id}` });
};

/** The popover's button: this model, this threshold, on what the active pane shows. */
export const rerunWith = (modelId: ModelId, threshold: number): void => {
  closeOverlay();
  inBackground(start(modelId, threshold), 'rerun');
};
