import { hash } from 'node:crypto';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { fileNameOfId } from '../../../shared/domain/fileName.ts';
import type { SnapshotEntry } from '../../../shared/domain/maskSet.ts';
import { sha256Hex } from '../../base/hash.ts';

const prefixes = { product_image: 'product', keyframe: 'frame' } as const;

/** Before anything is said of clashes. */
export const plainStem = ({ kind, id }: AssetRef): string => `${prefixes[kind]}-${fileNameOfId(id, sha256Hex)}`;

/** `~` is in no plain stem, so a stem with it clashes with none without. */
const apart = (stem: string, asset: AssetRef): string => `${stem}~${sha256Hex(assetKey(asset)).slice(0, 12)}`;

/** 52 bits stand for a name: 8 bytes an entry, however long the names are. Two that share them by chance are only told apart without need. */
const keyOf = (stem: string): number => parseInt(hash('sha256', stem.toLowerCase(), 'hex').slice(0, 13), 16);

/** File names of all entries of a snapshot: 20 bytes an entry. Unique also where case does not count; decided by the snapshot alone. */
export class Stems {
  /** Of the final stem, by position. */
  readonly #keys: Float64Array;
  /** Of plain stems that more than one entry has. */
  readonly #clashes = new Set<number>();
  #byKey: Uint32Array = new Uint32Array(0);
  #added = 0;

  constructor(total: number) {
    this.#keys = new Float64Array(total);
  }

  /** In order. */
  add({ asset }: SnapshotEntry): void {
    this.#keys[this.#added++] = keyOf(plainStem(asset));
  }

  /** Once all are added. @param at gives an entry again */
  async settle(at: (position: number) => Promise<SnapshotEntry>): Promise<void> {
    const keys = this.#keys;
    const sorted = Float64Array.from(keys).sort();
    for (let index = 1; index < sorted.length; index++) if (sorted[index] === sorted[index - 1]) this.#clashes.add(sorted[index] as number);
    if (this.#clashes.size > 0) {
      for (let position = 0; position < keys.length; position++) {
        if (this.#clashes.has(keys[position] as number)) keys[position] = keyOf(this.of(await at(position)));
      }
    }
    this.#byKey = Uint32Array.from(keys, (_key, position) => position).sort((a, b) => (keys[a] as number) - (keys[b] as number));
  }

  of({ asset }: SnapshotEntry): string {
    const plain = plainStem(asset);
    return this.#clashes.size > 0 && this.#clashes.has(keyOf(plain)) ? apart(plain, asset) : plain;
  }

  /** Position of the entry that probably has this stem, whatever the case of its letters; null: none has. */
  find(stem: string): number | null {
    const wanted = keyOf(stem);
    let [low, high] = [0, this.#byKey.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[this.#byKey[middle] as number] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    const position = this.#byKey[low];
    return position !== undefined && this.#keys[position] === wanted ? position : null;
  }
}
