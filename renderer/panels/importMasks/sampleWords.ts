import type { IncomingPicture, IncomingSample } from '../../../shared/contracts/rpc/maskImports.ts';
import { percent } from '../shared/words.ts';

export const nameOf = ({ file }: Pick<IncomingSample, 'file'>): string => file.split('/').at(-1) ?? file;

const isOtherSize = ({ maskWidthPx, maskHeightPx, photoWidthPx, photoHeightPx }: IncomingSample): boolean => maskWidthPx !== photoWidthPx || maskHeightPx !== photoHeightPx;

/** "640 × 480", or of both where they differ. */
export const sizeWords = (sample: IncomingSample): string => {
  const photo = `${sample.photoWidthPx} × ${sample.photoHeightPx}`;
  return isOtherSize(sample) ? `${sample.maskWidthPx} × ${sample.maskHeightPx} on ${photo}` : photo;
};

const uncomparable: Readonly<Record<IncomingPicture['present'], string>> = {
  none: 'no mask yet',
  otherSize: 'the present mask has another size',
  unreadable: 'the present mask can’t be read',
  comparable: '',
};

/** How it is beside the mask that is there. */
export const presentWords = ({ isAdded, isSame }: IncomingSample, picture: IncomingPicture | undefined): string => {
  if (isSame) return 'there already';
  if (isAdded) return 'new photo';
  if (picture === undefined || picture.pictureId === null) return '';
  return picture.iou === null ? uncomparable[picture.present] : `IoU ${percent(picture.iou, 0)}`;
};

/** What is to be thought of, in words; empty: nothing. */
export const oddWords = (sample: IncomingSample): readonly string[] => [
  ...(isOtherSize(sample) ? ['another size'] : []),
  ...(sample.instances > 1 ? [`${sample.instances.toLocaleString()} instances`] : []),
  ...(sample.overlapPx > 0 ? ['overlapping'] : []),
  ...(sample.isBeside && !sample.isSame ? ['beside a person’s work'] : []),
];
