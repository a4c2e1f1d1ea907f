import type { Sha256, SnapshotId } from '../../../shared/domain/ids.ts';
import type { SnapshotEntry } from '../../../shared/domain/maskSet.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import { sizeIn, type ImageCodec, type MaskOrientation } from '../../../shared/ports/imageCodec.ts';
import type { SetStore } from '../../../shared/ports/store/setStore.ts';
import { sha256Hex } from '../../base/hash.ts';

export interface ItemPhoto {
  readonly bytes: Uint8Array;
  /** Without the dot. */
  readonly extension: string;
  /** Of the file in the store. */
  readonly sourceSha256: Sha256;
}

export interface PhotoParts {
  readonly sets: Pick<SetStore, 'rememberPhoto'>;
  readonly blobs: Pick<BlobStore, 'get' | 'keyOfPath'>;
  readonly codec: ImageCodec;
  readonly orientation: MaskOrientation;
}

/**
 * The photo as the mask lies on it, without an orientation tag: its own bytes where they are that already.
 * @throws ExpectedError blob_missing, image_unreadable; photo_changed where it is not the one that the snapshot was exported with before, or not of its mask's size
 */
export const readItemPhoto = async (snapshotId: SnapshotId, entry: SnapshotEntry, { sets, blobs, codec, orientation }: PhotoParts): Promise<ItemPhoto> => {
  const source = await blobs.get(blobs.keyOfPath(entry.localPath));
  const sourceSha256 = sha256Hex(source);
  const standing = await sets.rememberPhoto(snapshotId, entry.asset, sourceSha256);
  if (standing !== sourceSha256) {
    throw new ExpectedError('photo_changed', `The photo of ${entry.asset.id} (${entry.localPath}) is not the one that this snapshot was exported with before. Put the old one back, or freeze the set again.`);
  }
  const size = sizeIn(await codec.probe(source), orientation);
  if (size.widthPx !== entry.widthPx || size.heightPx !== entry.heightPx) {
    throw new ExpectedError(
      'photo_changed',
      `The photo of ${entry.asset.id} (${entry.localPath}) is ${size.widthPx} x ${size.heightPx}, its mask ${entry.widthPx} x ${entry.heightPx}: the photo was changed after the mask was made. Segment it again, or export without photos.`,
    );
  }
  const { bytes, extension } = await codec.normalise(source, orientation);
  return { bytes, extension, sourceSha256 };
};

/** The ending of a photo that does not come along: what the store's file has. */
export const extensionOfPath = (localPath: string): string => /\.([a-z0-9]{1,5})$/i.exec(localPath)?.[1]?.toLowerCase() ?? 'jpg';
