import { matteBlobKey } from '../../../shared/domain/blobKeys.ts';
import type { SnapshotId } from '../../../shared/domain/ids.ts';
import type { SnapshotEntry } from '../../../shared/domain/maskSet.ts';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { EncodedItem, FormatExport } from '../../../shared/ports/exportFormat.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';
import { readStoredMask } from '../pixels/storedMask.ts';
import { extensionOfPath, readItemPhoto, type PhotoParts } from './itemPhoto.ts';
import { manifestRow, type ManifestRow } from './manifest.ts';
import type { PlannedItem } from './plan.ts';

export interface EncodeParts extends PhotoParts {
  readonly blobs: Pick<BlobStore, 'get' | 'keyOfPath'>;
  readonly snapshotId: SnapshotId;
  readonly format: FormatExport;
  readonly withPhotos: boolean;
}

export interface ReadyItem {
  readonly item: PlannedItem;
  readonly encoded: EncodedItem;
  readonly row: ManifestRow;
}

/** An error of one item says whose it is. */
const naming = async <T>({ asset }: SnapshotEntry, what: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!isExpected(error) || error.message.includes(asset.id)) throw error;
    throw new ExpectedError(error.code, `The ${what} of ${asset.id} can't be exported: ${error.message}`, { cause: error, details: { ...error.details, asset } });
  }
};

/** The mask that an entry names, of the size that it says. @throws ExpectedError blob_missing, blob_corrupt */
export const readEntryMask = (entry: SnapshotEntry, { blobs, codec }: { readonly blobs: Pick<BlobStore, 'get'>; readonly codec: Pick<ImageCodec, 'decodeMask'> }): Promise<Bitmap> =>
  naming(entry, 'mask', async () => {
    const mask = await codec.decodeMask(await readStoredMask(blobs, entry.maskSha256));
    if (mask.widthPx === entry.widthPx && mask.heightPx === entry.heightPx) return mask;
    throw new ExpectedError('blob_corrupt', `its file is ${mask.widthPx} x ${mask.heightPx} px, the set says ${entry.widthPx} x ${entry.heightPx}.`);
  });

const readMatte = (entry: SnapshotEntry, { blobs, codec }: EncodeParts): Promise<Bitmap | null> =>
  naming(entry, 'matte', async () => {
    if (entry.matteSha256 === null) return null;
    const matte = await codec.decodeMatte(await blobs.get(matteBlobKey(entry.matteSha256)));
    // Soft coverage of another size belongs to another version of the photo.
    return matte.widthPx === entry.widthPx && matte.heightPx === entry.heightPx ? matte : null;
  });

/** One item from the store to what its format makes of it. @throws ExpectedError blob_missing, blob_corrupt, image_unreadable, photo_changed */
export const encodeItem = async (item: PlannedItem, parts: EncodeParts): Promise<ReadyItem> => {
  const { entry } = item;
  const photo = parts.withPhotos ? await naming(entry, 'photo', () => readItemPhoto(parts.snapshotId, entry, parts)) : null;
  const mask = await readEntryMask(entry, parts);
  const encoded = await parts.format.encode({
    ...item,
    photoName: `${item.stem}.${photo?.extension ?? extensionOfPath(entry.localPath)}`,
    mask,
    photo: async () => photo?.bytes ?? (await naming(entry, 'photo', () => readItemPhoto(parts.snapshotId, entry, parts))).bytes,
    matte: () => readMatte(entry, parts),
  });
  return { item, encoded, row: manifestRow(item, photo) };
};
