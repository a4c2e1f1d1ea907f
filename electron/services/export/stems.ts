import { hash } from 'node:crypto';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { FileNaming } from '../../../shared/contracts/rpc/exports.ts';
import { fileNameOfId } from '../../../shared/domain/fileName.ts';
import type { SnapshotEntry } from '../../../shared/domain/maskSet.ts';
import { lowerBound } from '../../../shared/flat/lowerBound.ts';
import { sha256Hex } from '../../base/hash.ts';

type Named = Pick<SnapshotEntry, 'asset' | 'localPath'>;

const prefixes = { product_image: 'product', keyframe: 'frame' } as const;

/** Before anything is said of clashes. */
export const plainStem = ({ kind, id }: AssetRef): string => `${prefixes[kind]}-${fileNameOfId(id, sha256Hex)}`;

/** As the photo's own file is called, with so many of its folders before it (`shoe_back` of `shoe/back.jpg`, as an import of photos makes ids). */
const photoStem = ({ asset, localPath }: Named, folders: number): string => {
  const steps = localPath.split(/[\\/]/).filter((step) => step !== '');
  const name = (steps.pop() ?? '').replace(/(?<=.)\.[^.]*$/, '');
  return name === '' ? plainStem(asset) : fileNameOfId([...steps.slice(Math.max(0, steps.length - folders)), name].join('_'), sha256Hex);
};

/** What an entry would like to be called; the next name where another one has that. */
const wishesOf: Readonly<Record<FileNaming, readonly ((entry: Named) => string)[]>> = {
  ids: [({ asset }) => plainStem(asset)],
  original: [0, 1, 2].map((folders) => (entry: Named) => photoStem(entry, folders)),
};

/** `~` is in no plain stem, so a stem with it clashes with none without. */
const apart = (stem: string, asset: AssetRef): string => `${stem}~${sha256Hex(assetKey(asset)).slice(0, 12)}`;

/** 52 bits stand for a name: 8 bytes an entry, however long the names are. Two that share them by chance are only told apart without need. */
const keyOf = (stem: string): number => parseInt(hash('sha256', stem.toLowerCase(), 'hex').slice(0, 13), 16);

/** What more than one of them is. */
const repeated = (keys: Float64Array): Set<number> => {
  const sorted = Float64Array.from(keys).sort();
  const found = new Set<number>();
  for (let index = 1; index < sorted.length; index++) if (sorted[index] === sorted[index - 1]) found.add(sorted[index] as number);
  return found;
};

/** File names of all entries of a snapshot: 20 bytes an entry. Unique also where case does not count; decided by the snapshot and the choice of names alone. */
export class Stems {
  readonly #wishes: readonly ((entry: Named) => string)[];
  /** Of the final stem, by position. */
  readonly #keys: Float64Array;
  /** By wish: those that more than one entry has, or another one got before. */
  readonly #clashes: Set<number>[] = [];
  #byKey: Uint32Array = new Uint32Array(0);
  #added = 0;
  /** How many got their n-th wish; the last number: those that got none of them. */
  readonly granted: number[];

  constructor(total: number, naming: FileNaming = 'ids') {
    this.#keys = new Float64Array(total);
    this.#wishes = wishesOf[naming];
    this.granted = new Array<number>(this.#wishes.length + 1).fill(0);
    this.granted[0] = total;
  }

  /** In order. */
  add(entry: SnapshotEntry): void {
    this.#keys[this.#added++] = keyOf(this.#wish(entry, 0));
  }

  #wish(entry: Named, index: number): string {
    return (this.#wishes[index] as (entry: Named) => string)(entry);
  }

  /** Once all are added. @param at gives an entry again */
  async settle(at: (position: number) => Promise<SnapshotEntry>): Promise<void> {
    const keys = this.#keys;
    let waiting: readonly number[] | null = null;
    for (let wish = 0; wish < this.#wishes.length; wish++) {
      const clashes = repeated(keys);
      if (clashes.size === 0) break;
      this.#clashes.push(clashes);
      const next: number[] = [];
      for (const position of waiting ?? keys.keys()) if (clashes.has(keys[position] as number)) next.push(position);
      for (const position of next) keys[position] = keyOf(this.#after(await at(position), wish + 1));
      this.granted[wish] = (this.granted[wish] as number) - next.length;
      this.granted[wish + 1] = next.length;
      waiting = next;
    }
    this.#byKey = Uint32Array.from(keys, (_key, position) => position).sort((a, b) => (keys[a] as number) - (keys[b] as number));
  }

  /** Its n-th wish, or what it is called when there are no more. */
  #after(entry: Named, wish: number): string {
    return wish < this.#wishes.length ? this.#wish(entry, wish) : apart(this.#wish(entry, this.#wishes.length - 1), entry.asset);
  }

  of(entry: Named): string {
    let wish = 0;
    while (this.#clashes[wish]?.has(keyOf(this.#wish(entry, wish))) === true) wish++;
    return this.#after(entry, wish);
  }

  /** Position of the entry that probably has this stem, whatever the case of its letters; null: none has. */
  find(stem: string): number | null {
    const wanted = keyOf(stem);
    const position = this.#byKey[lowerBound(this.#byKey.length, (index) => (this.#keys[this.#byKey[index] as number] as number) < wanted)];
    return position !== undefined && this.#keys[position] === wanted ? position : null;
  }
}
