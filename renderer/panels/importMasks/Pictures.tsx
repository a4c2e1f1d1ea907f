import { ImageOff } from 'lucide-react';
import { incomingUrl } from '../../../shared/contracts/http/routes.ts';
import type { IncomingPicture, IncomingSample } from '../../../shared/contracts/rpc/maskImports.ts';
import { useIncomingPictures } from '../../stores/incomingPictures.ts';
import './Pictures.css';
import { nameOf, oddWords, presentWords, sizeWords } from './sampleWords.ts';

interface PictureProps {
  readonly inspectionId: string;
  readonly sample: IncomingSample;
  readonly picture: IncomingPicture | undefined;
  readonly onOpen: () => void;
}

const Picture = ({ inspectionId, sample, picture, onOpen }: PictureProps) => {
  const odd = oddWords(sample);
  const present = presentWords(sample, picture);
  return (
    <li>
      <button type="button" className="masks-picture" data-image={sample.image} disabled={picture?.pictureId == null} title={[sample.file, sizeWords(sample), ...odd, present].filter((part) => part !== '').join(' · ')} onClick={onOpen}>
        <span className="masks-picture-box" aria-busy={picture === undefined}>
          {picture?.pictureId != null && <img src={incomingUrl(inspectionId, picture.pictureId, 'small')} alt={`The mask of ${nameOf(sample)} over its photo`} draggable={false} decoding="async" />}
          {picture?.trouble != null && <ImageOff size={18} strokeWidth={1.6} aria-label={picture.trouble} />}
        </span>
        <span className="masks-picture-name">{nameOf(sample)}</span>
        {present !== '' && <span className="masks-picture-words figures">{present}</span>}
        <span className="masks-picture-words dim figures">{picture?.trouble ?? sizeWords(sample)}</span>
        {odd.length > 0 && <span className="masks-picture-odd tone-warn">{odd.join(', ')}</span>}
      </button>
    </li>
  );
};

interface PicturesProps {
  readonly inspectionId: string;
  readonly samples: readonly IncomingSample[];
  readonly onOpen: (image: number) => void;
}

/** A few of the masks over their photos: whoever looks sees a shifted or swapped delivery before it is written. */
export const Pictures = ({ inspectionId, samples, onOpen }: PicturesProps) => {
  const { pictures, error } = useIncomingPictures();
  return (
    <section className="masks-pictures" aria-label="How they would lie">
      <h3 className="sheet-title">How they would lie</h3>
      {samples.length === 0 && <p className="secondary">None of them has a photo to be shown on.</p>}
      {error !== null && <p className="tone-bad selectable">{error}</p>}
      <ul className="masks-picture-grid" data-testid="masks-pictures">
        {samples.map((sample) => (
          <Picture key={sample.image} inspectionId={inspectionId} sample={sample} picture={pictures[sample.image]} onOpen={() => onOpen(sample.image)} />
        ))}
      </ul>
    </section>
  );
};
