import { sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Pair } from '../../../shared/domain/catalog.ts';

/** .71 for 0.7123; a full match is 1.0 */
export const shortScore = (score: number): string => (score >= 0.995 ? '1.0' : score.toFixed(2).replace(/^0/, ''));

/** The matcher's score of an asset with whatever these pairs are of; null where it has none. */
export const scoreIn = (pairs: readonly Pair[], asset: AssetRef): number | null =>
  pairs.find(({ productImage, keyframe }) => sameAsset(asset.kind === 'keyframe' ? keyframe : productImage, asset))?.score ?? null;

/** The score of two assets that are shown side by side. */
export const pairScore = (asset: Asset, beside: { readonly asset: Asset | null; readonly pairs: readonly Pair[] }): number | null =>
  beside.asset === null || beside.asset.kind === asset.kind ? null : scoreIn(beside.pairs, asset);
