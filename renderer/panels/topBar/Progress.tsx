import { perHour, usePace } from '../../stores/pace.ts';
import { useQueue } from '../../stores/queue.ts';
import { Meter } from '../../ui/Meter.tsx';
import { duration } from '../shared/words.ts';

/** How far the store is, and how fast this person is. */
export const Progress = () => {
  const totals = useQueue((state) => state.totals);
  const verdicts = usePace((state) => state.verdicts);
  const workedMs = usePace((state) => state.workedMs);
  if (totals === null) return null;
  const all = Object.values(totals).reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  const judged = totals.approved + totals.rejected;
  const pace = perHour({ verdicts, workedMs });
  const left = totals.to_review;
  return (
    <div className="progress" data-testid="progress">
      <Meter share={judged / all} tone="ok" label="Reviewed" />
      <span className="dim">
        {judged.toLocaleString()} of {all.toLocaleString()}
        {pace !== null && (
          <span className="progress-pace">
            {' '}
            · {Math.round(pace)} an hour{left > 0 && ` · ${duration((left / pace) * 3600)} left`}
          </span>
        )}
      </span>
    </div>
  );
};
