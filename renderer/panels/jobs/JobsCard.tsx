import { useEffect, useState } from 'react';
import { followJobs } from '../../actions/app/jobs.ts';
import { followPipelineJobs } from '../../actions/app/pipelineJobs.ts';
import { followUnfinishedExports } from '../../actions/exports/exportSet.ts';
import { useJobs } from '../../stores/jobs.ts';
import { usePipelineJobs } from '../../stores/pipelineJobs.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { EndedBatches } from './EndedBatches.tsx';
import { FailedTasks } from './FailedTasks.tsx';
import './Jobs.css';
import { PipelineJobs } from './PipelineJobs.tsx';
import { UnderWay } from './UnderWay.tsx';

type PageId = 'now' | 'pipeline' | 'failed' | 'ended';

const Jobs = () => {
  const failed = useJobs((state) => state.failed.total);
  const error = useJobs((state) => state.error);
  const open = usePipelineJobs((state) => state.batches.filter(({ sentAtMs }) => sentAtMs === null).length);
  const hasPipeline = usePipelineJobs((state) => state.batches.length > 0);
  const [page, setPage] = useState<PageId>('now');
  useEffect(followJobs, []);
  useEffect(followPipelineJobs, []);
  useEffect(followUnfinishedExports, []);
  return (
    <>
      {error !== null && (
        <p className="jobs-error selectable" role="alert">
          {error}
        </p>
      )}
      <Tabs
        label="Jobs"
        active={page}
        onChange={setPage}
        pages={[
          { id: 'now', label: 'Under way', content: <UnderWay /> },
          ...(hasPipeline ? [{ id: 'pipeline' as const, label: open === 0 ? 'Pipeline jobs' : `Pipeline jobs ${open.toLocaleString()}`, content: <PipelineJobs /> }] : []),
          { id: 'failed', label: failed === 0 ? 'Failed' : `Failed ${failed.toLocaleString()}`, content: <FailedTasks /> },
          { id: 'ended', label: 'Ended', content: <EndedBatches /> },
        ]}
      />
    </>
  );
};

/** What Maskdesk does beside the reviewing, what came of it, and what can be done about it. */
export const JobsCard = () => {
  const isOpen = useOverlay((state) => state.open === 'jobs');
  return (
    <FloatingCard isOpen={isOpen} title="Jobs" description="What is done in the background. It goes on when this is closed, and after a restart." width="wide" onClose={closeOverlay}>
      {isOpen && <Jobs />}
    </FloatingCard>
  );
};
