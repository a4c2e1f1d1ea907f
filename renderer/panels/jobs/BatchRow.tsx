import { cancelBatch } from '../../actions/app/jobs.ts';
import type { TaskBatch } from '../../../shared/domain/task.ts';
import { useModels } from '../../stores/models.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { clockTime } from '../shared/words.ts';
import { countsInWords, shareOf } from './taskWords.ts';

/** What was put in line in one go: model, when, how far, and Cancel. */
export const BatchRow = ({ batch }: { readonly batch: TaskBatch }) => {
  const label = useModels((state) => state.models.find(({ modelId }) => modelId === batch.modelId)?.label ?? batch.modelId);
  return (
    <li className="jobs-batch" data-testid="batch">
      <p className="jobs-batch-head">
        <span className="jobs-name ellipsis" title={label}>
          {label}
        </span>
        <span className="secondary">put in line {clockTime(batch.createdAtMs)}</span>
      </p>
      <ProgressBar
        share={shareOf(batch)}
        label={`${label}, put in line ${clockTime(batch.createdAtMs)}`}
        shown={countsInWords(batch)}
        buttons={
          <Button tone="quiet" className="jobs-small" onClick={() => cancelBatch(batch)}>
            Cancel
          </Button>
        }
      />
    </li>
  );
};
