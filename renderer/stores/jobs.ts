import { create } from 'zustand';
import type { Task, TaskBatch, TaskPage } from '../../shared/domain/task.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';

interface JobsState {
  readonly batches: readonly TaskBatch[];
  /** In hand, then those that follow. */
  readonly running: readonly Task[];
  readonly queued: TaskPage;
  /** Failures that stand, newest first, as far as they have been read. */
  readonly failed: TaskPage;
  readonly status: 'unread' | 'ready' | 'error';
  readonly error: string | null;
}

const emptyPage: TaskPage = { tasks: [], offset: 0, total: 0 };
const queuedShown = 8;
const failedPage = 50;
/** The contract's largest page. */
const largestPage = 200;

export const useJobs = create<JobsState>(() => ({ batches: [], running: [], queued: emptyPage, failed: emptyPage, status: 'unread', error: null }));

/** Answers to older questions are dropped. */
let lastRequest = 0;

/** Reads everything that the panel shows; of the failures as many as were shown. */
export const refreshJobs = async (): Promise<void> => {
  const request = ++lastRequest;
  const shown = Math.min(largestPage, Math.max(failedPage, useJobs.getState().failed.tasks.length));
  const { segmentation } = core();
  try {
    const [batches, running, queued, failed] = await Promise.all([
      segmentation.batches(),
      segmentation.tasks({ state: 'running', offset: 0, limit: 20 }),
      segmentation.tasks({ state: 'queued', offset: 0, limit: queuedShown }),
      segmentation.tasks({ state: 'failed', offset: 0, limit: shown }),
    ]);
    if (request === lastRequest) useJobs.setState({ batches, running: running.tasks, queued, failed, status: 'ready', error: null });
  } catch (error) {
    if (request === lastRequest) useJobs.setState({ status: 'error', error: sentenceOf(error) });
    throw error;
  }
};

/** The next page of failures. */
export const moreFailures = async (): Promise<void> => {
  const { failed } = useJobs.getState();
  const page = await core().segmentation.tasks({ state: 'failed', offset: failed.tasks.length, limit: failedPage });
  const known = new Set(failed.tasks.map(({ taskId }) => taskId));
  useJobs.setState({ failed: { ...page, offset: 0, tasks: [...failed.tasks, ...page.tasks.filter(({ taskId }) => !known.has(taskId))] } });
};
