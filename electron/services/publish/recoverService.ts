import type { Sha256 } from '../../../shared/domain/ids.ts';
import { maskBlobKey } from '../../../shared/domain/blobKeys.ts';
import { isExpected, sentenceOf } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { StandingMask } from '../../../shared/ports/store/publicationStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { placeMask } from './placeMask.ts';
import { digestOrNull, settlePlacement } from './settlePlacement.ts';
import { standardLatenessMs } from './settleWatch.ts';
import type { DrainReport, Publisher } from './publisher.ts';

export interface RecoverReport extends DrainReport {
  readonly temporariesRemoved: number;
  readonly standingChecked: number;
  /** Stable files written anew from their revision. */
  readonly repaired: readonly string[];
  /** Stable paths that `masked_local_path` did not hold and holds again. */
  readonly pathsRestored: readonly string[];
  /** Revision blobs written anew from the stable file, which still held the right bytes. */
  readonly blobsRestored: readonly string[];
  /** Stable files and revision blobs that no good copy is left of; a person must segment or paint them again. */
  readonly lost: readonly string[];
}

/**
 * Replays what is pending, then compares every published mask with the database and mends what differs. May be run at any time. What
 * can't be read or mended is a problem of its asset alone; the others go on.
 * @param latenessMs how long a write without an answer may still land (settleWatch.ts)
 */
export const recover = async (store: Store, blobs: BlobStore, publisher: Publisher, latenessMs = standardLatenessMs): Promise<RecoverReport> => {
  const temporariesRemoved = await blobs.sweepTemporaries();
  const drained = await publisher.drain();
  const problems = [...drained.problems];
  const repaired: string[] = [];
  const pathsRestored: string[] = [];
  const blobsRestored: string[] = [];
  const lost: string[] = [];
  let standingChecked = 0;

  const orProblem = async (name: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!isExpected(error)) throw error;
      problems.push(`${name}: ${sentenceOf(error)}`);
    }
  };

  const isGood = async ({ stablePath, maskSha256, recordedPath }: StandingMask): Promise<boolean> =>
    recordedPath === stablePath &&
    (await digestOrNull(blobs, blobs.keyOfPath(stablePath))) === maskSha256 &&
    (await digestOrNull(blobs, maskBlobKey(maskSha256))) === maskSha256;

  /** @returns whether the mask is in its place */
  const mend = async (standing: StandingMask | null): Promise<boolean> => {
    if (standing === null) return false;
    const { stablePath, maskSha256 } = standing;
    const stableKey = blobs.keyOfPath(stablePath);
    const blobKey = maskBlobKey(maskSha256);
    const stableGood = (await digestOrNull(blobs, stableKey)) === maskSha256;
    const blobGood = (await digestOrNull(blobs, blobKey)) === maskSha256;
    if (stableGood && blobGood) return true;
    if (stableGood) {
      await blobs.put(blobKey, await blobs.get(stableKey));
      blobsRestored.push(blobKey);
      return true;
    }
    if (blobGood) {
      await placeMask(blobs, { maskSha256, stablePath });
      repaired.push(stablePath);
      return true;
    }
    lost.push(stablePath);
    return false;
  };

  for await (const standing of store.publications.standing()) {
    standingChecked++;
    await orProblem(standing.asset.id, async () => {
      if (await isGood(standing)) return;
      if (blobs.mayLandLate) await store.placements.begin(standing.asset, standing.stablePath);
      if (await store.publications.withStanding(standing.asset, mend)) pathsRestored.push(standing.stablePath);
    });
  }
  // Also where nothing should stand any more, and a mask that was withdrawn may have landed again.
  for (const placement of await store.placements.list(latenessMs)) {
    await orProblem(placement.asset.id, async () => {
      if (await settlePlacement(store, blobs, placement)) repaired.push(placement.stablePath);
      else if (placement.isOver) await store.placements.forget(placement);
    });
  }
  for (const digest of await store.revisions.blobDigests()) {
    const key = maskBlobKey(digest as Sha256);
    await orProblem(key, async () => {
      if (!(await blobs.has(key))) lost.push(key);
    });
  }
  return { ...drained, problems, temporariesRemoved, standingChecked, repaired, pathsRestored, blobsRestored, lost };
};
