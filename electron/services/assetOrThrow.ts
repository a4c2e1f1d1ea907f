import type { Asset, AssetRef } from '../../shared/domain/asset.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { Store } from '../../shared/ports/store/store.ts';

/** @throws ExpectedError not_found */
export const assetOrThrow = async (store: Store, asset: AssetRef): Promise<Asset> => {
  const found = await store.assets.get(asset);
  if (found !== null) return found;
  throw new ExpectedError('not_found', `There is no ${asset.kind === 'keyframe' ? 'keyframe' : 'product image'} '${asset.id}' in this store.`);
};
