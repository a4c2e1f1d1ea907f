import { fetchMatteBytes, uploadMatte } from '../../bridge/pixels.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import { encodeMatte, type Matte } from '../../../shared/edits/matte.ts';
import { reportFailure } from '../../stores/notices.ts';
import { raster } from './editors.ts';

/** A matte is stored once, however many drafts and versions it lies beside. */
const uploads = new WeakMap<Matte, Promise<Sha256>>();

/** Stores a matte; its digest is what drafts and approvals are given. @throws ExpectedError offline, disk_full; asking again tries again */
export const storeMatte = (asset: AssetRef, matte: Matte): Promise<Sha256> => {
  const known = uploads.get(matte);
  if (known !== undefined) return known;
  const upload = uploadMatte(asset, encodeMatte(matte));
  uploads.set(matte, upload);
  upload.catch(() => uploads.delete(matte));
  return upload;
};

/** The matte that a draft was kept with. One that can't be read is said, and the draft opens without it: the mask is what counts. */
export const openMatte = async (asset: AssetRef, matteSha256: Sha256, maskRle: Uint8Array): Promise<Matte | null> => {
  try {
    const { matte, isChanged } = await raster.run('openMatte', { bytes: await fetchMatteBytes(matteSha256), maskRle }, { assetKey: assetKey(asset) });
    if (!isChanged) uploads.set(matte, Promise.resolve(matteSha256));
    return matte;
  } catch (error) {
    reportFailure(error, 'draft');
    return null;
  }
};
