import { jobs } from '../../actions/app/jobs.ts';
import { isUnderWay, useExportRun } from '../../stores/exportRun.ts';
import { useImporting } from '../../stores/importing.ts';
import { useMaskImport } from '../../stores/maskImport.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import { StateDot, type DotTone } from '../../ui/StateDot.tsx';
import { duration } from '../shared/words.ts';
import { StatusItem } from './StatusItem.tsx';

/** Work of this window beside the segmenting, in a few words each. */
const useOtherWork = (): readonly string[] => {
  const photos = useImporting((state) => state.run?.state === 'running');
  const masks = useMaskImport((state) => state.current?.state ?? null);
  const isExporting = useExportRun((state) => isUnderWay(state.run));
  return [photos ? 'Importing' : null, masks === 'reading' ? 'Reading masks' : masks === 'writing' ? 'Importing masks' : null, isExporting ? 'Exporting' : null].filter((words) => words !== null);
};

/** How much background work there is; opens the jobs. */
export const QueueStatus = () => {
  const status = useSegmentation((state) => state.status);
  const work = useOtherWork();
  if (status === null) return null;
  const { counts, paused, notice, secondsLeft } = status;
  const waiting = counts.queued + counts.running;
  const tone: DotTone = notice !== null ? 'warn' : work.length > 0 || (waiting > 0 && !paused) ? 'ok' : 'quiet';
  const queue = waiting === 0 ? [] : [...(paused ? ['Paused'] : []), `${waiting.toLocaleString()} in the queue`];
  const words = [...work, ...queue].join(' · ');
  const title = [
    work.length === 0 ? null : work.join(', '),
    waiting === 0 ? 'Nothing waits to be segmented' : `${waiting.toLocaleString()} to segment${paused ? ', paused' : ''}${secondsLeft !== null && !paused ? `, ${duration(secondsLeft)} left` : ''}`,
    notice,
    'Opens the jobs',
  ]
    .filter((part) => part !== null)
    .join('. ');
  return (
    <StatusItem title={title} action={jobs} testId="status-queue">
      <StateDot tone={tone} label={work.length > 0 && notice === null ? 'Working' : paused && waiting > 0 ? 'Paused' : (notice ?? (waiting > 0 ? 'Working' : 'Idle'))} />
      {words === '' ? 'No jobs' : words}
    </StatusItem>
  );
};
