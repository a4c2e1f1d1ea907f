import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import { replayVerdicts } from '../../../shared/domain/reviewState.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import { sizeIn } from '../../../shared/ports/imageCodec.ts';
import type { MaskImportParts } from './parts.ts';
import { isTurnedSize, sameSize, type AssetFacts, type SizePx } from './records.ts';

/** As the store decides it when the mask comes in (store/sql/candidates.ts), as far as it can be seen from here. */
const isWorkedOn = async (asset: Asset, revisions: AssetFacts['revisions'], { store }: Pick<MaskImportParts, 'store'>): Promise<boolean> => {
  if (asset.hasDraft || revisions.some(({ origin }) => origin === 'human')) return true;
  return replayVerdicts(await store.review.verdictsOf(asset)).latest !== null;
};

/** The photo's size and rotation, from its file. Null where it can't be read. */
const photoOf = async (asset: Asset, { blobs, codec, orientation }: MaskImportParts): Promise<{ readonly size: SizePx; readonly orientation: number } | null> => {
  try {
    const info = await codec.probe(await blobs.get(blobs.keyOfPath(asset.localPath)));
    return { size: sizeIn(info, orientation), orientation: info.orientation };
  } catch (error) {
    if (isExpected(error)) return null;
    throw error;
  }
};

/**
 * What an import must know of an asset; null: it is not there any more, or its size is known neither to the store nor by its photo.
 * @param mask the photo itself is looked at only where this size is another one than the store's
 */
export const factsOf = async (ref: AssetRef, mask: SizePx | null, parts: MaskImportParts): Promise<AssetFacts | null> => {
  const asset = await parts.store.assets.get(ref);
  if (asset === null) return null;
  const known = asset.widthPx === null || asset.heightPx === null ? null : { widthPx: asset.widthPx, heightPx: asset.heightPx };
  const photo = known === null || (mask !== null && isTurnedSize(mask, known)) ? await photoOf(asset, parts) : null;
  const size = known ?? photo?.size;
  if (size === undefined) return null;
  const revisions = await parts.store.revisions.ofAsset(ref);
  return {
    asset,
    size,
    orientation: photo !== null && sameSize(photo.size, size) ? photo.orientation : null,
    revisions,
    isWorkedOn: await isWorkedOn(asset, revisions, parts),
  };
};
