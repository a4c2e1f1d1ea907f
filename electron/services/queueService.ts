import type { Asset } from '../../shared/domain/asset.ts';
import type { FacetCount, FacetName } from '../../shared/domain/assetQuery.ts';
import { checkLabels, type CheckId } from '../../shared/domain/check.ts';
import { rejectReasonLabels, type RejectReason } from '../../shared/domain/verdict.ts';
import type { Facet } from '../../shared/contracts/rpc/queue.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import { assetOrThrow } from './assetOrThrow.ts';
import { createCounterparts } from './queue/counterparts.ts';
import type { QueueService } from './services.ts';

export const createQueueService = (store: Store): QueueService => {
  const counterparts = createCounterparts(store);
  const siblingsOf = async (asset: Asset): Promise<readonly Asset[]> => {
    if (asset.productId !== null) return store.assets.ofProduct(asset.productId);
    if (asset.videoId !== null) return store.assets.ofVideo(asset.videoId);
    return [asset];
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
        importWaits: named('importWaits'),
      };
    },
    context: async (ref) => {
      const asset = await assetOrThrow(store, ref);
      const [siblings, pairs] = await Promise.all([siblingsOf(asset), store.assets.pairsOf(ref)]);
      return { asset, siblings, pairs, counterpart: await counterparts.best(asset, siblings, pairs) };
    },
    counterparts: async (ref, text) => {
      const asset = await assetOrThrow(store, ref);
      const [siblings, pairs] = await Promise.all([siblingsOf(asset), store.assets.pairsOf(ref)]);
      return text === '' ? counterparts.offered(asset, siblings, pairs) : counterparts.withText(asset, pairs, text);
    },
  };
};
