import { sha256Hex } from '../../base/hash.ts';
import { maskBlobKey } from '../../../shared/domain/blobKeys.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';

/**
 * The PNG of a mask as it lies on disk, digest checked: nobody judges or publishes a mask that rotted.
 * @throws ExpectedError blob_missing, blob_corrupt
 */
export const readStoredMask = async (blobs: Pick<BlobStore, 'get'>, maskSha256: Sha256): Promise<Uint8Array> => {
  const bytes = await blobs.get(maskBlobKey(maskSha256));
  if (sha256Hex(bytes) === maskSha256) return bytes;
  throw new ExpectedError('blob_corrupt', 'The mask file was changed or damaged on disk. Run "maskdesk recover" or re-run the model.', {
    details: { maskSha256 },
  });
};
