import { Image, ImagePlus, Sparkles } from 'lucide-react';
import { importFolder, startImport, type ImportKind } from '../../actions/app/importFolder.ts';
import { otherSide, usePanes, type Side } from '../../stores/panes.ts';
import { useQueue } from '../../stores/queue.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';

const words = {
  left: { kind: 'products', none: 'No product photos yet', nothingToCompare: 'No product to compare with', what: 'product photos', how: 'One folder a product, or a mapping.csv beside them.' },
  right: { kind: 'keyframes', none: 'No keyframes yet', nothingToCompare: 'No keyframe to compare with', what: 'keyframes', how: 'One folder a video, the time in each name.' },
} as const satisfies Record<Side, Record<string, string> & { readonly kind: ImportKind }>;

/** Why a side of the desk is empty, and what helps: nothing is there, nothing matches, nothing is chosen. */
export const NothingShown = ({ side }: { readonly side: Side }) => {
  const other = usePanes((state) => state[otherSide(side)].asset);
  const totals = useQueue((state) => state.totals);
  const isListEmpty = useQueue((state) => state.total === 0);
  const isListRead = useQueue((state) => state.status === 'ready');
  const isWorking = useSegmentation((state) => state.status !== null && state.status.counts.queued + state.status.counts.running > 0);
  const { kind, none, nothingToCompare, what, how } = words[side];
  if (other !== null) {
    return (
      <EmptyState icon={<ImagePlus />} title={nothingToCompare} action={<Button onClick={() => startImport(kind, other.jobIds[0] ?? null)}>Import {what}…</Button>}>
        Its job has no {what} yet.
      </EmptyState>
    );
  }
  // Nothing is said before it is known.
  if (totals === null || !isListRead) return null;
  if (Object.values(totals).every((count) => count === 0)) {
    return (
      <EmptyState icon={<ImagePlus />} title={none} action={<Button onClick={importFolder.run}>{importFolder.label}</Button>}>
        {how}
      </EmptyState>
    );
  }
  if (!isListEmpty) {
    return (
      <EmptyState icon={<Image />} title="Nothing on the desk">
        Choose an item in the queue.
      </EmptyState>
    );
  }
  if (isWorking) {
    return (
      <EmptyState icon={<Sparkles />} title="Masks are being made">
        The first one opens here by itself.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<Image />} title="Nothing on the desk">
      {totals.to_review === 0 && totals.unsegmented > 0 ? 'No picture has a mask to review yet: the queue can have them made.' : 'The queue lists nothing at the moment: other items are behind its filters.'}
    </EmptyState>
  );
};
