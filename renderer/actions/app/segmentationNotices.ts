import type { SegmentationStatus } from '../../../shared/contracts/rpc/segmentation.ts';
import { notify } from '../../stores/notices.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { setSegmentationStatus, useSegmentation } from '../../stores/segmentation.ts';
import { retryFailed, showJobs } from './jobs.ts';

/** Failures when the work of now began; null while nothing is being done. */
let failedBefore: number | null = null;

const unfinished = ({ counts }: SegmentationStatus): number => counts.queued + counts.running;

/** When the line is empty, what failed in it is said once, with what can be done. Whoever watches the jobs sees it there. */
const sayWhatFailed = (failed: number): void => {
  if (failed <= 0 || useOverlay.getState().open === 'jobs') return;
  const message = failed === 1 ? 'One picture could not be segmented.' : `${failed.toLocaleString()} pictures could not be segmented.`;
  notify({ level: 'warning', message, topic: 'segment.failed', buttons: [{ label: 'Show why', run: showJobs }, { label: 'Try again', run: retryFailed.run }] });
};

/** Takes in what the core says of the background work. */
export const noteSegmentation = (status: SegmentationStatus): void => {
  const before = useSegmentation.getState().status;
  setSegmentationStatus(status);
  if (unfinished(status) > 0) failedBefore ??= before?.counts.failed ?? status.counts.failed;
  else if (failedBefore !== null) {
    sayWhatFailed(status.counts.failed - failedBefore);
    failedBefore = null;
  }
};
