import { closeMaskImport, importMasks } from '../../actions/imports/importMasks.ts';
import { lookAt, useIncomingPictures } from '../../stores/incomingPictures.ts';
import { useMaskImport } from '../../stores/maskImport.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { ChooseSource } from './ChooseSource.tsx';
import { Decide } from './Decide.tsx';
import './ImportMasks.css';
import { ImportRunView } from './ImportRunView.tsx';

const Content = () => {
  const current = useMaskImport((state) => state.current);
  if (current === null) return <ChooseSource />;
  if (current.state === 'decide' && current.preview !== null) return <Decide current={current} preview={current.preview} />;
  return <ImportRunView current={current} />;
};

/** Out of the large picture, back to all. */
const leavePicture = (): boolean => {
  if (useIncomingPictures.getState().lookedAt === null || useMaskImport.getState().current?.state !== 'decide') return false;
  lookAt(null);
  return true;
};

/** Masks that other tools made: what is in them, what they belong to, and in. */
export const ImportMasksCard = () => {
  const isOpen = useOverlay((state) => state.open === 'importMasks');
  return (
    <FloatingCard isOpen={isOpen} title={importMasks.label.replace('…', '')} description="Annotations that were made elsewhere come in as versions to review. A person’s work is never replaced." width="sheet" onClose={closeMaskImport} onEscape={leavePicture}>
      {isOpen && <Content />}
    </FloatingCard>
  );
};
