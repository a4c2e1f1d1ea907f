import { sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import { replayVerdicts } from '../../../shared/domain/reviewState.ts';
import { useHistory } from '../../stores/history.ts';
import { reasonOf, stateLabels } from '../shared/words.ts';
import { ReopenButton } from './ReopenButton.tsx';

/** What was decided, why, by whom, and the way back. Also why no mask could be made. */
export const VerdictLine = ({ asset }: { readonly asset: Asset }) => {
  const known = useHistory((state) => state.asset);
  const verdicts = useHistory((state) => state.verdicts);
  const isJudged = asset.state === 'approved' || asset.state === 'rejected';
  const reason = reasonOf(asset);
  if (!isJudged && reason === null) return null;
  const latest = isJudged && known !== null && sameAsset(known, asset) ? replayVerdicts(verdicts).latest : null;
  return (
    <div className={`inspector-reason inspector-reason-${asset.state}`}>
      <p data-testid="reason">
        <strong>{stateLabels[asset.state]}</strong>
        {reason !== null && (
          <>
            : <span className="selectable">{reason}</span>
          </>
        )}
        {latest !== null && <span className="dim"> by {latest.reviewer}</span>}
        {latest?.note != null && <q className="inspector-note selectable">{latest.note}</q>}
      </p>
      <ReopenButton />
    </div>
  );
};
