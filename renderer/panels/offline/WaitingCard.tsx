import { lookAtWaiting, takeBackWaiting } from '../../actions/offline/settleWaiting.ts';
import { sendOne, sendWaiting } from '../../actions/offline/sendWaiting.ts';
import { countWords, kindWords } from '../../actions/offline/waitingWords.ts';
import { openRef } from '../../actions/desk/openItem.ts';
import { rejectReasonLabels } from '../../../shared/domain/verdict.ts';
import type { WaitingItem } from '../../../shared/contracts/rpc/offline.ts';
import { inBackground } from '../../stores/notices.ts';
import { useOffline } from '../../stores/offline.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { LongName } from '../../ui/LongName.tsx';
import { clockTime } from '../shared/words.ts';
import './WaitingCard.css';

const showItem = (item: WaitingItem): void => {
  closeOverlay();
  inBackground(openRef(item.asset), 'open');
};

const Row = ({ item }: { readonly item: WaitingItem }) => {
  const isOnline = useOffline((state) => state.reach.kind === 'online');
  const isSending = useOffline((state) => state.isSending);
  const refusal = useOffline((state) => state.refusals[item.id]);
  const trouble = item.conflict ?? refusal ?? null;
  const reason = item.reason === null ? '' : `: ${rejectReasonLabels[item.reason]}`;
  return (
    <li className="waiting-row" data-testid="waiting-row" data-asset-id={item.asset.id} data-conflict={item.conflict !== null}>
      <div className="waiting-what">
        <LongName className="waiting-name" name={item.asset.id} />
        <span className="secondary">
          {kindWords(item)}
          {reason} · {clockTime(item.madeAtMs)}
        </span>
        {trouble !== null && <span className="waiting-trouble">{trouble}</span>}
      </div>
      {item.kind !== 'draft' && (
        <Button tone="quiet" onClick={() => takeBackWaiting(item)}>
          Take back
        </Button>
      )}
      {item.conflict === null ? (
        <>
          <Button tone="quiet" onClick={() => showItem(item)}>
            Show
          </Button>
          <Button disabled={!isOnline || isSending} onClick={() => sendOne(item.id)}>
            Send
          </Button>
        </>
      ) : (
        <Button tone="accent" disabled={!isOnline} onClick={() => lookAtWaiting(item)}>
          Look at both
        </Button>
      )}
    </li>
  );
};

const Content = () => {
  const { items, reach, isSending } = useOffline();
  const fitting = items.filter(({ conflict }) => conflict === null).length;
  if (items.length === 0) return <p className="dim">Nothing waits: everything is in the store.</p>;
  return (
    <div className="waiting">
      <ul className="waiting-list">
        {items.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
      <div className="waiting-foot">
        <span className="secondary">{reach.kind === 'away' ? 'They can be sent when the store is back.' : fitting === items.length ? countWords(items) : `${fitting} of ${items.length} can be sent; the others want a look.`}</span>
        {fitting > 0 && (
          <Button tone="accent" data-autofocus disabled={reach.kind === 'away' || isSending} onClick={sendWaiting.run}>
            {isSending ? 'Sending…' : fitting === items.length ? 'Send all' : `Send ${fitting}`}
          </Button>
        )}
      </div>
    </div>
  );
};

/** What this person did while the store was away, one by one. */
export const WaitingCard = () => {
  const isOpen = useOverlay((state) => state.open === 'waiting');
  return (
    <FloatingCard isOpen={isOpen} title="Work that waits to be sent" description="Done on this machine while the store was away. Nothing of anybody else’s is replaced unseen." width="wide" onClose={closeOverlay}>
      {isOpen && <Content />}
    </FloatingCard>
  );
};
