import type { BatchProgress } from '../../../shared/domain/intake.ts';
import { showJobInQueue } from '../../actions/app/pipelineJobs.ts';
import { usePipelineJobs } from '../../stores/pipelineJobs.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { batchInWords, batchState, kindWords, shareOfBatch } from './pipelineWords.ts';

const PipelineRow = ({ batch }: { readonly batch: BatchProgress }) => {
  const { jobId, kind, sentAtMs, failed } = batch;
  const state = batchState(batch);
  return (
    <li className="jobs-batch" data-testid="pipeline-job" data-job-id={jobId} data-kind={kind}>
      <p className="jobs-batch-head">
        <span className="jobs-pipeline-name">
          <button type="button" className="jobs-item jobs-name ellipsis" title={`Show job ${jobId} in the queue`} onClick={() => showJobInQueue(batch)}>
            {jobId}
          </button>
          <span className="secondary">{kindWords[kind]}</span>
        </span>
        <span className="secondary">{state}</span>
      </p>
      <ProgressBar share={shareOfBatch(batch)} label={`${jobId}, ${kindWords[kind]}`} shown={batchInWords(batch)} tone={sentAtMs !== null && failed === 0 ? 'ok' : 'accent'} />
    </li>
  );
};

/** What the pipeline has announced, a row a job and kind: those under way first. A press on one shows its pictures. */
export const PipelineJobs = () => {
  const batches = usePipelineJobs((state) => state.batches);
  const open = batches.filter(({ sentAtMs }) => sentAtMs === null);
  const sent = batches.filter(({ sentAtMs }) => sentAtMs !== null);
  return (
    <ul className="jobs-list" aria-label="Pipeline jobs" data-testid="pipeline-jobs">
      {[...open, ...sent].map((batch) => (
        <PipelineRow key={`${batch.jobId} ${batch.kind}`} batch={batch} />
      ))}
    </ul>
  );
};
