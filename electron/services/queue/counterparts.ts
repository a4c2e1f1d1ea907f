import { assetKey, sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Pair } from '../../../shared/domain/catalog.ts';
import type { ProductId, VideoId } from '../../../shared/domain/ids.ts';
import type { Counterpart } from '../../../shared/contracts/rpc/queue.ts';
import type { Store } from '../../../shared/ports/store/store.ts';

/** How many a picker is offered. */
const mostOffered = 100;

const otherKind = { product_image: 'keyframe', keyframe: 'product_image' } as const;
const otherOf = ({ kind }: AssetRef, pair: Pair): AssetRef => (kind === 'product_image' ? pair.keyframe : pair.productImage);
const ownOf = ({ kind }: AssetRef, pair: Pair): AssetRef => (kind === 'product_image' ? pair.productImage : pair.keyframe);

/** Places 0 to count - 1, the nearest to a share (0..1) of the way first. */
const nearestPlaces = (count: number, share: number): readonly number[] => {
  const middle = share * count - 0.5;
  return Array.from({ length: count }, (_, place) => place).sort((one, other) => Math.abs(one - middle) - Math.abs(other - middle));
};

const shareOf = (place: number, count: number): number => (count === 0 || place < 0 ? 0.5 : (place + 0.5) / count);

/**
 * What an asset could be compared with, the likeliest first: its matches by score; the matches of its product's other images, or of the
 * video's keyframes, the nearest ones first; then the job's others, from about the same place: the third of ten products beside the third of
 * ten videos, its second image of four beside what is in the middle of that video.
 */
export const createCounterparts = (store: Store) => {
  const ofParent = (asset: AssetRef, parentId: string): Promise<readonly Asset[]> =>
    asset.kind === 'product_image' ? store.assets.ofVideo(parentId as VideoId) : store.assets.ofProduct(parentId as ProductId);

  async function* matched(asset: Asset, pairs: readonly Pair[]): AsyncGenerator<Counterpart> {
    for (const pair of pairs) {
      const found = await store.assets.get(otherOf(asset, pair));
      if (found !== null) yield { asset: found, score: pair.score };
    }
  }

  async function* ofSiblings(asset: Asset, siblings: readonly Asset[]): AsyncGenerator<Counterpart> {
    const own = siblings.findIndex((sibling) => sameAsset(sibling, asset));
    const placeOf = new Map(siblings.map((sibling, place) => [assetKey(sibling), Math.abs(place - own)]));
    const distance = (pair: Pair): number => placeOf.get(assetKey(ownOf(asset, pair))) ?? Infinity;
    const pairs = await store.assets.pairsOfAny(siblings.filter((sibling) => !sameAsset(sibling, asset)));
    // Best score first among those of one sibling: the sort keeps their order.
    for (const pair of [...pairs].sort((one, other) => distance(one) - distance(other))) {
      const found = await store.assets.get(otherOf(asset, pair));
      if (found !== null) yield { asset: found, score: null };
    }
  }

  async function* ofJobs(asset: Asset, siblings: readonly Asset[]): AsyncGenerator<Counterpart> {
    const within = shareOf(siblings.findIndex((sibling) => sameAsset(sibling, asset)), siblings.length);
    for (const jobId of asset.jobIds) {
      const [own, others] = await Promise.all([store.catalog.parentsOf(jobId, asset.kind), store.catalog.parentsOf(jobId, otherKind[asset.kind])]);
      const along = shareOf(own.indexOf(asset.productId ?? asset.videoId ?? ''), own.length);
      for (const place of nearestPlaces(others.length, along)) {
        const found = await ofParent(asset, others[place] ?? '');
        for (const each of nearestPlaces(found.length, within)) if (found[each] !== undefined) yield { asset: found[each], score: null };
      }
    }
  }

  async function* ranked(asset: Asset, siblings: readonly Asset[], pairs: readonly Pair[]): AsyncGenerator<Counterpart> {
    const seen = new Set<string>();
    for (const source of [matched(asset, pairs), ofSiblings(asset, siblings), ofJobs(asset, siblings)]) {
      for await (const found of source) {
        if (!seen.has(assetKey(found.asset))) yield found;
        seen.add(assetKey(found.asset));
      }
    }
  }

  const firstOf = async (source: AsyncGenerator<Counterpart>, count: number): Promise<readonly Counterpart[]> => {
    const found: Counterpart[] = [];
    for await (const each of source) {
      found.push(each);
      if (found.length >= count) break;
    }
    return found;
  };

  return {
    best: async (asset: Asset, siblings: readonly Asset[], pairs: readonly Pair[]): Promise<Asset | null> =>
      (await firstOf(ranked(asset, siblings, pairs), 1))[0]?.asset ?? null,
    offered: (asset: Asset, siblings: readonly Asset[], pairs: readonly Pair[]): Promise<readonly Counterpart[]> =>
      firstOf(ranked(asset, siblings, pairs), mostOffered),
    /** With that text, in the asset's jobs before others; matches first. */
    withText: async (asset: Asset, pairs: readonly Pair[], text: string): Promise<readonly Counterpart[]> => {
      const kind = otherKind[asset.kind];
      const scores = new Map(pairs.map((pair) => [assetKey(otherOf(asset, pair)), pair.score]));
      const found = new Map<string, Counterpart>();
      for (const filter of [...asset.jobIds.map((jobId) => ({ kind, text, jobId })), { kind, text }]) {
        if (found.size >= mostOffered) break;
        const { assets } = await store.assets.list({ filter, sort: 'product', limit: mostOffered });
        for (const each of assets) found.set(assetKey(each), found.get(assetKey(each)) ?? { asset: each, score: scores.get(assetKey(each)) ?? null });
      }
      return [...found.values()].sort((one, other) => (other.score ?? -1) - (one.score ?? -1)).slice(0, mostOffered);
    },
  };
};
