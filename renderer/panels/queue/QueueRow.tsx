import { memo, type MouseEvent } from 'react';
import { Check, CloudUpload, MessageSquare, UserRound } from 'lucide-react';
import { assetKey, type Asset } from '../../../shared/domain/asset.ts';
import { useAppInfo } from '../../stores/appInfo.ts';
import { unfinishedWords } from '../../actions/review/unfinishedWords.ts';
import { useUnfinished } from '../../stores/unfinished.ts';
import { kindWords } from '../../actions/offline/waitingWords.ts';
import { useOffline, waitingVerdict } from '../../stores/offline.ts';
import { othersLease, useLeases } from '../../stores/leases.ts';
import { useTaskMarks } from '../../stores/taskMarks.ts';
import { StateDot } from '../../ui/StateDot.tsx';
import { LongName } from '../../ui/LongName.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import { Thumb } from '../shared/Thumb.tsx';
import { hasItSince } from '../shared/leaseWords.ts';
import { placeOf, stateLabels, stateTones } from '../shared/words.ts';
import { rowReasonOf, soundnessOf } from './rowFacts.ts';

interface QueueRowProps {
  readonly asset: Asset;
  readonly row: number;
  readonly total: number;
  readonly topPx: number;
  readonly isCompact: boolean;
  /** On the desk now. */
  readonly isInHand: boolean;
  /** One of several that are chosen together. */
  readonly isChosen: boolean;
  /** Whether the keyboard is on it. */
  readonly isCursor: boolean;
  readonly onPress: (event: MouseEvent, asset: Asset, row: number) => void;
  readonly onTick: (asset: Asset, row: number) => void;
}

/** For `aria-activedescendant`. */
export const rowElementId = (row: number): string => `queue-row-${row}`;

const SoundnessBar = ({ asset }: { readonly asset: Asset }) => {
  const { share, tone } = soundnessOf(asset);
  const shown = share === null ? 'Not checked yet' : `Sound by the checks: ${Math.round(share * 100)} %`;
  return (
    <span className="queue-row-bar" title={shown}>
      {share !== null && <span className={`queue-row-fill queue-row-fill-${tone}`} style={{ width: `${Math.max(4, share * 100)}%` }} />}
    </span>
  );
};

/** One's own opens with the item; somebody else's is theirs. */
const DraftMark = ({ asset }: { readonly asset: Asset }) => {
  const reviewer = useAppInfo((state) => state.info?.reviewer);
  if (!asset.hasDraft) return null;
  const others = asset.draftsBy.filter((other) => other !== reviewer);
  const isOwn = others.length < asset.draftsBy.length;
  const shown = [isOwn && 'You have an unfinished edit of it', others.length > 0 && `Unfinished edit of ${others.join(', ')}`].filter((part) => part !== false).join(' · ');
  return (
    <span className={`queue-row-draft ellipsis ${isOwn ? '' : 'queue-row-draft-other'}`} title={shown}>
      {isOwn ? 'Draft' : `Draft: ${others.join(', ')}`}
    </span>
  );
};

/** It is in no mask and in no draft: only going back there ends it. */
const UnfinishedMark = ({ asset }: { readonly asset: Asset }) => {
  const unfinished = useUnfinished((state) => state.byAsset.get(assetKey(asset)));
  if (unfinished === undefined) return null;
  return (
    <span className="queue-row-draft ellipsis" title={`You have begun ${unfinishedWords(unfinished)}`}>
      Unfinished
    </span>
  );
};

/** Judged on this machine while the store was away. */
const WaitingMark = ({ asset }: { readonly asset: Asset }) => {
  const waiting = useOffline((state) => waitingVerdict(state.items, asset));
  if (waiting === undefined) return null;
  return (
    <span className="queue-row-waiting" title={`${kindWords(waiting)}; it waits to be sent to the store`} data-testid="queue-row-waiting">
      <CloudUpload aria-hidden="true" />
      Waiting
    </span>
  );
};

/** Somebody else has it. */
const TakenMark = ({ asset }: { readonly asset: Asset }) => {
  const lease = useLeases((state) => othersLease(state, asset));
  if (lease === undefined) return null;
  return (
    <span className={lease.purpose === 'ahead' ? 'queue-row-taken queue-row-taken-ahead' : 'queue-row-taken'} title={hasItSince(lease)} data-testid="queue-row-taken">
      <UserRound aria-hidden="true" />
      <span className="ellipsis">{lease.reviewer}</span>
    </span>
  );
};

export const QueueRow = memo(({ asset, row, total, topPx, isCompact, isInHand, isChosen, isCursor, onPress, onTick }: QueueRowProps) => {
  const task = useTaskMarks((state) => state.marks.get(assetKey(asset)) ?? null);
  const reason = rowReasonOf(asset, task);
  const names = ['queue-row', isInHand && 'queue-row-selected', isChosen && 'queue-row-chosen', isCursor && 'queue-row-cursor'];
  return (
    // The list has the keyboard's focus and moves along its rows; a row is for the mouse.
    <div
      id={rowElementId(row)}
      role="option"
      className={names.filter((name) => name !== false).join(' ')}
      style={{ top: topPx }}
      aria-selected={isChosen || isInHand}
      aria-current={isInHand || undefined}
      aria-setsize={total}
      aria-posinset={row + 1}
      data-testid="queue-row"
      data-asset-id={asset.id}
      data-row={row}
      onMouseDown={keepFocus}
      onClick={(event) => onPress(event, asset, row)}
    >
      <span className="queue-row-thumb">
        <Thumb asset={asset} sidePx={isCompact ? 30 : 52} />
        <span
          className="queue-row-tick"
          aria-hidden="true"
          title={isChosen ? 'Leave out' : 'Choose with others (Ctrl click)'}
          onClick={(event) => {
            event.stopPropagation();
            onTick(asset, row);
          }}
        >
          {isChosen && <Check strokeWidth={2.4} />}
        </span>
      </span>
      <span className="queue-row-text">
        <span className="queue-row-line">
          <LongName className="queue-row-name" name={asset.id} />
          <TakenMark asset={asset} />
          <WaitingMark asset={asset} />
          <UnfinishedMark asset={asset} />
          <DraftMark asset={asset} />
          {asset.openComments > 0 && (
            <span className="queue-row-comments" title={`${asset.openComments} open ${asset.openComments === 1 ? 'comment' : 'comments'}`}>
              <MessageSquare aria-hidden="true" />
              {asset.openComments}
            </span>
          )}
          <StateDot tone={stateTones[asset.state]} label={stateLabels[asset.state]} />
        </span>
        <span className="queue-row-line">
          {!isCompact && (
            <span className="queue-row-place secondary ellipsis" title={placeOf(asset)}>
              {placeOf(asset)}
            </span>
          )}
          <span className={`queue-row-reason queue-row-reason-${reason.tone} ellipsis`} title={`${asset.hasDraft ? 'Of the saved version: ' : ''}${reason.detail === null ? reason.text : `${reason.text}: ${reason.detail}`}`}>
            {reason.text}
            {reason.detail !== null && <span className="queue-row-detail"> · {reason.detail}</span>}
          </span>
        </span>
        {!isCompact && <SoundnessBar asset={asset} />}
      </span>
    </div>
  );
});
QueueRow.displayName = 'QueueRow';

/** Where an item will be: shaped like one, so that nothing jumps when it comes. */
export const QueueRowToCome = ({ topPx }: { readonly topPx: number }) => (
  <div className="queue-row queue-row-to-come" style={{ top: topPx }} role="presentation" data-testid="queue-row-to-come">
    <span className="queue-row-blank queue-row-blank-thumb" />
    <span className="queue-row-text">
      <span className="queue-row-blank queue-row-blank-name" />
      <span className="queue-row-blank queue-row-blank-place" />
    </span>
  </div>
);
