import type { CategoryChoice } from '../../../shared/contracts/rpc/exports.ts';
import type { ProductId, VideoId } from '../../../shared/domain/ids.ts';
import type { SnapshotEntry, SnapshotLink } from '../../../shared/domain/maskSet.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { Category } from '../../../shared/ports/exportFormat.ts';

/** What has no product, or more than one. */
export const unmatchedCategory = 'unmatched';

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Which category each entry is of. Add all entries, then ask. */
export class Categories {
  readonly #choice: CategoryChoice;
  /** Null: seen with more than one product. */
  readonly #productOf = new Map<VideoId, ProductId | null>();
  readonly #names = new Set<string>();
  #byName: ReadonlyMap<string, Category> = new Map();

  constructor(choice: CategoryChoice, links: readonly SnapshotLink[]) {
    this.#choice = choice;
    for (const { productId, videoId } of links) {
      const known = this.#productOf.get(videoId);
      this.#productOf.set(videoId, known === undefined || known === productId ? productId : null);
    }
  }

  #nameOf({ productId, videoId }: SnapshotEntry): string {
    if (this.#choice.kind === 'one') return this.#choice.name.toWellFormed();
    return productId ?? (videoId === null ? null : this.#productOf.get(videoId)) ?? unmatchedCategory;
  }

  add(entry: SnapshotEntry): void {
    this.#names.add(this.#nameOf(entry));
  }

  /** Once all are added: by name, numbered from 1. */
  settle(): readonly Category[] {
    const all = [...this.#names].sort(byCodeUnits).map((name, index) => ({ number: index + 1, name }));
    this.#byName = new Map(all.map((category) => [category.name, category]));
    return all;
  }

  of(entry: SnapshotEntry): Category {
    return present(this.#byName.get(this.#nameOf(entry)), 'the category of an entry');
  }
}
