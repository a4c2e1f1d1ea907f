import { Pause, Play, Sparkles, TriangleAlert } from 'lucide-react';
import { cancelSegmentation, pauseSegmentation, segmentAll } from '../../actions/app/segmentAll.ts';
import { listedUnfinished, useExportRun } from '../../stores/exportRun.ts';
import { useImporting } from '../../stores/importing.ts';
import { useJobs } from '../../stores/jobs.ts';
import { useMaskImport } from '../../stores/maskImport.ts';
import { useModels } from '../../stores/models.ts';
import { openOverlay } from '../../stores/overlay.ts';
import { useQueue } from '../../stores/queue.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { BatchRow } from './BatchRow.tsx';
import { Downloads } from './Downloads.tsx';
import { ExportJob } from './ExportJob.tsx';
import { ImportJob } from './ImportJob.tsx';
import { MaskImportJob } from './MaskImportJob.tsx';
import { UnfinishedExports } from '../exportSet/UnfinishedExports.tsx';
import { TaskList } from './TaskList.tsx';
import { paceOf } from './taskWords.ts';

/** Batches in sight; further ones are counted. */
const mostShown = 20;

/** All of it: rate, time left, pause, cancel; and what stands in the way, with what helps. */
const Overall = () => {
  const status = useSegmentation((state) => state.status);
  if (status === null || status.counts.queued + status.counts.running === 0) return null;
  const { paused, notice } = status;
  return (
    <div className="jobs-overall">
      <p className="jobs-overall-words" role="status">
        {paceOf(status)}
      </p>
      <Button icon={paused ? <Play className="icon-small" aria-hidden="true" /> : <Pause className="icon-small" aria-hidden="true" />} onClick={pauseSegmentation.run}>
        {paused ? 'Go on' : 'Pause all'}
      </Button>
      <Button onClick={cancelSegmentation.run}>Cancel all</Button>
      {notice !== null && (
        <p className="jobs-notice selectable">
          <TriangleAlert className="icon-small" aria-hidden="true" />
          <span>{notice}</span>
          <Button tone="quiet" onClick={() => openOverlay('models')}>
            Models…
          </Button>
        </p>
      )}
    </div>
  );
};

export const UnderWay = () => {
  const batches = useJobs((state) => state.batches);
  const running = useJobs((state) => state.running);
  const queued = useJobs((state) => state.queued);
  const status = useJobs((state) => state.status);
  const importRun = useImporting((state) => state.run);
  const exportRun = useExportRun((state) => state.run);
  const maskImport = useMaskImport((state) => state.current);
  const hasUnfinished = useExportRun((state) => listedUnfinished(state).length > 0);
  const hasPulls = useModels((state) => Object.keys(state.pulls).length > 0);
  const unsegmented = useQueue((state) => state.totals?.unsegmented ?? 0);
  const unfinished = batches.filter((batch) => batch.finishedAtMs === null);
  if (unfinished.length === 0 && importRun === null && exportRun === null && maskImport === null && !hasUnfinished && !hasPulls) {
    if (status === 'unread') return null;
    return (
      <div className="jobs-empty">
        <EmptyState icon={<Sparkles />} title="Nothing is under way" action={unsegmented > 0 && <Button tone="accent" onClick={segmentAll.run}>{`Segment ${unsegmented.toLocaleString()}`}</Button>}>
          {unsegmented > 0 ? `${unsegmented.toLocaleString()} ${unsegmented === 1 ? 'picture has' : 'pictures have'} no mask yet.` : 'Every picture has had its turn. New pictures are segmented when they are imported.'}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="jobs-page" data-testid="jobs-now">
      <Downloads />
      {importRun !== null && <ImportJob run={importRun} />}
      {maskImport !== null && <MaskImportJob current={maskImport} />}
      {exportRun !== null && <ExportJob run={exportRun} />}
      {hasUnfinished && <UnfinishedExports />}
      <Overall />
      <ul className="jobs-list">
        {unfinished.slice(0, mostShown).map((batch) => (
          <BatchRow key={`${batch.createdAtMs} ${batch.modelId}`} batch={batch} />
        ))}
        {unfinished.length > mostShown && <li className="secondary">and {(unfinished.length - mostShown).toLocaleString()} more that were put in line before</li>}
      </ul>
      {running.length > 0 && <TaskList title="In hand" tasks={running} />}
      {queued.total > 0 && <TaskList title="Next" tasks={queued.tasks} more={queued.total - queued.tasks.length} />}
    </div>
  );
};
