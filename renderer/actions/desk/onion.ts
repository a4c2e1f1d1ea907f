import { sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import type { OnionSkin } from '../../stores/view.ts';

/** The nearest neighbour in the row on that side that has a mask; null where there is none. */
export const onionNeighbour = (asset: Asset, siblings: readonly Asset[], skin: OnionSkin): Asset | null => {
  if (skin === 'none') return null;
  const place = siblings.findIndex((sibling) => sameAsset(sibling, asset));
  if (place === -1) return null;
  const row = skin === 'previous' ? siblings.slice(0, place).reverse() : siblings.slice(place + 1);
  return row.find(({ headRevisionId }) => headRevisionId !== null) ?? null;
};
