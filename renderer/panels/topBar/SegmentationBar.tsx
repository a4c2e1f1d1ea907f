import { Pause, Play, Sparkles, TriangleAlert, X } from 'lucide-react';
import { cancelSegmentation, pauseSegmentation, segmentAll } from '../../actions/app/segmentAll.ts';
import { useQueue } from '../../stores/queue.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Meter } from '../../ui/Meter.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { duration } from '../shared/words.ts';

/** The background work: a bar, a count, a rate, a time left, pause and cancel; or, when there is some to do, the button that starts it. */
export const SegmentationBar = () => {
  const status = useSegmentation((state) => state.status);
  const unsegmented = useQueue((state) => state.totals?.unsegmented ?? 0);
  if (status === null) return null;
  const { counts, paused, perMinute, secondsLeft, notice } = status;
  const waiting = counts.queued + counts.running;
  if (waiting === 0) {
    if (unsegmented === 0) return null;
    return (
      <div className="segmenting">
        <Button className="segmenting-start" tone="accent" icon={<Sparkles size={15} strokeWidth={1.6} aria-hidden="true" />} onClick={segmentAll.run}>
          Segment {unsegmented.toLocaleString()}
        </Button>
      </div>
    );
  }
  const done = counts.done + counts.failed;
  return (
    <div className="segmenting" data-testid="segmenting">
      <Meter share={done / (done + waiting)} label="Segmented" />
      <span className="dim">
        {paused ? 'Paused · ' : ''}
        {waiting.toLocaleString()} to segment
        <span className="segmenting-rate">
          {perMinute !== null && !paused && ` · ${perMinute.toFixed(perMinute < 10 ? 1 : 0)} a minute`}
          {secondsLeft !== null && !paused && ` · ${duration(secondsLeft)} left`}
        </span>
      </span>
      {notice !== null && (
        <Tip label={notice}>
          <TriangleAlert className="warn-icon" size={15} aria-label={notice} />
        </Tip>
      )}
      <span className="segmenting-buttons">
        <IconButton label={paused ? 'Go on segmenting' : 'Pause segmenting'} onClick={pauseSegmentation.run}>
          {paused ? <Play /> : <Pause />}
        </IconButton>
        <IconButton label={cancelSegmentation.label} onClick={cancelSegmentation.run}>
          <X />
        </IconButton>
      </span>
    </div>
  );
};
