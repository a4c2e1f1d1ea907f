import { Check, Server, X } from 'lucide-react';
import { openChosenStore } from '../../actions/app/stores.ts';
import type { RecentStore } from '../../../shared/contracts/host/stores.ts';
import { inBackground } from '../../stores/notices.ts';
import { removeRecentStore } from '../../stores/recentStores.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { clockTime } from '../shared/words.ts';
import './Stores.css';

const asideOf = ({ isCurrent, isThere, openedAtMs }: RecentStore): string => (isCurrent ? 'open now' : isThere ? clockTime(openedAtMs) : 'not there any more');

/** One a line: name, place, when. A store that is gone stays listed, dimmed, until it is taken out. */
export const RecentStoreList = ({ stores }: { readonly stores: readonly RecentStore[] }) => (
  <ul className="recent-stores" data-testid="recent-stores">
    {stores.map((store) => (
      <li key={store.storeId} className={store.isThere ? 'recent-store' : 'recent-store recent-store-gone'}>
        <button
          type="button"
          className="recent-store-open"
          disabled={!store.isThere || store.isCurrent}
          onClick={() => openChosenStore({ kind: 'known', storeId: store.storeId })}
        >
          <span className="recent-store-name ellipsis">
            {store.isCurrent && <Check className="icon-small" aria-hidden="true" />}
            {store.isTeam && <Server className="icon-small" aria-label="Team store" />}
            {store.name}
          </span>
          <span className="secondary ellipsis" title={store.location}>
            {store.location}
          </span>
          <span className="secondary recent-store-aside">{asideOf(store)}</span>
        </button>
        <IconButton label={`Take ${store.name} out of the list`} disabled={store.isCurrent} onClick={() => inBackground(removeRecentStore(store.storeId))}>
          <X />
        </IconButton>
      </li>
    ))}
  </ul>
);
