import { importedImagePatterns } from '../../../shared/domain/blobKeys.ts';
import type { NewKeyframe, NewProductImage } from '../../../shared/domain/catalog.ts';
import { fileNameOfId } from '../../../shared/domain/fileName.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';
import type { AddOutcome } from '../../../shared/ports/store/catalogStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { sha256Hex } from '../../base/hash.ts';

type Known = 'localPath' | 'widthPx' | 'heightPx' | 'sourceSha256';
/** Whose picture it is; the product or video must be in the catalog. */
export type PictureOwner = Omit<NewProductImage, Known> | Omit<NewKeyframe, Known>;

/** Key of an imported picture: its id's file name and the extension of what is stored. */
export const imageKey = (owner: Pick<PictureOwner, 'kind' | 'id'>, extension: string): string =>
  importedImagePatterns[owner.kind].replace('{name}', () => `${fileNameOfId(owner.id, sha256Hex)}.${extension}`);

/**
 * Puts one picture into the store: its upright file while the store holds the id for it, then its row. So a row never names a file that is
 * not there, of two imports with one id only the one that gets it writes, and a kill in between costs nothing (the same import completes
 * it). The same source again changes nothing; its file is written anew only where it was lost.
 * @param bytes the picture as it was found
 * @throws ExpectedError image_unreadable, image_unsupported, image_too_large; invalid_input where the id (or the video's time) is taken
 * by another picture: nothing is overwritten then; disk_full, permission_denied
 */
export const storePicture = async (
  { store, blobs, codec }: { readonly store: Store; readonly blobs: BlobStore; readonly codec: ImageCodec },
  owner: PictureOwner,
  bytes: Uint8Array,
): Promise<AddOutcome> => {
  const sourceSha256 = sha256Hex(bytes);
  if ((await store.assets.get(owner)) === null) {
    const image = await codec.normalise(bytes);
    const key = imageKey(owner, image.extension);
    const { widthPx, heightPx } = image;
    const outcome = await store.catalog.addAsset({ ...owner, localPath: blobs.pathOfKey(key), widthPx, heightPx, sourceSha256 }, () => blobs.put(key, image.bytes));
    if (outcome === 'added') return outcome;
  }
  const standing = present(await store.assets.get(owner), 'the picture that has the id');
  const { localPath } = standing;
  const [widthPx, heightPx] = [standing.widthPx ?? 1, standing.heightPx ?? 1];
  // Refuses where the id belongs to another source.
  const outcome = await store.catalog.addAsset({ ...owner, localPath, widthPx, heightPx, sourceSha256 });
  const key = blobs.keyOfPath(localPath);
  if (!(await blobs.has(key))) await blobs.put(key, (await codec.normalise(bytes)).bytes);
  return outcome;
};
