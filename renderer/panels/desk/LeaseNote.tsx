import { UserRound } from 'lucide-react';
import { assetKey, type Asset } from '../../../shared/domain/asset.ts';
import type { LeaseView } from '../../../shared/contracts/rpc/leases.ts';
import { nextUnreviewed } from '../../actions/moving/nextUnreviewed.ts';
import { leaveItToThem, takeOver } from '../../actions/review/takeOver.ts';
import { othersLease, useLeases } from '../../stores/leases.ts';
import { usePanes, type Side } from '../../stores/panes.ts';
import { Button } from '../../ui/Button.tsx';
import { hasItSince } from '../shared/leaseWords.ts';
import { capsOf } from '../shared/platform.ts';
import './LeaseNote.css';

/** A second look before somebody's unfinished edit is passed by. */
const Question = ({ lease }: { readonly lease: LeaseView }) => (
  <>
    <span className="lease-note-words">
      <strong>{lease.reviewer} has an unfinished edit of it.</strong> <span className="dim">It stays {lease.reviewer}’s draft, and is not in the mask.</span>
    </span>
    <span className="lease-note-ways">
      <Button tone="accent" onClick={takeOver.run}>
        Take over
      </Button>
      <Button tone="quiet" onClick={leaveItToThem}>
        Leave it to {lease.reviewer}
      </Button>
    </span>
  </>
);

const Taken = ({ lease, isActive }: { readonly lease: LeaseView; readonly isActive: boolean }) => (
  <>
    <span className="lease-note-words" title={`${hasItSince(lease)}. You can look at it.`}>
      <strong>{hasItSince(lease)}</strong> <span className="dim lease-note-aside">to look at only</span>
    </span>
    {isActive && (
      <span className="lease-note-ways">
        <Button onClick={takeOver.run} caps={capsOf(takeOver)}>
          Take over
        </Button>
        <Button tone="quiet" onClick={nextUnreviewed.run} caps={capsOf(nextUnreviewed)}>
          Next
        </Button>
      </span>
    )}
  </>
);

/** Over a picture that somebody else works on. */
export const LeaseNote = ({ side, asset }: { readonly side: Side; readonly asset: Asset }) => {
  const lease = useLeases((state) => othersLease(state, asset));
  const isAsking = useLeases((state) => state.asking === assetKey(asset));
  const isActive = usePanes((state) => state.active === side);
  if (lease === undefined) return null;
  return (
    <div className="lease-notes">
      <div className={isAsking ? 'lease-note lease-note-asks' : 'lease-note'} role="status" data-testid={`lease-${side}`}>
        <UserRound aria-hidden="true" />
        {isAsking ? <Question lease={lease} /> : <Taken lease={lease} isActive={isActive} />}
      </div>
    </div>
  );
};
