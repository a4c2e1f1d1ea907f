import type { BatchProgress } from '../../../shared/domain/intake.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { refreshPipelineJobs } from '../../stores/pipelineJobs.ts';
import { setFilter } from '../../stores/queue.ts';
import { everything } from '../../stores/queueFilter.ts';

/** Workers are other processes, often on other machines: what they do is read again as long as somebody looks. */
const restMs = 3000;

/** Keeps the list current while it is in sight. @returns a function that stops it */
export const followPipelineJobs = (): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isStopped = false;
  const read = async (): Promise<void> => {
    try {
      if (useOverlay.getState().open === 'jobs') await refreshPipelineJobs();
    } finally {
      if (!isStopped) timer = setTimeout(() => inBackground(read(), 'pipelineJobs'), restMs);
    }
  };
  inBackground(read(), 'pipelineJobs');
  return () => {
    isStopped = true;
    if (timer !== null) clearTimeout(timer);
  };
};

/** The pictures of one row in the queue, whatever has become of them. */
export const showJobInQueue = ({ jobId, kind }: BatchProgress): void => {
  closeOverlay();
  inBackground(setFilter({ ...everything, jobId, kind }), 'queue');
};
