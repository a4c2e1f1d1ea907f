import { History } from 'lucide-react';
import { useJobs } from '../../stores/jobs.ts';
import { useModels } from '../../stores/models.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { clockTime } from '../shared/words.ts';
import { countsInWords } from './taskWords.ts';

/** What ended last, by what was put in line in one go. */
export const EndedBatches = () => {
  const batches = useJobs((state) => state.batches);
  const models = useModels((state) => state.models);
  const ended = batches.filter((batch) => batch.finishedAtMs !== null);
  if (ended.length === 0) {
    return (
      <div className="jobs-empty">
        <EmptyState icon={<History />} title="Nothing has ended yet">
          The last jobs are listed here when they are done.
        </EmptyState>
      </div>
    );
  }
  return (
    <ul className="jobs-list" data-testid="ended-batches">
      {ended.map((batch) => (
        <li key={`${batch.createdAtMs} ${batch.modelId}`} className="jobs-ended">
          <span className="jobs-name ellipsis">{models.find(({ modelId }) => modelId === batch.modelId)?.label ?? batch.modelId}</span>
          <span className="dim ellipsis">{countsInWords(batch)}</span>
          <span className="secondary">{batch.finishedAtMs !== null && clockTime(batch.finishedAtMs)}</span>
        </li>
      ))}
    </ul>
  );
};
