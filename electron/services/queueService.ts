import type { Asset, AssetRef } from '../../shared/domain/asset.ts';
import type { FacetCount, FacetName } from '../../shared/domain/assetQuery.ts';
import { checkLabels, type CheckId } from '../../shared/domain/check.ts';
import type { Pair } from '../../shared/domain/catalog.ts';
import { rejectReasonLabels, type RejectReason } from '../../shared/domain/verdict.ts';
import type { Facet } from '../../shared/contracts/rpc/queue.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import { assetOrThrow } from './assetOrThrow.ts';
import type { QueueService } from './services.ts';

const otherKind = { product_image: 'keyframe', keyframe: 'product_image' } as const;

export const createQueueService = (store: Store): QueueService => {
  const siblingsOf = async (asset: Asset): Promise<readonly Asset[]> => {
    if (asset.productId !== null) return store.assets.ofProduct(asset.productId);
    if (asset.videoId !== null) return store.assets.ofVideo(asset.videoId);
    return [asset];
  };

  /** The best match; without one, the first asset of the other kind in the same job: a guess, but the likeliest comparison there is. */
  const counterpartOf = async (asset: Asset, pairs: readonly Pair[]): Promise<Asset | null> => {
    for (const pair of pairs) {
      const other: AssetRef = asset.kind === 'product_image' ? pair.keyframe : pair.productImage;
      const found = await store.assets.get(other);
      if (found !== null) return found;
    }
    for (const jobId of asset.jobIds) {
      const { assets } = await store.assets.list({ filter: { kind: otherKind[asset.kind], jobId }, sort: 'product', limit: 1 });
      if (assets[0] !== undefined) return assets[0];
    }
    return null;
  };

  return {
    facets: async (filter) => {
      const facets = await store.assets.facets(filter);
      const named = (name: FacetName, labelOf = ({ title, value }: FacetCount): string => title ?? value): readonly Facet[] =>
        facets[name].map((found) => ({ value: found.value, label: labelOf(found), count: found.count }));
      return {
        models: named('models'),
        reviewers: named('reviewers'),
        products: named('products'),
        videos: named('videos'),
        rejectReasons: named('rejectReasons', ({ value }) => rejectReasonLabels[value as RejectReason]),
        checks: named('checks', ({ value }) => checkLabels[value as CheckId]),
      };
    },
    context: async (ref) => {
      const asset = await assetOrThrow(store, ref);
      const [siblings, pairs] = await Promise.all([siblingsOf(asset), store.assets.pairsOf(ref)]);
      return { asset, siblings, pairs, counterpart: await counterpartOf(asset, pairs) };
    },
  };
};
