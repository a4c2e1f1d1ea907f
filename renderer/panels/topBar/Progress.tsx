import { perHour, usePace } from '../../stores/pace.ts';
import { useQueue } from '../../stores/queue.ts';
import { useToday } from '../../stores/today.ts';
import { Meter } from '../../ui/Meter.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { clockTime, duration } from '../shared/words.ts';

const count = (value: number, what: string): string => `${value.toLocaleString()} ${what}`;

/** The day in one sentence; what is not known is not said. */
const useTodaySentence = (pace: number | null): string => {
  const day = useToday((state) => state.day);
  if (day === null) return 'Today’s figures are being read.';
  const judged = day.approved + day.rejected;
  if (judged + day.reopened === 0) return 'No verdict today yet.';
  const parts = [count(day.approved, 'approved'), count(day.rejected, 'rejected'), ...(day.reopened > 0 ? [count(day.reopened, 'reopened')] : [])];
  const mine = day.byMe === judged ? '' : `, ${day.byMe.toLocaleString()} of them by you`;
  const since = day.firstAtMs === null ? '' : ` Since ${clockTime(day.firstAtMs)}, last at ${clockTime(day.lastAtMs ?? day.firstAtMs)}.`;
  const speed = pace === null ? ' Your pace is known after five verdicts and a minute.' : '';
  return `Today: ${parts.join(', ')}${mine}.${since}${speed}`;
};

/** How far the store is, and how fast this person is. */
export const Progress = () => {
  const totals = useQueue((state) => state.totals);
  const verdicts = usePace((state) => state.verdicts);
  const workedMs = usePace((state) => state.workedMs);
  const pace = perHour({ verdicts, workedMs });
  const today = useTodaySentence(pace);
  if (totals === null) return null;
  const all = Object.values(totals).reduce((sum, each) => sum + each, 0);
  if (all === 0) return null;
  const judged = totals.approved + totals.rejected;
  const left = totals.to_review;
  return (
    <Tip label={today}>
      <div className="progress figures" data-testid="progress">
        <Meter share={judged / all} tone="ok" label="Reviewed" />
        <span className="dim">
          {judged.toLocaleString()} of {all.toLocaleString()}
          {pace !== null && (
            <span className="progress-pace">
              {' '}
              · {Math.round(pace).toLocaleString()} an hour{left > 0 && ` · ${duration((left / pace) * 3600)} left`}
            </span>
          )}
        </span>
      </div>
    </Tip>
  );
};
