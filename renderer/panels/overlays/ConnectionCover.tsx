import { useEffect, useState } from 'react';
import { DatabaseZap, LoaderCircle, RotateCw } from 'lucide-react';
import { retryConnection } from '../../actions/app/retry.ts';
import { connectTeamStore, openStore } from '../../actions/app/stores.ts';
import type { HostState } from '../../../shared/contracts/host/messages.ts';
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

interface Failure {
  readonly code: string | null;
  readonly message: string;
}

/** How often a store that was away at the start is looked for. */
const tryEveryMs = 10_000;

/** A team's store that is away is looked for by itself, and what was said of it stays in sight while it is. Null: that is not what is wrong. */
const useAwayStore = (state: HostState): Failure | null => {
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    if (state.kind === 'starting') return;
    const isAway = state.kind === 'failed' && (state.code === 'store_unreachable' || state.code === 'blobs_unreachable');
    setFailure(isAway ? { code: state.code, message: state.message } : null);
    if (!isAway) return;
    const timer = setTimeout(retryConnection, tryEveryMs);
    return () => clearTimeout(timer);
  }, [state]);
  return failure;
};

const titleOf = (code: string | null): string => {
  if (code === null) return 'Maskdesk’s core has stopped';
  return code === 'store_unreachable' || code === 'blobs_unreachable' ? 'The store can’t be reached' : 'The store can’t be opened';
};

const Failed = ({ code, message, isTrying }: Failure & { readonly isTrying: boolean }) => (
  <div className="connection-cover" role="alert">
    <EmptyState
      icon={<DatabaseZap />}
      title={titleOf(code)}
      action={
        <span className="connection-buttons">
          <Button tone="accent" icon={<RotateCw className="icon-small" aria-hidden="true" />} onClick={retryConnection} disabled={isTrying}>
            {isTrying ? 'Trying…' : 'Try again'}
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
  const isWaiting = useAwayStore(state);
  if (state.kind === 'restarting') {
    return (
      <div className="connection-line" role="status">
        <LoaderCircle size={15} aria-hidden="true" className="spin" />
        {state.message}
      </div>
    );
  }
  if (isWaiting !== null) return <Failed {...isWaiting} isTrying={state.kind === 'starting'} />;
  return state.kind === 'failed' ? <Failed code={state.code} message={state.message} isTrying={false} /> : null;
};
