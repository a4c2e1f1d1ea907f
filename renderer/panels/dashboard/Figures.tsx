import type { Dashboard } from '../../../shared/domain/stats.ts';
import { duration, percent } from '../shared/words.ts';

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly testId: string;
}

const Figure = ({ label, value, note, testId }: FigureProps) => (
  <div className="figure" data-testid={testId}>
    <dt className="secondary">{label}</dt>
    <dd className="figure-value selectable">{value}</dd>
    <dd className="note">{note}</dd>
  </div>
);

const secondsInWords = (seconds: number): string => (seconds < 60 ? `${seconds.toFixed(seconds < 10 ? 1 : 0)} s` : duration(seconds));
const none = '–';

/** The numbers that a lead looks at first. */
export const Figures = ({ dashboard }: { readonly dashboard: Dashboard }) => {
  const { buckets, secondsAMask, backlog, byModel } = dashboard;
  const approved = buckets.reduce((sum, bucket) => sum + bucket.approved, 0);
  const rejected = buckets.reduce((sum, bucket) => sum + bucket.rejected, 0);
  const corrected = byModel.reduce((sum, model) => sum + model.corrected, 0);
  const all = approved + rejected;
  return (
    <dl className="dashboard-figures">
      <Figure testId="figure-approved" label="Approved" value={approved.toLocaleString()} note={corrected === 0 ? 'none of them corrected' : `${corrected.toLocaleString()} of them corrected`} />
      <Figure testId="figure-rejected" label="Rejected" value={rejected.toLocaleString()} note={all === 0 ? 'of no verdicts yet' : `${percent(rejected / all, 0)} of all verdicts`} />
      <Figure testId="figure-pace" label="Masks an hour" value={backlog.perHour === null ? none : Math.round(backlog.perHour).toLocaleString()} note="in hours of work, all reviewers" />
      <Figure testId="figure-seconds" label="Time a mask" value={secondsAMask === null ? none : secondsInWords(secondsAMask.median)} note={secondsAMask === null ? 'known after two verdicts' : `median; 9 of 10 within ${secondsInWords(secondsAMask.p90)}`} />
      <Figure
        testId="figure-backlog"
        label="To review"
        value={backlog.toReview.toLocaleString()}
        note={backlog.toReview === 0 ? 'nothing is left' : backlog.etaMs === null ? 'no forecast without verdicts' : `about ${duration(backlog.etaMs / 1000)} of work`}
      />
    </dl>
  );
};
