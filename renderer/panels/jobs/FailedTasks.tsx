import { CircleCheck } from 'lucide-react';
import { openItemOfTask, retryFailed, retryTasks } from '../../actions/app/jobs.ts';
import { moreFailures, useJobs } from '../../stores/jobs.ts';
import { inBackground } from '../../stores/notices.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { clockTime } from '../shared/words.ts';
import { pictures } from './taskWords.ts';

/** Failures that stand, each with its reason in words and another try. */
export const FailedTasks = () => {
  const { tasks, total } = useJobs((state) => state.failed);
  const isRead = useJobs((state) => state.status !== 'unread');
  if (!isRead) return null;
  if (total === 0) {
    return (
      <div className="jobs-empty">
        <EmptyState icon={<CircleCheck />} title="Nothing has failed">
          What fails is listed here with the reason.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="jobs-page">
      <div className="jobs-overall">
        <p className="jobs-overall-words">{pictures(total)} could not be segmented.</p>
        <Button tone="accent" onClick={retryFailed.run} data-testid="retry-all">
          Try all again
        </Button>
      </div>
      <ul className="jobs-failures" data-testid="failed-tasks">
        {tasks.map(({ taskId, asset, parameters, reason, finishedAtMs }) => (
          <li key={taskId} className="jobs-failure">
            <div className="jobs-failure-words">
              <p className="jobs-batch-head">
                <button type="button" className="jobs-item ellipsis" title={`Open ${asset.id}`} onClick={() => openItemOfTask(asset)}>
                  {asset.id}
                </button>
                <span className="secondary">
                  {parameters.modelId}
                  {finishedAtMs !== null && ` · ${clockTime(finishedAtMs)}`}
                </span>
              </p>
              <p className="secondary selectable">{reason ?? 'No reason is known.'}</p>
            </div>
            <Button onClick={() => retryTasks([taskId])}>Try again</Button>
          </li>
        ))}
      </ul>
      {tasks.length < total && (
        <Button tone="quiet" onClick={() => inBackground(moreFailures(), 'jobs')}>
          Show more, {(total - tasks.length).toLocaleString()} left
        </Button>
      )}
    </div>
  );
};
