import { Database, FolderOpen, FolderPlus, Server } from 'lucide-react';
import { connectTeamStore, newStore, openStore } from '../../actions/app/stores.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { useRecentStores } from '../../stores/recentStores.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { RecentStoreList } from './RecentStoreList.tsx';
import './Stores.css';

/** Stores that were open before, and the ways to others. */
export const StoresCard = () => {
  const isOpen = useOverlay((state) => state.open === 'stores');
  const stores = useRecentStores((state) => state.stores);
  return (
    <FloatingCard isOpen={isOpen} title="Stores" description="Another store opens in this window; what you have drawn is kept first." onClose={closeOverlay}>
      {stores !== null && stores.length === 0 && (
        <div className="stores-empty">
          <EmptyState icon={<Database />} title="No other store was open on this machine" />
        </div>
      )}
      {stores !== null && <RecentStoreList stores={stores} />}
      <div className="stores-buttons">
        <Button icon={<FolderOpen className="icon-small" aria-hidden="true" />} onClick={openStore.run}>
          {openStore.label}
        </Button>
        <Button icon={<FolderPlus className="icon-small" aria-hidden="true" />} onClick={newStore.run}>
          {newStore.label}
        </Button>
        <Button icon={<Server className="icon-small" aria-hidden="true" />} onClick={connectTeamStore.run}>
          {connectTeamStore.label}
        </Button>
      </div>
    </FloatingCard>
  );
};
