import { sha256Hex } from '../../base/hash.ts';
import { matteBlobKey } from '../../../shared/domain/blobKeys.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import { decodeMatte, encodeMatte, matteOfPixels, pixelsOfMatte, type Matte } from '../../../shared/edits/matte.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';

const parseSentMatte = (bytes: Uint8Array, photo: { readonly widthPx: number; readonly heightPx: number }): Matte => {
  let matte: Matte;
  try {
    matte = decodeMatte(bytes, photo.widthPx * photo.heightPx);
  } catch (error) {
    throw new ExpectedError('invalid_input', 'The matte that was sent is not complete.', { cause: error });
  }
  const { widthPx, heightPx } = matte.grid;
  if (widthPx === photo.widthPx && heightPx === photo.heightPx) return matte;
  throw new ExpectedError('mask_size_mismatch', `The matte is ${widthPx} x ${heightPx}, the photo ${photo.widthPx} x ${photo.heightPx}. Reload the item.`);
};

/** Keeps a matte that the renderer sent as an 8-bit grey PNG. @throws ExpectedError invalid_input, mask_size_mismatch */
export const storeSentMatte = async (
  bytes: Uint8Array,
  photo: { readonly widthPx: number; readonly heightPx: number },
  blobs: BlobStore,
  codec: ImageCodec,
): Promise<Sha256> => {
  const { widthPx, heightPx, data } = pixelsOfMatte(parseSentMatte(bytes, photo));
  const png = await codec.encodeMatte(widthPx, heightPx, data);
  const matteSha256 = sha256Hex(png);
  await blobs.put(matteBlobKey(matteSha256), png);
  return matteSha256;
};

/** A stored matte in the form that the window draws. @throws ExpectedError blob_missing, image_unreadable */
export const readMatteTiles = async (matteSha256: Sha256, blobs: BlobStore, codec: ImageCodec): Promise<Uint8Array> => {
  const { widthPx, heightPx, data } = await codec.decodeMatte(await blobs.get(matteBlobKey(matteSha256)));
  return encodeMatte(matteOfPixels(widthPx, heightPx, data));
};
