import { fetchStoredMaskTiles, uploadMask } from '../../bridge/pixels.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { raster } from './editors.ts';

/** A mask that something in a draft or a version refers to is stored once, however often that is written. */
const stored = new WeakMap<TileState, Promise<Sha256>>();

export const knowStored = (mask: TileState, maskSha256: Sha256): void => void stored.set(mask, Promise.resolve(maskSha256));

/** @returns its digest @throws ExpectedError offline, disk_full; asking again tries again */
export const storeMask = (asset: AssetRef, mask: TileState): Promise<Sha256> => {
  const known = stored.get(mask);
  if (known !== undefined) return known;
  const storing = raster.run('rleOfMask', { mask }, { assetKey: assetKey(asset) }).then((rle) => uploadMask(asset, rle));
  stored.set(mask, storing);
  storing.catch(() => stored.delete(mask));
  return storing;
};

/** @throws ExpectedError blob_missing, offline */
export const storedMaskOf = async (maskSha256: Sha256): Promise<TileState> => {
  const mask = await fetchStoredMaskTiles(maskSha256);
  knowStored(mask, maskSha256);
  return mask;
};
