import type { Sha256 } from '../../../shared/domain/ids.ts';
import { maskBlobKey } from '../../../shared/domain/blobKeys.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { StandingMask } from '../../../shared/ports/store/publicationStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { placeMask } from './placeMask.ts';
import type { DrainReport, Publisher } from './publisher.ts';

export interface RecoverReport extends DrainReport {
  readonly temporariesRemoved: number;
  readonly standingChecked: number;
  /** Stable files written anew from their revision. */
  readonly repaired: readonly string[];
  /** Revision blobs written anew from the stable file, which still held the right bytes. */
  readonly blobsRestored: readonly string[];
  /** Stable files and revision blobs that no good copy is left of; a person must segment or paint them again. */
  readonly lost: readonly string[];
}

const digestOrNull = async (blobs: BlobStore, key: string): Promise<Sha256 | null> => {
  try {
    return await blobs.sha256(key);
  } catch (error) {
    if (isExpected(error, 'blob_missing')) return null;
    throw error;
  }
};

/** Replays what is pending, then compares every published mask with the database and mends what differs. May be run at any time. */
export const recover = async (store: Store, blobs: BlobStore, publisher: Publisher): Promise<RecoverReport> => {
  const temporariesRemoved = await blobs.sweepTemporaries();
  const drained = await publisher.drain();
  const repaired: string[] = [];
  const blobsRestored: string[] = [];
  const lost: string[] = [];
  let standingChecked = 0;

  const isGood = async ({ stablePath, maskSha256 }: StandingMask): Promise<boolean> =>
    (await digestOrNull(blobs, blobs.keyOfPath(stablePath))) === maskSha256 && (await digestOrNull(blobs, maskBlobKey(maskSha256))) === maskSha256;

  const mend = async (standing: StandingMask | null): Promise<void> => {
    if (standing === null) return;
    const { stablePath, maskSha256 } = standing;
    const stableKey = blobs.keyOfPath(stablePath);
    const blobKey = maskBlobKey(maskSha256);
    const stableGood = (await digestOrNull(blobs, stableKey)) === maskSha256;
    const blobGood = (await digestOrNull(blobs, blobKey)) === maskSha256;
    if (stableGood && blobGood) return;
    if (stableGood) {
      await blobs.put(blobKey, await blobs.get(stableKey));
      blobsRestored.push(blobKey);
    } else if (blobGood) {
      await placeMask(blobs, { maskSha256, stablePath });
      repaired.push(stablePath);
    } else {
      lost.push(stablePath);
    }
  };

  for await (const standing of store.publications.standing()) {
    standingChecked++;
    if (!(await isGood(standing))) await store.publications.withStanding(standing.asset, mend);
  }
  for (const digest of await store.revisions.blobDigests()) {
    const key = maskBlobKey(digest as Sha256);
    if (!(await blobs.has(key))) lost.push(key);
  }
  return { ...drained, temporariesRemoved, standingChecked, repaired, blobsRestored, lost };
};
