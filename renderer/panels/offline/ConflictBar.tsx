import { decideLater, settleShown } from '../../actions/offline/settleWaiting.ts';
import { useOffline } from '../../stores/offline.ts';
import { Button } from '../../ui/Button.tsx';
import './ConflictBar.css';

/** What mine would do. */
const mineLabels = { approve: 'Mine: approve it', reject: 'Mine: reject it', reopen: 'Mine: back to review', draft: 'Mine is the draft' } as const;

/** Under two masks side by side of which one waits to be sent: which one stands. What is not chosen stays as a version. */
export const ConflictBar = () => {
  const shown = useOffline((state) => state.shown);
  if (shown === null) return null;
  return (
    <div className="conflict-bar" role="group" aria-label="Which one stands" data-testid="conflict-bar">
      <span className="conflict-words">
        {shown.sentence ?? 'Nothing was changed meanwhile.'} <span className="dim">What you do not choose is kept as a version.</span>
      </span>
      <Button tone="quiet" onClick={decideLater}>
        Later
      </Button>
      <Button onClick={() => settleShown('edit')}>Edit mine</Button>
      <Button onClick={() => settleShown('theirs')} data-testid="conflict-theirs">
        {shown.kind === 'draft' ? 'The other one' : 'Theirs stands'}
      </Button>
      <Button tone="accent" onClick={() => settleShown('mine')} data-testid="conflict-mine">
        {mineLabels[shown.kind]}
      </Button>
    </div>
  );
};
