import { assetKey, sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Family } from '../../../shared/checks/checkMask.ts';
import type { Store } from '../../../shared/ports/store/store.ts';

/** Keyframes to each side that a keyframe is compared with: what a camera sees in some seconds, not in a whole video. */
const reach = 3;

export type FamilyStore = { readonly assets: Pick<Store['assets'], 'get' | 'ofProduct' | 'ofVideo'> };

/** All of one product or video, in order; the asset alone where it belongs to nobody. */
export const familyOf = async (store: FamilyStore, asset: Asset): Promise<readonly Asset[]> => {
  if (asset.kind === 'product_image') return asset.productId === null ? [asset] : store.assets.ofProduct(asset.productId);
  return asset.videoId === null ? [asset] : store.assets.ofVideo(asset.videoId);
};

/** Those of the family that the asset is compared with, and that are compared with it: the same ones. */
export const relativesIn = (family: readonly Asset[], asset: AssetRef): readonly Asset[] => {
  const at = family.findIndex((other) => sameAsset(other, asset));
  if (at === -1) return [];
  if (asset.kind === 'product_image') return family.filter((_, index) => index !== at);
  return family.slice(Math.max(0, at - reach), at + reach + 1).filter((other) => !sameAsset(other, asset));
};

/** @param areaShare of the mask that is looked at; it need not be the asset's head */
export const measuredFamily = (family: readonly Asset[], asset: AssetRef, areaShare: number): Family => ({
  areaShare,
  relatives: relativesIn(family, asset).flatMap((relative) => relative.headAreaShare ?? []),
});

/** Assets that are compared with any of these, these included; by key. */
export const touchedBy = async (store: FamilyStore, changed: readonly AssetRef[]): Promise<ReadonlyMap<string, { readonly asset: Asset; readonly family: readonly Asset[] }>> => {
  const touched = new Map<string, { readonly asset: Asset; readonly family: readonly Asset[] }>();
  const families = new Map<string, readonly Asset[]>();
  for (const ref of changed) {
    const asset = await store.assets.get(ref);
    if (asset === null) continue;
    const name = `${asset.kind}:${asset.productId ?? asset.videoId ?? asset.id}`;
    const family = families.get(name) ?? (await familyOf(store, asset));
    families.set(name, family);
    for (const relative of [asset, ...relativesIn(family, asset)]) touched.set(assetKey(relative), { asset: relative, family });
  }
  return touched;
};
