import { useEffect } from 'react';
import { DatabaseZap, LoaderCircle, RotateCw } from 'lucide-react';
import { retryConnection } from '../../actions/app/retry.ts';
import { connectTeamStore, openStore } from '../../actions/app/stores.ts';
import { useConnection } from '../../stores/connection.ts';
import { inBackground } from '../../stores/notices.ts';
import { loadRecentStores, useRecentStores } from '../../stores/recentStores.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RecentStoreList } from '../stores/RecentStoreList.tsx';
import './ConnectionCover.css';

const shownStores = 4;

/** The host knows the other stores also while no core runs. */
const OtherStores = () => {
  const stores = useRecentStores((state) => state.stores);
  useEffect(() => inBackground(loadRecentStores()), []);
  const others = (stores ?? []).filter(({ isCurrent, isThere }) => !isCurrent && isThere).slice(0, shownStores);
  if (others.length === 0) return null;
  return (
    <section className="connection-others" aria-label="Recent stores">
      <h2>Recent stores</h2>
      <RecentStoreList stores={others} />
    </section>
  );
};

const Failed = ({ code, message }: { readonly code: string | null; readonly message: string }) => (
  <div className="connection-cover" role="alert">
    <EmptyState
      icon={<DatabaseZap />}
      title={code === null ? 'Maskdesk’s core has stopped' : 'The store can’t be opened'}
      action={
        <span className="connection-buttons">
          <Button tone="accent" icon={<RotateCw className="icon-small" aria-hidden="true" />} onClick={retryConnection}>
            Try again
          </Button>
          <Button onClick={openStore.run}>{openStore.label}</Button>
          <Button onClick={connectTeamStore.run}>{connectTeamStore.label}</Button>
        </span>
      }
    >
      {message}
    </EmptyState>
    <OtherStores />
  </div>
);

/** When there is no core: why, and the buttons that help. A core that is being started again leaves the desk in sight. */
export const ConnectionCover = () => {
  const state = useConnection((connection) => connection.state);
  if (state.kind === 'restarting') {
    return (
      <div className="connection-line" role="status">
        <LoaderCircle size={15} aria-hidden="true" className="spin" />
        {state.message}
      </div>
    );
  }
  return state.kind === 'failed' ? <Failed code={state.code} message={state.message} /> : null;
};
