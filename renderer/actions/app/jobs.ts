import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { TaskId } from '../../../shared/domain/ids.ts';
import type { TaskBatchKey } from '../../../shared/domain/task.ts';
import { core } from '../../bridge/core.ts';
import { refreshJobs } from '../../stores/jobs.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, openOverlay, toggleOverlay, useOverlay } from '../../stores/overlay.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import type { Action } from '../action.ts';
import { openRef } from '../desk/openItem.ts';

export const jobs: Action = {
  id: 'jobs',
  label: 'Jobs',
  group: 'App',
  keys: ['Ctrl+J'],
  run: () => toggleOverlay('jobs'),
};

export const showJobs = (): void => openOverlay('jobs');

const pictures = (count: number): string => `${count.toLocaleString()} ${count === 1 ? 'picture' : 'pictures'}`;

const retry = async (taskIds: readonly TaskId[] | null): Promise<void> => {
  const { retried } = await core().segmentation.retry(taskIds === null ? {} : { taskIds: [...taskIds] });
  notify({ level: 'info', message: retried === 0 ? 'Nothing failed that could be tried again.' : `${pictures(retried)} put in line again.`, topic: 'segment' });
  await refreshJobs();
};

export const retryTasks = (taskIds: readonly TaskId[]): void => inBackground(retry(taskIds), 'segment');

export const retryFailed: Action = {
  id: 'segment.retry',
  label: 'Try everything again that failed',
  group: 'App',
  keys: [],
  run: () => inBackground(retry(null), 'segment'),
};

const cancel = async (which: { taskIds: TaskId[] } | { batch: TaskBatchKey }): Promise<void> => {
  const { cancelled } = await core().segmentation.cancel(which);
  notify({ level: 'info', message: cancelled === 0 ? 'It has ended already.' : `${pictures(cancelled)} taken out of the line.`, topic: 'segment' });
  await refreshJobs();
};

export const cancelTask = (taskId: TaskId): void => inBackground(cancel({ taskIds: [taskId] }), 'segment');
export const cancelBatch = ({ createdAtMs, modelId }: TaskBatchKey): void => inBackground(cancel({ batch: { createdAtMs, modelId } }), 'segment');

/** The item of a job on the desk. */
export const openItemOfTask = (asset: AssetRef): void => {
  closeOverlay();
  inBackground(openRef(asset), 'open');
};

/** A panel in sight is read again at most this often: a batch changes many times a second. */
const restMs = 500;
/** A store of a million tasks takes longer to count: then the core rests so many times as long as it worked. */
const restShare = 5;

/** Keeps the jobs panel current while it is in sight. @returns a function that stops it */
export const followJobs = (): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let tookMs = 0;
  const readNow = async (): Promise<void> => {
    const beganMs = performance.now();
    await refreshJobs();
    tookMs = performance.now() - beganMs;
  };
  const read = (): void => {
    timer = null;
    if (useOverlay.getState().open === 'jobs') inBackground(readNow(), 'jobs');
  };
  read();
  const stop = useSegmentation.subscribe(() => {
    timer ??= setTimeout(read, Math.max(restMs, restShare * tookMs));
  });
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
};
