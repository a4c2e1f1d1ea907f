import { useEffect, useRef } from 'react';
import { CircleAlert, FolderOpen, ListFilter, PartyPopper, Sparkles } from 'lucide-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { assetKey, sameAsset } from '../../../shared/domain/asset.ts';
import { importFolder } from '../../actions/app/importFolder.ts';
import { segmentAll } from '../../actions/app/segmentAll.ts';
import { inBackground } from '../../stores/notices.ts';
import { everything, loadMore, refreshQueue, setFilter, useQueue } from '../../stores/queue.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import { useSelection } from '../../stores/selection.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { QueueRow } from './QueueRow.tsx';

const rowHeightPx = 66;
const rowsAhead = 6;

/** Before the first masks are there, or when only pictures without one are left. */
const NoMasksYet = ({ unsegmented }: { readonly unsegmented: number }) => {
  const counts = useSegmentation((state) => state.status?.counts ?? null);
  const notice = useSegmentation((state) => state.status?.notice ?? null);
  const isWorking = counts !== null && counts.queued + counts.running > 0;
  if (isWorking) {
    return (
      <EmptyState icon={<Sparkles />} title="Masks are being made">
        {notice ?? 'Each one appears here as soon as it is there.'}
      </EmptyState>
    );
  }
  const pictures = unsegmented === 1 ? 'One picture has' : `${unsegmented.toLocaleString()} pictures have`;
  return (
    <EmptyState icon={<Sparkles />} title="No masks to review" action={<Button tone="accent" onClick={segmentAll.run}>Segment now</Button>}>
      {pictures} no mask yet. A model makes the first ones, in the background.
    </EmptyState>
  );
};

const NothingListed = () => {
  const { totals, filter } = useQueue();
  const all = Object.values(totals ?? {}).reduce((sum, count) => sum + count, 0);
  if (all === 0) {
    return (
      <EmptyState icon={<FolderOpen />} title="This store is empty" action={<Button tone="accent" onClick={importFolder.run}>Import a folder…</Button>}>
        Bring in product photos or keyframes to begin.
      </EmptyState>
    );
  }
  const isUnfiltered = filter.kind === null && filter.text === '';
  const unsegmented = totals?.unsegmented ?? 0;
  if (filter.state === 'to_review' && isUnfiltered && unsegmented > 0) return <NoMasksYet unsegmented={unsegmented} />;
  const isDone = filter.state === 'to_review' && isUnfiltered;
  const clear = <Button onClick={() => inBackground(setFilter(everything), 'queue')}>{isDone ? 'Show all items' : 'Clear filters'}</Button>;
  if (isDone) {
    return (
      <EmptyState icon={<PartyPopper />} title="Nothing left to review" action={clear}>
        Every mask that is there has a verdict.
      </EmptyState>
    );
  }
  return <EmptyState icon={<ListFilter />} title="Nothing matches" action={clear} />;
};

/** Rows that are on screen, and a few more; the list may have 100,000. */
const Rows = () => {
  const assets = useQueue((state) => state.assets);
  const hasMore = useQueue((state) => state.nextCursor !== null);
  const item = useSelection((state) => state.item);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: assets.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeightPx, overscan: rowsAhead });
  const rows = virtual.getVirtualItems();
  const lastRow = rows.at(-1)?.index ?? 0;
  const selectedIndex = item === null ? -1 : assets.findIndex((asset) => sameAsset(asset, item));

  useEffect(() => {
    if (hasMore && lastRow >= assets.length - 30) inBackground(loadMore(), 'queue');
  }, [hasMore, lastRow, assets.length]);
  useEffect(() => {
    if (selectedIndex !== -1) virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtual]);

  return (
    <div className="queue-list" ref={scroller} data-testid="queue-list">
      <div className="queue-rows" style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ index, start }) => {
          const asset = assets[index];
          if (asset === undefined) return null;
          return <QueueRow key={assetKey(asset)} asset={asset} isSelected={index === selectedIndex} style={{ transform: `translateY(${start}px)` }} />;
        })}
      </div>
    </div>
  );
};

export const QueueList = () => {
  const status = useQueue((state) => state.status);
  const error = useQueue((state) => state.error);
  const isEmpty = useQueue((state) => state.assets.length === 0);
  if (status === 'error') {
    return (
      <EmptyState icon={<CircleAlert />} title="The list could not be read" action={<Button onClick={() => inBackground(refreshQueue(), 'queue')}>Try again</Button>}>
        {error}
      </EmptyState>
    );
  }
  if (!isEmpty) return <Rows />;
  return status === 'loading' ? <div className="queue-list" aria-busy="true" /> : <NothingListed />;
};
