import type { Sha256 } from '../../../shared/domain/ids.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Placement } from '../../../shared/ports/store/placementStore.ts';
import type { StandingMask } from '../../../shared/ports/store/publicationStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { placeMask } from './placeMask.ts';

type Stores = Pick<Store, 'publications' | 'placements' | 'assets'>;

/** The digest of a file's bytes as they lie there; null where there is none. */
export const digestOrNull = async (blobs: BlobStore, key: string): Promise<Sha256 | null> => {
  try {
    return await blobs.sha256(key);
  } catch (error) {
    if (isExpected(error, 'blob_missing')) return null;
    throw error;
  }
};

/** What should lie at the path: a mask, nothing, or (undefined) what is not ours to say. */
type Wanted = Sha256 | null | undefined;

const wantedAt = async (store: Stores, { asset, stablePath }: Placement, standing: StandingMask | null): Promise<Wanted> => {
  if (standing !== null) return standing.stablePath === stablePath ? standing.maskSha256 : undefined;
  // A mask of another program's may lie there, which the path in the database names; and what is pending is placed anew by the publisher.
  if ((await store.assets.get(asset))?.maskedLocalPath != null) return undefined;
  return (await store.publications.ofAsset(asset)).some(({ state }) => state === 'pending') ? undefined : null;
};

/**
 * Looks whether a watched path holds what the database says, and mends it: a write from before may have landed over it. The database decides, under the
 * asset's lock; the blob store's order of requests counts for nothing.
 * @returns whether something had to be mended
 * @throws ExpectedError blobs_unreachable and others: the path stays watched
 */
export const settlePlacement = async (store: Stores, blobs: BlobStore, placement: Placement): Promise<boolean> => {
  const { asset, stablePath } = placement;
  const key = blobs.keyOfPath(stablePath);
  const found = await digestOrNull(blobs, key);
  let wanted: Wanted;
  // Mostly all is well: the lock is then held for as long as a read takes, and nothing is fetched under it.
  await store.publications.withStanding(asset, async (standing) => {
    wanted = await wantedAt(store, placement, standing);
    return false;
  });
  if (wanted === undefined || wanted === found) return false;

  // The mending may land late itself: it begins the path's window anew.
  await store.placements.begin(asset, stablePath);
  let isMended = false;
  await store.publications.withStanding(asset, async (standing) => {
    const maskSha256 = await wantedAt(store, placement, standing);
    if (maskSha256 === undefined || (await digestOrNull(blobs, key)) === maskSha256) return false;
    await placeMask(blobs, { maskSha256, stablePath });
    isMended = true;
    return false;
  });
  return isMended;
};
