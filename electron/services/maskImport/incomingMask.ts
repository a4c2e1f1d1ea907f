import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { AnnotatedImage } from '../../../shared/ports/importFormat.ts';
import { resizeNearest, storedMask, uprightMask } from './fitMask.ts';
import { joinMasks, type Joined } from './joinInstances.ts';
import type { MaskImportParts } from './parts.ts';
import type { Fit, PlannedImage } from './planImport.ts';
import { decodeAt } from './readSource.ts';
import { sameSize, sizeText, type ImageRecord, type SizePx } from './records.ts';

/** How an image's instances become one mask as large as its photo. */
export interface MaskRecipe {
  readonly record: ImageRecord;
  readonly joined: Joined;
  readonly fit: Fit;
  /** Of the photo; null: not known. */
  readonly size: SizePx | null;
  /** A photo that is added becomes upright; one of the store counts as the store's setting says. */
  readonly isOfNewPhoto: boolean;
}

export const recipeOf = ({ record, joined, fit, size, target }: PlannedImage & { readonly skip: null }): MaskRecipe => ({ record, joined, fit, size, isOfNewPhoto: 'photo' in target });

/** Of two recipes with one key the same mask comes, from one reading of a source. It says nothing of the asset that the mask is for. */
export const recipeKey = ({ record, joined, fit, size, isOfNewPhoto }: MaskRecipe): string =>
  [record.image, joined.add.join('+'), joined.subtract.join('+'), typeof fit === 'string' ? fit : `turn ${fit.turn}`, size === null ? '' : sizeText(size), isOfNewPhoto].join(' ');

export interface IncomingMask {
  readonly mask: Bitmap;
  /** What was done to it on the way, a sentence each. */
  readonly changes: readonly string[];
}

const changed = (): ExpectedError => new ExpectedError('annotations_invalid', 'The source has changed since it was looked at. Look at it again.');

const fitted = (mask: Bitmap, { fit, isOfNewPhoto, size }: MaskRecipe, { orientation }: Pick<MaskImportParts, 'orientation'>): IncomingMask => {
  if (size === null || fit === 'as it is') return { mask, changes: [] };
  if (fit === 'resize') return { mask: resizeNearest(mask, size), changes: [`Resized from ${sizeText(mask)}.`] };
  const isUpright = isOfNewPhoto || orientation === 'exif';
  return { mask: isUpright ? uprightMask(mask, fit.turn) : storedMask(mask, fit.turn), changes: [`Turned as the photo's EXIF orientation ${fit.turn} says.`] };
};

/** Decodes, joins and fits one image's mask. @throws ExpectedError annotations_invalid (also where the source is not what it was when it was looked at), image_unreadable */
export const incomingMask = async (image: AnnotatedImage, recipe: MaskRecipe, parts: Pick<MaskImportParts, 'orientation'>): Promise<IncomingMask> => {
  const { joined, record, size } = recipe;
  const instanceAt = (index: number): Promise<Bitmap> => {
    const instance = image.instances[index];
    if (instance === undefined) throw changed();
    return decodeAt(instance);
  };
  if (image.instances.length !== record.instances.length || image.file !== record.file || size === null) throw changed();
  const whole = await joinMasks(joined, size, instanceAt);
  if (joined.add.length > 0 && (record.size === null || !sameSize(whole, record.size))) throw changed();
  const { mask, changes } = fitted(whole, recipe, parts);
  const said: string[] = [];
  if (joined.several > joined.add.length) said.push(`The largest of ${joined.several} instances.`);
  // It may lack a part: whoever reviews it must know.
  if (record.broken > 0) said.push(`${record.broken === 1 ? '1 annotation of the image was' : `${record.broken} annotations of the image were`} broken, and left out.`);
  if (joined.subtract.length > 0) said.push(`${joined.subtract.length === 1 ? '1 instance was' : `${joined.subtract.length} instances were`} taken away from it.`);
  return { mask, changes: [...said, ...changes] };
};
