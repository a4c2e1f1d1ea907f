import { jobs } from '../../actions/app/jobs.ts';
import { useImporting } from '../../stores/importing.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import { StateDot, type DotTone } from '../../ui/StateDot.tsx';
import { duration } from '../shared/words.ts';
import { StatusItem } from './StatusItem.tsx';

/** How much background work there is; opens the jobs. */
export const QueueStatus = () => {
  const status = useSegmentation((state) => state.status);
  const importing = useImporting((state) => state.run?.state === 'running');
  if (status === null) return null;
  const { counts, paused, notice, secondsLeft } = status;
  const waiting = counts.queued + counts.running;
  const tone: DotTone = notice !== null ? 'warn' : waiting > 0 && !paused ? 'ok' : 'quiet';
  const words = waiting === 0 ? 'No jobs' : `${waiting.toLocaleString()} in the queue`;
  const title = [
    waiting === 0 ? 'Nothing waits to be segmented' : `${waiting.toLocaleString()} to segment${paused ? ', paused' : ''}${secondsLeft !== null && !paused ? `, ${duration(secondsLeft)} left` : ''}`,
    notice,
    'Opens the jobs',
  ]
    .filter((part) => part !== null)
    .join('. ');
  return (
    <StatusItem title={title} action={jobs} testId="status-queue">
      <StateDot tone={tone} label={paused && waiting > 0 ? 'Paused' : (notice ?? (waiting > 0 ? 'Working' : 'Idle'))} />
      {importing ? 'Importing · ' : ''}
      {paused && waiting > 0 ? `Paused · ${words}` : words}
    </StatusItem>
  );
};
