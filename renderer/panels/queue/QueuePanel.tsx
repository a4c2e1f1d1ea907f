import type { AssetKind, AssetState } from '../../../shared/domain/asset.ts';
import { assetSorts, type AssetSort } from '../../../shared/domain/assetQuery.ts';
import { inBackground } from '../../stores/notices.ts';
import { setFilter, setSort, useQueue } from '../../stores/queue.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Select } from '../../ui/Select.tsx';
import { stateLabels } from '../shared/words.ts';
import { ActiveFilters } from './ActiveFilters.tsx';
import { BulkBar } from './BulkBar.tsx';
import { FilterPopup } from './FilterPopup.tsx';
import { FindField } from './FindField.tsx';
import { QueueList } from './QueueList.tsx';
import { RefusedCard } from './RefusedCard.tsx';
import { SavedFiltersPopup } from './SavedFiltersPopup.tsx';
import './QueuePanel.css';

const kinds: readonly { readonly kind: AssetKind; readonly label: string }[] = [
  { kind: 'product_image', label: 'Products' },
  { kind: 'keyframe', label: 'Keyframes' },
];
const sortLabels: Readonly<Record<AssetSort, string>> = { worst: 'Worst first', newest: 'Newest', product: 'By product' };
const sortOptions = assetSorts.map((value) => ({ value, label: sortLabels[value] }));
/** The order of work: what waits for a verdict first. */
const shownStates = ['to_review', 'rejected', 'approved', 'failed', 'unsegmented'] as const satisfies readonly AssetState[];

const StateChips = () => {
  const state = useQueue((queue) => queue.filter.state);
  const counts = useQueue((queue) => queue.counts);
  return (
    <div className="queue-chips" role="group" aria-label="State">
      {shownStates
        .filter((shown) => shown !== 'failed' || shown === state || (counts?.failed ?? 0) > 0)
        .map((shown) => (
          <Chip key={shown} isActive={state === shown} count={counts?.[shown] || undefined} onClick={() => inBackground(setFilter({ state: state === shown ? null : shown }), 'queue')}>
            {shown === 'unsegmented' ? 'No mask' : stateLabels[shown]}
          </Chip>
        ))}
    </div>
  );
};

const KindsAndOrder = () => {
  const kind = useQueue((queue) => queue.filter.kind);
  const sort = useQueue((queue) => queue.sort);
  return (
    <div className="queue-chips queue-kinds" role="group" aria-label="Kind and order">
      {kinds.map((shown) => (
        <Chip key={shown.kind} isActive={kind === shown.kind} onClick={() => inBackground(setFilter({ kind: kind === shown.kind ? null : shown.kind }), 'queue')}>
          {shown.label}
        </Chip>
      ))}
      <span className="queue-sort">
        <Select label="Order" tone="quiet" options={sortOptions} value={sort} onChange={(next) => inBackground(setSort(next), 'queue')} />
      </span>
    </div>
  );
};

export const QueuePanel = () => (
  <nav className="queue" aria-label="Queue" data-region>
    <div className="queue-head">
      <div className="queue-find">
        <FindField />
        <FilterPopup />
        <SavedFiltersPopup />
      </div>
      <StateChips />
      <KindsAndOrder />
      <ActiveFilters />
    </div>
    <QueueList />
    <BulkBar />
    <RefusedCard />
  </nav>
);
