import { waitingHere } from '../../actions/review/importWaits.ts';
import { useCompare } from '../../stores/compare.ts';
import { useHistory } from '../../stores/history.ts';
import { ImportWaitsButtons } from '../shared/ImportWaitsButtons.tsx';

/** Over two masks, where no notice lies, of which one waits beside the other: it is decided here, where it is seen. */
export const ImportWaitsBar = () => {
  const history = useHistory();
  const asset = useCompare((state) => state.asset);
  const pair = useCompare((state) => state.pair);
  const [newest] = waitingHere(history, asset);
  if (newest === undefined || pair === null || ![pair.a, pair.b].includes(newest.revisionId)) return null;
  const source = newest.importOrigin?.source ?? 'an import';
  return (
    <div className="compare-ways" role="group" aria-label="The imported mask" data-testid="compare-import-waits">
      <span className="ellipsis" title={source}>
        The mask from {source} waits
      </span>
      <ImportWaitsButtons />
    </div>
  );
};
