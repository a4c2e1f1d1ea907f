import { memo, type CSSProperties } from 'react';
import type { Asset } from '../../../shared/domain/asset.ts';
import { open } from '../../actions/desk/openItem.ts';
import { StateDot } from '../../ui/StateDot.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import { Thumb } from '../shared/Thumb.tsx';
import { percent, placeOf, reasonOf, stateLabels, stateTones } from '../shared/words.ts';

interface QueueRowProps {
  readonly asset: Asset;
  readonly isSelected: boolean;
  readonly style: CSSProperties;
}

/** The third line: why it is here, else what is known of its mask. */
const detailOf = (asset: Asset): string => {
  const reason = reasonOf(asset);
  if (reason !== null) return reason;
  if (asset.headAreaShare === null) return stateLabels[asset.state];
  return `${percent(asset.headAreaShare)} of the picture`;
};

export const QueueRow = memo(({ asset, isSelected, style }: QueueRowProps) => (
  <button
    type="button"
    className={isSelected ? 'queue-row queue-row-selected' : 'queue-row'}
    style={style}
    aria-current={isSelected || undefined}
    data-testid="queue-row"
    data-asset-id={asset.id}
    onMouseDown={keepFocus}
    onClick={() => open(asset)}
  >
    <Thumb asset={asset} sidePx={50} />
    <span className="queue-row-text">
      <span className="queue-row-line">
        <span className="ellipsis" title={asset.id}>
          {asset.id}
        </span>
        <StateDot tone={stateTones[asset.state]} label={stateLabels[asset.state]} />
      </span>
      <span className="secondary ellipsis" title={placeOf(asset)}>
        {placeOf(asset)}
      </span>
      <span className="queue-row-line">
        <span className="note ellipsis">{detailOf(asset)}</span>
        {asset.hasDraft && <span className="queue-row-draft">Draft</span>}
      </span>
    </span>
  </button>
));
QueueRow.displayName = 'QueueRow';
