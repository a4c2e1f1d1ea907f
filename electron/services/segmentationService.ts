import type { AssetKind, AssetRef } from '../../shared/domain/asset.ts';
import { noMaskByItself } from '../../shared/domain/model.ts';
import type { SegmentParameters, Task } from '../../shared/domain/task.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { ImageCodec, MaskOrientation } from '../../shared/ports/imageCodec.ts';
import type { ModelStore } from '../../shared/ports/modelStore.ts';
import type { Segmenter } from '../../shared/ports/segmenter.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { Enqueued } from '../../shared/ports/store/taskStore.ts';
import { asId, type BatchId, type ModelId } from '../../shared/domain/ids.ts';
import type { Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import type { AppEvents } from './appEvents.ts';
import { ChangeSignal } from './segmentation/changeSignal.ts';
import { followTasks } from './segmentation/followTasks.ts';
import { weightsTrouble } from './segmentation/weights.ts';
import { TaskRunner } from './segmentation/taskRunner.ts';
import type { SegmentationChoice, SegmentationProgress, SegmentationRequest, SegmentationService, TaskChoice } from './services.ts';
import { askedForPriority, onScreenPriority } from './segmentation/priorities.ts';

export interface SegmentationServiceOptions {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly codec: Pick<ImageCodec, 'encodeMask' | 'encodeMatte'>;
  readonly models: Pick<ModelStore, 'list' | 'verify'>;
  readonly segmenterOf: (modelId: ModelId) => Promise<Segmenter>;
  readonly clock: Clock;
  readonly events: AppEvents;
  readonly defaults: SegmentParameters;
  readonly logger: Logger;
  /** Default exif: masks lie on the upright picture. */
  readonly orientation?: MaskOrientation | undefined;
  /** Tasks in hand at once; default 3, a pipeline over one serial inference. */
  readonly concurrency?: number | undefined;
}

const shownFailures = 200;
/** In the store's settings: a person paused its background work. */
const pausedKey = 'segmentation.paused';
/** Ended batches that are still listed. */
const endedBatches = 12;

const isOf = ({ taskId, createdAtMs, parameters }: Task, which: TaskChoice): boolean =>
  'batch' in which ? createdAtMs === which.batch.createdAtMs && parameters.modelId === which.batch.modelId : which.taskIds.includes(taskId);

/**
 * Background segmentation over the store's tasks. Claims nothing before it is asked to (start, rerun, run, unpause, idle), so that a host that only
 * reads leaves the queue alone.
 */
export const createSegmentationService = (options: SegmentationServiceOptions): SegmentationService & Disposable => {
  const { store, models, defaults, orientation = 'exif', concurrency = 3 } = options;
  const { tasks } = store;
  const changed = new ChangeSignal();
  const runner = new TaskRunner({ ...options, orientation, concurrency, onChange: () => changed.fire() });

  const parametersOf = async (choice: SegmentationChoice, weightsNeeded: boolean): Promise<SegmentParameters> => {
    const modelId = choice.modelId ?? defaults.modelId;
    const model = (await models.list()).find((status) => status.modelId === modelId);
    if (model === undefined) throw new ExpectedError('model_unknown', `There is no model ${modelId}.`);
    if (model.task !== 'foreground') throw new ExpectedError('model_unknown', noMaskByItself(model.label, modelId, model.task));
    const trouble = weightsNeeded ? weightsTrouble(model) : null;
    if (trouble !== null) throw trouble;
    return { modelId, threshold: choice.threshold ?? defaults.threshold, wantMatte: choice.wantMatte ?? defaults.wantMatte };
  };

  const status: SegmentationService['status'] = async () => {
    const counts = await tasks.counts();
    const { perMinute } = runner;
    const left = counts.queued + counts.running;
    return {
      counts,
      paused: runner.paused,
      perMinute,
      secondsLeft: perMinute === null || perMinute === 0 ? null : (left * 60) / perMinute,
      provider: runner.provider,
      // What stands in the way of nothing is no news.
      notice: left === 0 ? null : (runner.obstacle?.message ?? null),
    };
  };

  const enqueue = (assets: readonly AssetRef[] | undefined, parameters: SegmentParameters, kind?: AssetKind): Promise<Enqueued> =>
    assets === undefined ? tasks.enqueueUnsegmented(parameters, kind === undefined ? {} : { kind }) : tasks.enqueue(assets, parameters, { priority: askedForPriority });

  const start = async (choice: SegmentationChoice = {}): Promise<{ added: number }> => {
    const parameters = await parametersOf(choice, false);
    const { added } = await enqueue(undefined, parameters);
    changed.fire();
    await runner.begin(parameters.modelId);
    return { added: added.length };
  };

  const rerun = async (assets: readonly AssetRef[], choice: SegmentationChoice = {}): Promise<{ added: number; batchId: BatchId }> => {
    const parameters = await parametersOf(choice, true);
    const batchId = asId<BatchId>(options.clock.uuid());
    const { added } = await tasks.enqueue(assets, parameters, { priority: askedForPriority, batchId });
    changed.fire();
    await runner.begin(parameters.modelId);
    return { added: added.length, batchId };
  };

  const undoRerun = async (batchId: BatchId): Promise<{ cancelled: number; restored: number }> => {
    const cancelled = new Set(await tasks.cancelRerun(batchId));
    await runner.cancel((task) => cancelled.has(task.taskId));
    const restored = await store.revisions.restoreReplaced(batchId);
    changed.fire();
    if (restored.length > 0) options.events.assetsChanged(restored);
    return { cancelled: cancelled.size, restored: restored.length };
  };

  async function* run({ assets, kind, signal, ...choice }: SegmentationRequest = {}): AsyncGenerator<SegmentationProgress, void, void> {
    const parameters = await parametersOf(choice, assets !== undefined);
    const { added, existing } = await enqueue(assets, parameters, kind);
    changed.fire();
    const taskIds = [...added, ...existing];
    yield { kind: 'queued', added: added.length, total: taskIds.length };
    const ended = { done: 0, failed: 0, cancelled: 0 };
    const { modelId } = parameters;
    for await (const task of followTasks(runner, tasks, taskIds, { modelId, alone: assets !== undefined || kind !== undefined, signal })) {
      if (task.state === 'done' || task.state === 'failed' || task.state === 'cancelled') ended[task.state]++;
      yield { kind: 'ended', task };
    }
    if (signal?.aborted === true) {
      // What was in hand has gone back to the queue by then. Tasks that somebody else had asked for stay in it.
      await runner.interrupt();
      ended.cancelled += await tasks.cancelQueued(added);
      changed.fire();
    }
    yield { kind: 'finished', ...ended, left: taskIds.length - ended.done - ended.failed - ended.cancelled };
  }

  const cancelEverything = async (): Promise<{ cancelled: number }> => {
    const waiting = await tasks.cancelQueued();
    await runner.interrupt();
    // What was in hand has gone back to the queue by now.
    const inHand = await tasks.cancelQueued();
    changed.fire();
    return { cancelled: waiting + inHand };
  };

  /** What waits first, so that nothing of it is taken up meanwhile. */
  const cancelSome = async (which: TaskChoice): Promise<{ cancelled: number }> => {
    const waiting = 'batch' in which ? await tasks.cancelQueuedOf(which.batch) : await tasks.cancelQueued(which.taskIds);
    const inHand = await runner.cancel((task) => isOf(task, which));
    changed.fire();
    return { cancelled: waiting + inHand };
  };

  return {
    start,
    rerun,
    undoRerun,
    run,
    setPaused: async (paused) => {
      // Kept first: who paused it finds it paused after a restart, whatever happens next.
      if (((await store.settings.get(pausedKey)) === true) !== paused) await store.settings.set(pausedKey, paused);
      await runner.setPaused(paused);
      return status();
    },
    goOn: async () => {
      await runner.setPaused((await store.settings.get(pausedKey)) === true);
      return status();
    },
    cancel: (which) => (which === undefined ? cancelEverything() : cancelSome(which)),
    retry: async (taskIds) => {
      const retried = await tasks.retryFailed(askedForPriority, taskIds);
      changed.fire();
      await runner.begin();
      return { retried };
    },
    tasks: ({ state, offset, limit }) => tasks.page(state, offset, limit),
    batches: () => tasks.batches(endedBatches),
    prioritise: (assets) => tasks.prioritise(assets, onScreenPriority),
    status,
    failures: () => tasks.recentFailures(shownFailures),
    onChange: (listener) => changed.listen(listener),
    idle: (signal) => runner.idle(signal),
    dispose: async () => {
      await runner.dispose();
      changed.dispose();
    },
  };
};
