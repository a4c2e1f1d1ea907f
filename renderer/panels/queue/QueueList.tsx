import { CircleAlert, FolderOpen, ListFilter, PartyPopper, Sparkles } from 'lucide-react';
import { importFolder } from '../../actions/app/importFolder.ts';
import { segmentAll } from '../../actions/app/segmentAll.ts';
import { inBackground } from '../../stores/notices.ts';
import { everything, refreshQueue, setFilter, useQueue } from '../../stores/queue.ts';
import { isNarrowed } from '../../stores/queueFilter.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Rows } from './Rows.tsx';

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
  const isUnfiltered = !isNarrowed(filter);
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

export const QueueList = () => {
  const status = useQueue((state) => state.status);
  const error = useQueue((state) => state.error);
  const isEmpty = useQueue((state) => state.total === 0);
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
