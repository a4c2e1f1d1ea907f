import { create } from 'zustand';
import type { BatchProgress } from '../../shared/domain/intake.ts';
import { core } from '../bridge/core.ts';

interface PipelineJobsState {
  /** Not sent yet and sent last, newest first; empty where no worker serves the store. */
  readonly batches: readonly BatchProgress[];
}

/** What the pipeline has announced to the workers of this store, and how far they are. */
export const usePipelineJobs = create<PipelineJobsState>(() => ({ batches: [] }));

/** Answers to older questions are dropped. */
let lastRequest = 0;

export const refreshPipelineJobs = async (): Promise<void> => {
  const request = ++lastRequest;
  const batches = await core().pipeline.batches();
  if (request === lastRequest) usePipelineJobs.setState({ batches });
};
