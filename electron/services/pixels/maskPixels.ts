import type { Revision } from '../../../shared/domain/revision.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import { decodeRle } from '../../../shared/mask/rleBinary.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';
import { readStoredMask } from './storedMask.ts';

/**
 * A revision's pixels, checked against the digest and the size that the database has of it.
 * @throws ExpectedError blob_missing, blob_corrupt
 */
export const readRevisionMask = async (revision: Revision, blobs: BlobStore, codec: ImageCodec): Promise<Bitmap> => {
  const mask = await codec.decodeMask(await readStoredMask(blobs, revision.maskSha256));
  if (mask.widthPx !== revision.widthPx || mask.heightPx !== revision.heightPx) {
    throw new ExpectedError(
      'blob_corrupt',
      `The mask file is ${mask.widthPx} x ${mask.heightPx}, the database says ${revision.widthPx} x ${revision.heightPx}.`,
      { details: { revisionId: revision.revisionId } },
    );
  }
  return mask;
};

/** A mask that the renderer sent. @throws ExpectedError invalid_input, mask_size_mismatch */
export const parseSentMask = (maskRle: Uint8Array, photo: { readonly widthPx: number; readonly heightPx: number }): Bitmap => {
  let mask: Bitmap;
  try {
    mask = decodeRle(maskRle, photo.widthPx * photo.heightPx);
  } catch (error) {
    throw new ExpectedError('invalid_input', 'The mask that was sent is not complete.', { cause: error });
  }
  if (mask.widthPx !== photo.widthPx || mask.heightPx !== photo.heightPx) {
    throw new ExpectedError(
      'mask_size_mismatch',
      `The mask is ${mask.widthPx} x ${mask.heightPx}, the photo ${photo.widthPx} x ${photo.heightPx}. Reload the item.`,
    );
  }
  return mask;
};
