import { Import } from 'lucide-react';
import type { Asset } from '../../../shared/domain/asset.ts';
import { compareImported, waitingHere } from '../../actions/review/importWaits.ts';
import { useHistory } from '../../stores/history.ts';
import { othersLease, useLeases } from '../../stores/leases.ts';
import { usePanes, type Side } from '../../stores/panes.ts';
import { Button } from '../../ui/Button.tsx';
import { ImportWaitsButtons } from '../shared/ImportWaitsButtons.tsx';
import { capsOf } from '../shared/platform.ts';
import './LeaseNote.css';

/** Over a picture where a mask of an import waits beside a person's work: what to do about it. */
export const ImportWaitsNote = ({ side, asset }: { readonly side: Side; readonly asset: Asset }) => {
  const history = useHistory();
  const isActive = usePanes((state) => state.active === side);
  const isOthers = useLeases((state) => othersLease(state, asset) !== undefined);
  const waiting = waitingHere(history, asset);
  const [newest] = waiting;
  if (newest === undefined || !isActive || isOthers) return null;
  const source = newest.importOrigin?.source ?? 'an import';
  const words = waiting.length === 1 ? 'An import waits' : `${waiting.length} imports wait`;
  return (
    <div className="lease-notes">
      <div className="lease-note import-waits-note" role="status" data-testid={`import-waits-${side}`}>
        <Import aria-hidden="true" />
        <span className="lease-note-words" title={`A mask from ${source}, imported by ${newest.author}, waits beside what stands`}>
          <strong>{words}</strong> <span className="dim lease-note-aside">from {source}</span>
        </span>
        <span className="lease-note-ways">
          {asset.headRevisionId !== null && (
            <Button onClick={compareImported.run} caps={capsOf(compareImported)}>
              Compare
            </Button>
          )}
          <ImportWaitsButtons />
        </span>
      </div>
    </div>
  );
};
