import type { MaskChecks } from '../../../shared/domain/check.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { assess, checksVersion } from '../../../shared/checks/checkMask.ts';
import { workSize } from '../../../shared/checks/photo.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { ImageCodec, MaskOrientation } from '../../../shared/ports/imageCodec.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { assetOrThrow } from '../assetOrThrow.ts';
import { readRevisionMask } from '../pixels/maskPixels.ts';
import type { CheckThread } from './checkThread.ts';
import { familyOf, measuredFamily } from './family.ts';

export interface CheckRevisionParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly codec: ImageCodec;
  readonly thread: Pick<CheckThread, 'check'>;
  readonly orientation: MaskOrientation;
}

/**
 * Checks one revision: pixels are decoded here (libvips' own threads), looked at in the worker thread.
 * @throws ExpectedError not_found, blob_missing, blob_corrupt, image_unreadable and what else reading a photo throws
 */
export const checkRevision = async (revisionId: RevisionId, parts: CheckRevisionParts): Promise<{ readonly asset: AssetRef; readonly checks: MaskChecks }> => {
  const { store, blobs, codec, thread, orientation } = parts;
  const revision = await store.revisions.get(revisionId);
  if (revision === null) throw new ExpectedError('not_found', 'That version of the mask is not in this store.');
  const asset = await assetOrThrow(store, revision.asset);
  const size = workSize(revision.widthPx, revision.heightPx);
  const mask = await readRevisionMask(revision, blobs, codec);
  const photo = await codec.rgbAt(await blobs.get(blobs.keyOfPath(asset.localPath)), size.widthPx, size.heightPx, orientation);
  const byPixels = await thread.check(mask, photo);
  const family = measuredFamily(await familyOf(store, asset), asset, revision.areaPx / (revision.widthPx * revision.heightPx));
  const { results, suspicion } = assess(byPixels, family, revision.model?.confidence ?? null);
  return { asset: revision.asset, checks: { revisionId, version: checksVersion, results, suspicion } };
};
