import { assetKey } from '../../../shared/domain/asset.ts';
import { openRef } from '../../actions/desk/openItem.ts';
import { useBulkRun } from '../../stores/bulkRun.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import './RefusedCard.css';

/** A long list says nothing more. */
const mostShown = 200;

/** The items of a batch that the core refused, each with why and a way there. */
export const RefusedCard = () => {
  const isOpen = useOverlay((state) => state.open === 'bulkRefused');
  const refusals = useBulkRun((state) => state.refusals);
  const items = refusals?.items ?? [];
  return (
    <FloatingCard
      isOpen={isOpen && refusals !== null}
      title={`${items.length.toLocaleString()} ${refusals?.participle ?? ''}`}
      description="Each is as it was. Take one on the desk to see to it."
      onClose={closeOverlay}
    >
      <ul className="refused">
        {items.slice(0, mostShown).map(({ asset, message }) => (
          <li key={assetKey(asset)}>
            <button
              type="button"
              className="refused-item"
              onMouseDown={keepFocus}
              onClick={() => {
                closeOverlay();
                inBackground(openRef(asset), 'open');
              }}
            >
              <span className="ellipsis" title={asset.id}>
                {asset.id}
              </span>
              <span className="secondary">{message}</span>
            </button>
          </li>
        ))}
      </ul>
      {items.length > mostShown && <p className="note">And {(items.length - mostShown).toLocaleString()} more.</p>}
    </FloatingCard>
  );
};
