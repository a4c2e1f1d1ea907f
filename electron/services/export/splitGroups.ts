import { assetKey } from '../../../shared/domain/asset.ts';
import type { SnapshotEntry, SnapshotLink } from '../../../shared/domain/maskSet.ts';

type Member = Pick<SnapshotEntry, 'asset' | 'productId' | 'videoId'>;

/** A product and a video may have the same id. What has neither stands alone. */
const memberKey = ({ asset, productId, videoId }: Member): string => (productId !== null ? `product:${productId}` : videoId !== null ? `video:${videoId}` : assetKey(asset));

/** What must stay together: products, and the videos that they are linked to, joined (union-find over links and entries). */
export class SplitGroups {
  readonly #parents = new Map<string, string>();
  readonly #sizes = new Map<string, number>();

  constructor(links: readonly SnapshotLink[]) {
    for (const { productId, videoId } of links) this.#join(`product:${productId}`, `video:${videoId}`);
  }

  #root(key: string): string {
    let root = key;
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) root = parent;
    for (let at = key; at !== root; ) {
      const next = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }

  /** The lesser name stands for both: so what stands for a group is the same in whatever order it was put together. */
  #join(a: string, b: string): void {
    const [first, second] = [this.#root(a), this.#root(b)];
    if (first === second) return;
    if (first < second) this.#parents.set(second, first);
    else this.#parents.set(first, second);
  }

  add(entry: Member, masks = 1): void {
    if (entry.productId !== null && entry.videoId !== null) this.#join(`product:${entry.productId}`, `video:${entry.videoId}`);
    const key = memberKey(entry);
    this.#sizes.set(key, (this.#sizes.get(key) ?? 0) + masks);
  }

  /** Entries of each group, by what stands for it. Once all are added. */
  sizes(): ReadonlyMap<string, number> {
    const sizes = new Map<string, number>();
    for (const [key, size] of this.#sizes) {
      const group = this.#root(key);
      sizes.set(group, (sizes.get(group) ?? 0) + size);
    }
    return sizes;
  }

  of(entry: Member): string {
    return this.#root(memberKey(entry));
  }
}
