import { NameTable } from '../../../shared/flat/nameTable.ts';
import type { ManifestRow } from './manifest.ts';

export type Tally = ReadonlyMap<string, number>;

export interface ExportStatistics {
  readonly masks: number;
  readonly kinds: Tally;
  readonly states: Tally;
  /** Model that made the mask, or that a person made it. */
  readonly makers: Tally;
  readonly reviewers: Tally;
  readonly categories: Tally;
  readonly products: number;
  readonly videos: number;
  readonly productsBySplit: Tally;
  readonly masksBySplit: Tally;
  readonly sizes: Tally;
  /** Pixels inside, ascending. */
  readonly areasPx: Float64Array;
  /** Share of its picture that each covers, ascending. */
  readonly shares: Float64Array;
  readonly empty: number;
}

const count = (tally: Map<string, number>, key: string): void => {
  tally.set(key, (tally.get(key) ?? 0) + 1);
};

/** What the data card tells, from the rows of the manifest: 16 bytes a row are kept, some 30 a product and video, and what is counted. */
export const measureExport = async (rows: AsyncIterable<ManifestRow>, masks: number): Promise<ExportStatistics> => {
  const kinds = new Map<string, number>();
  const states = new Map<string, number>();
  const makers = new Map<string, number>();
  const reviewers = new Map<string, number>();
  const categories = new Map<string, number>();
  const sizes = new Map<string, number>();
  const masksBySplit = new Map<string, number>();
  const products = new NameTable();
  const videos = new NameTable();
  const productsOf = new Map<string, NameTable>();
  const areasPx = new Float64Array(masks);
  const shares = new Float64Array(masks);
  let index = 0;
  let empty = 0;
  for await (const row of rows) {
    count(kinds, row.asset_kind);
    count(states, row.state);
    count(makers, row.origin === 'human' ? 'a person' : row.origin === 'import' ? 'another tool' : (row.model ?? row.author));
    if (row.reviewer !== null) count(reviewers, row.reviewer);
    count(categories, row.category);
    count(sizes, `${row.width} x ${row.height}`);
    if (row.product_id !== null) products.add(row.product_id);
    if (row.video_id !== null) videos.add(row.video_id);
    if (row.split !== null) {
      count(masksBySplit, row.split);
      const own = productsOf.get(row.split) ?? new NameTable();
      if (row.product_id !== null) own.add(row.product_id);
      productsOf.set(row.split, own);
    }
    areasPx[index] = row.area;
    shares[index] = row.area / (row.width * row.height);
    if (row.area === 0) empty++;
    index++;
  }
  return {
    masks: index,
    kinds,
    states,
    makers,
    reviewers,
    categories,
    products: products.count,
    videos: videos.count,
    productsBySplit: new Map([...productsOf].map(([split, own]) => [split, own.count])),
    masksBySplit,
    sizes,
    areasPx: areasPx.sort(),
    shares: shares.sort(),
    empty,
  };
};

/** Of ascending values, linear between neighbours (type 7 of Hyndman and Fan, as NumPy and R have it). 0 where there are none. */
export const quantile = (ascending: Float64Array, share: number): number => {
  const place = share * (ascending.length - 1);
  const below = ascending[Math.floor(place)] ?? 0;
  const above = ascending[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
};
