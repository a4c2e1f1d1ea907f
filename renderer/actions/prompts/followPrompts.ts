import { core } from '../../bridge/core.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import { reportFailure } from '../../stores/notices.ts';
import { useModels } from '../../stores/models.ts';
import { usePanes } from '../../stores/panes.ts';
import { assetAt, indexInQueue } from '../../stores/queue.ts';
import { useSelection } from '../../stores/selection.ts';
import { useSettings } from '../../stores/settings.ts';
import { toolIdsThatPrompt } from '../../stores/toolSettings.ts';
import { activeEditor, bothEditors, toolSettings } from '../desk/editors.ts';

/** So many items ahead are read for the model while the machine is idle. */
const itemsAhead = 10;
/** Whoever has not prompted for so long goes through the list otherwise. */
const recentMs = 10 * 60_000;

let usedAtMs = -Infinity;

const isPromptTool = (): boolean => toolIdsThatPrompt.includes(toolSettings.getState().toolId);

/** What this item shows and the next ones do, nearest first: were the one in hand not on the list, its reading that is under way would be thrown away and begun anew. */
const upcoming = (item: AssetRef): readonly AssetRef[] => {
  const index = indexInQueue(item);
  if (index === -1) return [];
  return Array.from({ length: 1 + itemsAhead }, (_, step) => assetAt(index + step)).flatMap((asset) => (asset === null ? [] : [{ kind: asset.kind, id: asset.id }]));
};

/** Reading ahead is a help and no promise: a missing model is said where a prompt is wanted. */
const prefetch = async (assets: readonly AssetRef[]): Promise<void> => {
  try {
    await core().prompts.prefetch({ assets: [...assets] });
  } catch (error) {
    if (!isExpected(error)) reportFailure(error, 'prefetch');
  }
};

const readAhead = (): void => {
  const { item } = useSelection.getState();
  if (item === null || Date.now() - usedAtMs > recentMs) return;
  void prefetch(upcoming(item));
};

/** A prompt tool is in hand: the picture under it is read before the first click. */
const prepareActive = (): void => {
  if (!isPromptTool() || activeEditor().document === null) return;
  usedAtMs = Date.now();
  activeEditor().prompts.prepare();
};

/** Called once, at start. */
export const startFollowingPrompts = (): void => {
  toolSettings.subscribe((now, before) => {
    if (now.toolId === before.toolId || !isPromptTool()) return;
    prepareActive();
    readAhead();
  });
  usePanes.subscribe((now, before) => {
    const isNew = now.active !== before.active || (now[now.active].status === 'ready' && before[now.active].status !== 'ready');
    if (isNew) prepareActive();
  });
  useSelection.subscribe(({ item }, { item: before }) => {
    if (item !== before) readAhead();
  });
  useSettings.subscribe(({ settings }, { settings: before }) => {
    if (before === null || settings === null || settings.promptModelId === before.promptModelId) return;
    for (const editor of bothEditors) editor.prompts.modelChanged();
    prepareActive();
    readAhead();
  });
  // A model that was missing is there now: the clicks that wait for it are answered.
  useModels.subscribe(({ models }, { models: before }) => {
    if (models === before) return;
    for (const editor of bothEditors) {
      const { phase, modelId } = editor.prompts.status.getState();
      const wanted = modelId ?? useSettings.getState().settings?.promptModelId;
      if (phase === 'missing' && models.some((model) => model.modelId === wanted && model.state === 'ready')) editor.prompts.prepare();
    }
  });
};
