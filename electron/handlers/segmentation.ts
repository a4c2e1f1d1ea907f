import type { SegmentationStatus } from '../../shared/contracts/rpc/segmentation.ts';
import type { SegmentationService } from '../services/services.ts';
import { eventStream } from './eventStream.ts';
import { rpc } from './context.ts';

/** A bar needs no more than this many looks at the status; each look counts rows. */
const shortestGapMs = 250;

/** The status now and after each change, at most four times a second; the last change is never lost. */
const statusChanges = (segmentation: SegmentationService, signal: AbortSignal | undefined): AsyncGenerator<SegmentationStatus, void, void> =>
  eventStream<SegmentationStatus>(
    (sink) => {
      let timer: NodeJS.Timeout | null = null;
      let lastReadMs = 0;
      let stopped = false;
      const read = (): void => {
        timer = null;
        lastReadMs = Date.now();
        segmentation.status().then(
          (status) => {
            if (!stopped) sink.push(status);
          },
          (error: unknown) => sink.fail(error),
        );
      };
      const onChange = (): void => {
        timer ??= setTimeout(read, Math.max(0, lastReadMs + shortestGapMs - Date.now()));
      };
      const stopListening = segmentation.onChange(onChange);
      read();
      return () => {
        stopped = true;
        stopListening();
        if (timer !== null) clearTimeout(timer);
      };
    },
    signal,
    'latest',
  );

export const segmentationHandlers = {
  start: rpc.segmentation.start.handler(({ context, input }) => context.services.segmentation.start(input)),
  rerun: rpc.segmentation.rerun.handler(({ context, input: { assets, ...choice } }) => context.services.segmentation.rerun(assets, choice)),
  undoRerun: rpc.segmentation.undoRerun.handler(({ context, input }) => context.services.segmentation.undoRerun(input.batchId)),
  pause: rpc.segmentation.pause.handler(({ context, input }) => context.services.segmentation.setPaused(input.paused)),
  cancel: rpc.segmentation.cancel.handler(({ context, input }) => context.services.segmentation.cancel(input)),
  retry: rpc.segmentation.retry.handler(({ context, input }) => context.services.segmentation.retry(input.taskIds)),
  tasks: rpc.segmentation.tasks.handler(({ context, input }) => context.services.segmentation.tasks(input)),
  batches: rpc.segmentation.batches.handler(({ context }) => context.services.segmentation.batches()),
  prioritise: rpc.segmentation.prioritise.handler(({ context, input }) => context.services.segmentation.prioritise(input.assets)),
  status: rpc.segmentation.status.handler(({ context }) => context.services.segmentation.status()),
  failures: rpc.segmentation.failures.handler(({ context }) => context.services.segmentation.failures()),
  watch: rpc.segmentation.watch.handler(({ context, signal }) => statusChanges(context.services.segmentation, signal)),
};
