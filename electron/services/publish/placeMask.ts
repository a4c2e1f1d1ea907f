import type { Publication } from '../../../shared/domain/publication.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import { readStoredMask } from '../pixels/storedMask.ts';

/**
 * Step 3 of approving (architecture.md): the revision's bytes at the stable path by atomic replace and read back; or, for a withdrawal,
 * the stable file removed. May be repeated any number of times.
 * @param onUnsettled told where a try was left without an answer: its bytes may still land, over newer ones
 * @throws ExpectedError blob_missing, blob_corrupt, disk_full, permission_denied, path_outside_root
 */
export const placeMask = async (blobs: BlobStore, publication: Pick<Publication, 'maskSha256' | 'stablePath'>, onUnsettled?: () => void): Promise<void> => {
  const key = blobs.keyOfPath(publication.stablePath);
  if (publication.maskSha256 === null) return blobs.remove(key, onUnsettled);
  await blobs.put(key, await readStoredMask(blobs, publication.maskSha256), onUnsettled);
  if ((await blobs.sha256(key)) !== publication.maskSha256) {
    throw new ExpectedError('blob_corrupt', `${publication.stablePath} reads back differently from what was written: check the disk.`);
  }
};
