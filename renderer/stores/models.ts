import { create } from 'zustand';
import type { ModelId } from '../../shared/domain/ids.ts';
import type { ModelStatus, PullProgress } from '../../shared/domain/model.ts';
import { isCancelled } from '../../shared/errors/errors.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';
import { inBackground, notify } from './notices.ts';

export interface Pull {
  readonly progress: PullProgress | null;
  /** A sentence once it has failed. */
  readonly error: string | null;
  readonly cancel: () => void;
}

interface ModelsState {
  readonly models: readonly ModelStatus[];
  readonly pulls: Readonly<Record<string, Pull>>;
}

export const useModels = create<ModelsState>(() => ({ models: [], pulls: {} }));

/** Those that make masks by themselves: to re-run, and to be the default. */
export const foregroundModels = (models: readonly ModelStatus[]): readonly ModelStatus[] => models.filter(({ task }) => task === 'foreground');
/** Those that answer a person's points and boxes. */
export const promptModels = (models: readonly ModelStatus[]): readonly ModelStatus[] => models.filter(({ task }) => task === 'prompt');

export const loadModels = async (): Promise<void> => useModels.setState({ models: await core().models.list() });

const setPull = (modelId: ModelId, pull: Pull | null): void =>
  useModels.setState(({ pulls }) => {
    const { [modelId]: _replaced, ...others } = pulls;
    return { pulls: pull === null ? others : { ...others, [modelId]: pull } };
  });

const labelOf = (modelId: ModelId): string => useModels.getState().models.find((model) => model.modelId === modelId)?.label ?? modelId;

/** It may have been started anywhere, and whoever started it is elsewhere by now. */
const sayPullFailed = (modelId: ModelId, error: unknown): void => {
  const again = { label: 'Try again', run: () => inBackground(pullModel(modelId)) };
  notify({ level: 'error', message: `${labelOf(modelId)} could not be downloaded. ${sentenceOf(error)}`, topic: `pull:${modelId}`, buttons: [again] });
};

/** Downloads a model's weights with progress in the store; a failure is kept there, beside the button that tries again. */
export const pullModel = async (modelId: ModelId): Promise<void> => {
  const running = useModels.getState().pulls[modelId];
  if (running !== undefined && running.error === null) return;
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  setPull(modelId, { progress: null, error: null, cancel });
  try {
    for await (const progress of await core().models.pull({ modelId }, { signal: stop.signal })) {
      setPull(modelId, { progress, error: null, cancel });
    }
    setPull(modelId, null);
    notify({ level: 'success', message: `${labelOf(modelId)} is on this machine now.`, topic: `pull:${modelId}` });
  } catch (error) {
    const isStopped = stop.signal.aborted || isCancelled(error);
    setPull(modelId, isStopped ? null : { progress: null, error: sentenceOf(error), cancel });
    if (!isStopped) sayPullFailed(modelId, error);
  }
  await loadModels();
};
