import { DatabaseZap, LoaderCircle } from 'lucide-react';
import { retryConnection } from '../../actions/app/retry.ts';
import { useConnection } from '../../stores/connection.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import './ConnectionCover.css';

/** When there is no core: why, and the button that tries again. A core that is being started again leaves the desk in sight. */
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
  if (state.kind !== 'failed') return null;
  return (
    <div className="connection-cover" role="alert">
      <EmptyState
        icon={<DatabaseZap />}
        title="The store can’t be opened"
        action={
          <Button tone="accent" onClick={retryConnection}>
            Try again
          </Button>
        }
      >
        {state.message}
      </EmptyState>
    </div>
  );
};
