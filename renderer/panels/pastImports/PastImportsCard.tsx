import { Import } from 'lucide-react';
import { useEffect } from 'react';
import { importMasks, readImportFormats } from '../../actions/imports/importMasks.ts';
import { pastImports, readMoreImports, readPastImports } from '../../actions/imports/pastImports.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { usePastImports } from '../../stores/pastImports.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { PastImports } from './PastImports.tsx';

const Content = () => {
  const count = usePastImports((state) => state.imports?.length ?? null);
  const hasMore = usePastImports((state) => state.hasMore);
  useEffect(() => {
    readImportFormats();
    readPastImports();
  }, []);
  if (count === null) return <p className="dim">Reading…</p>;
  if (count === 0) {
    return (
      <div className="past-imports-empty">
        <EmptyState icon={<Import />} title="No masks were imported yet" action={<Button onClick={importMasks.run}>Import masks…</Button>}>
          Annotations of other tools come in as versions to review.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <PastImports />
      {hasMore && <Button onClick={readMoreImports}>Older ones</Button>}
    </>
  );
};

/** Every import of masks, to be found again and taken back. */
export const PastImportsCard = () => {
  const isOpen = useOverlay((state) => state.open === 'pastImports');
  return (
    <FloatingCard isOpen={isOpen} title={pastImports.label} description="Masks of other tools that came in, newest first, and what became of them. Taking one back leaves what people have gone on from." width="wide" onClose={closeOverlay}>
      {isOpen && <Content />}
    </FloatingCard>
  );
};
