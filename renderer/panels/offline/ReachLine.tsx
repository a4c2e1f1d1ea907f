import { CloudOff, CloudUpload, X } from 'lucide-react';
import { lookAtNextConflict } from '../../actions/offline/settleWaiting.ts';
import { retryStore } from '../../actions/offline/retryStore.ts';
import { sendWaiting } from '../../actions/offline/sendWaiting.ts';
import { putWaitingAway, waitingList } from '../../actions/offline/waitingList.ts';
import { countWords } from '../../actions/offline/waitingWords.ts';
import { useOffline } from '../../stores/offline.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { clockTime } from '../shared/words.ts';
import { ConflictBar } from './ConflictBar.tsx';
import './ReachLine.css';

const partWords = { store: 'Store', files: 'Pictures and masks' } as const;

const Away = () => {
  const { reach, isLooking, items } = useOffline();
  if (reach.kind === 'online') return null;
  const isStore = reach.parts.includes('store');
  const waiting = items.length === 0 ? '' : ` ${countWords(items)} ${items.length === 1 ? 'waits' : 'wait'} to be sent.`;
  return (
    <div className="reach-line reach-line-away" role="status" data-testid="reach-line" title={reach.message}>
      <CloudOff className="icon-small" aria-hidden="true" />
      <span className="reach-line-words">
        <strong>
          {partWords[isStore ? 'store' : 'files']} not reachable since {clockTime(reach.sinceMs)}.
        </strong>{' '}
        What you do is kept on this machine.{waiting}
      </span>
      {items.length > 0 && (
        <Button tone="quiet" onClick={waitingList.run}>
          Show
        </Button>
      )}
      <Button onClick={retryStore.run} disabled={isLooking} data-testid="reach-retry">
        {isLooking ? 'Looking…' : 'Retry now'}
      </Button>
    </div>
  );
};

const Waiting = () => {
  const { items, isSending, isPutAway, shown } = useOffline();
  // While one is being decided on, the question is there.
  if (items.length === 0 || isPutAway || shown !== null) return null;
  const conflicts = items.filter(({ conflict }) => conflict !== null).length;
  return (
    <div className="reach-line" role="status" data-testid="waiting-line">
      <CloudUpload className="icon-small" aria-hidden="true" />
      <span className="reach-line-words">
        <strong>{countWords(items)}</strong> from while the store was away{conflicts > 0 && `; ${conflicts} ${conflicts === 1 ? 'has' : 'have'} other work in the way`}.
      </span>
      {conflicts > 0 && conflicts === items.length ? (
        <Button tone="accent" onClick={lookAtNextConflict}>
          Look at both
        </Button>
      ) : (
        <Button tone="accent" onClick={sendWaiting.run} disabled={isSending} data-testid="send-all">
          {isSending ? 'Sending…' : conflicts > 0 ? 'Send the others' : 'Send all'}
        </Button>
      )}
      <Button onClick={waitingList.run}>Look at each…</Button>
      <IconButton label="Later: the palette has it as “Work that waits to be sent…”" onClick={putWaitingAway}>
        <X />
      </IconButton>
    </div>
  );
};

/** A line over the desk: the store is away, or what was done meanwhile is offered. Nothing else of the window changes. */
export const ReachLine = () => {
  const isOnline = useOffline((state) => state.reach.kind === 'online');
  const isAsking = useOffline((state) => state.shown !== null && !state.shown.isSideBySide);
  if (isOnline && isAsking) return <ConflictBar />;
  return isOnline ? <Waiting /> : <Away />;
};
