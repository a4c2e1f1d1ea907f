import { ArrowLeft, ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { incomingUrl } from '../../../shared/contracts/http/routes.ts';
import type { IncomingSample } from '../../../shared/contracts/rpc/maskImports.ts';
import { useIncomingPictures } from '../../stores/incomingPictures.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { nameOf, oddWords, presentWords, sizeWords } from './sampleWords.ts';

interface LargePictureProps {
  readonly inspectionId: string;
  readonly samples: readonly IncomingSample[];
  readonly image: number;
  readonly onTurn: (image: number) => void;
  readonly onClose: () => void;
}

/** One mask over its photo, with the outline of the one that is there now; arrows turn to the others, Escape goes back. */
export const LargePicture = ({ inspectionId, samples, image, onTurn, onClose }: LargePictureProps) => {
  const pictures = useIncomingPictures((state) => state.pictures);
  const back = useRef<HTMLDivElement>(null);
  useEffect(() => back.current?.focus(), []);
  const ready = samples.filter((sample) => pictures[sample.image]?.pictureId != null);
  const at = ready.findIndex((sample) => sample.image === image);
  const sample = ready[at];
  const pictureId = pictures[image]?.pictureId ?? null;
  if (sample === undefined || pictureId === null) return null;
  const turn = (step: number): void => {
    const next = ready[(at + step + ready.length) % ready.length];
    if (next !== undefined) onTurn(next.image);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) turn(step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const present = presentWords(sample, pictures[image]);
  return (
    <div ref={back} className="masks-large" tabIndex={-1} data-testid="masks-large" onKeyDown={onKeyDown}>
      <header className="masks-large-head">
        <Button icon={<ArrowLeft className="icon-small" aria-hidden="true" />} onClick={onClose}>
          All of them
        </Button>
        <span className="masks-large-words">
          <span className="masks-picture-name" title={sample.file}>
            {nameOf(sample)}
          </span>
          <span className="secondary figures">{[sample.asset.id, sizeWords(sample), present, ...oddWords(sample)].filter((part) => part !== '').join(' · ')}</span>
        </span>
        <span className="masks-legend secondary">
          <span className="masks-legend-incoming" aria-hidden="true" /> comes in
          {present.startsWith('IoU') && (
            <>
              <span className="masks-legend-present" aria-hidden="true" /> is there now
            </>
          )}
        </span>
        <IconButton label="The one before" caps={['←']} onClick={() => turn(-1)}>
          <ChevronLeft />
        </IconButton>
        <span className="secondary figures">
          {at + 1} of {ready.length}
        </span>
        <IconButton label="The next one" caps={['→']} onClick={() => turn(1)}>
          <ChevronRight />
        </IconButton>
      </header>
      <div className="masks-large-box">
        <img src={incomingUrl(inspectionId, pictureId, 'large')} alt={`The mask of ${nameOf(sample)} over its photo`} draggable={false} />
      </div>
    </div>
  );
};
