import { assetKey, refOfKey, type Asset, type AssetRef } from '../../shared/domain/asset.ts';

export interface QueueRowsOptions {
  /** Rows a page. */
  readonly pageSize: number;
  /** Pages kept; what was looked at longest ago goes first. */
  readonly mostPages: number;
}

/** What is known of a long list: pages of it, what was taken out ahead of the core's answer, and the item that is held in its place. */
export interface QueueRows {
  /** How many rows the person sees. */
  total(): number;
  /** The item in a row; null where its page is not read, or past the end. */
  at(row: number): Asset | null;
  /** Row of an item; -1 where it is not known. */
  rowOf(asset: AssetRef): number;
  /** Pages that rows `from` to `to` (inclusive) lie on and that are not read. */
  missing(from: number, to: number): readonly number[];
  /** Marks pages as looked at. */
  touch(from: number, to: number): void;
  /** Adds a page that was read. @param page from 0; assets[0] is at `page * pageSize` */
  put(page: number, assets: readonly Asset[]): void;
  /** Everything is read anew: what was taken out comes back unless these pages lack it too. */
  replace(total: number, pages: ReadonlyMap<number, readonly Asset[]>): void;
  drop(asset: AssetRef): void;
  isDropped(asset: AssetRef): boolean;
  /** Newest last. */
  dropped(): readonly AssetRef[];
  /** The drop was a mistake. */
  restore(asset: AssetRef): void;
  /** Shows newer facts of an item where it is listed. */
  patch(asset: Asset): void;
  /**
   * Shows an item in a row of its own, wherever the order has it by now, until {@link release}.
   * @param place its own place in the order; null: none any more
   * @param where above which place of the order it is shown, or in which row
   */
  hold(asset: Asset, place: number | null, where: { readonly abovePlace: number } | { readonly row: number }): void;
  release(): void;
  readonly held: Asset | null;
}

interface Held {
  readonly asset: Asset;
  readonly row: number;
  readonly place: number | null;
}

export const createQueueRows = ({ pageSize, mostPages }: QueueRowsOptions): QueueRows => {
  let listed = 0;
  /** In the order of last use, oldest first. */
  let pages = new Map<number, readonly Asset[]>();
  let placeOfKey = new Map<string, number>();
  const dropped = new Set<string>();
  let held: Held | null = null;
  /** Places that the order has and the person does not see, ascending. */
  let skipped: readonly number[] = [];

  const findSkipped = (): void => {
    const places = [...dropped].flatMap((key) => placeOfKey.get(key) ?? []);
    if (held !== null && held.place !== null) places.push(held.place);
    skipped = [...new Set(places)].sort((a, b) => a - b);
  };

  /** Rows without the held one, to places in the order. */
  const placeOf = (row: number): number => {
    let place = row;
    for (const gap of skipped) {
      if (gap > place) break;
      place++;
    }
    return place;
  };
  const rowOfPlace = (place: number): number => {
    const row = place - skipped.filter((gap) => gap < place).length;
    return held !== null && row >= held.row ? row + 1 : row;
  };
  const placeOfRow = (row: number): number => placeOf(held !== null && row > held.row ? row - 1 : row);

  const forget = (page: number): void => {
    // Pages are read at different moments: an item that has moved may be known by a later one.
    (pages.get(page) ?? []).forEach((asset, index) => {
      if (placeOfKey.get(assetKey(asset)) === page * pageSize + index) placeOfKey.delete(assetKey(asset));
    });
    pages.delete(page);
  };
  const learn = (page: number, assets: readonly Asset[]): void => {
    forget(page);
    pages.set(page, assets);
    assets.forEach((asset, index) => placeOfKey.set(assetKey(asset), page * pageSize + index));
  };

  const total = (): number => Math.max(0, listed - skipped.length + (held === null ? 0 : 1));

  const pagesOf = (from: number, to: number): readonly number[] => {
    const last = Math.min(to, total() - 1);
    const first = Math.max(0, from);
    if (last < first) return [];
    const firstPage = Math.floor(placeOfRow(first) / pageSize);
    const lastPage = Math.min(Math.floor(placeOfRow(last) / pageSize), Math.floor(Math.max(0, listed - 1) / pageSize));
    return Array.from({ length: Math.max(0, lastPage - firstPage + 1) }, (_, index) => firstPage + index);
  };

  const isElsewhere = (asset: Asset, place: number): boolean => {
    const key = assetKey(asset);
    return placeOfKey.get(key) !== place || (held !== null && assetKey(held.asset) === key);
  };

  /** Places are asked for before pages are read: what the pages say counts, or another item would be left out for it. */
  const ownPlace = (asset: AssetRef, asked: number | null): number | null => {
    const known = placeOfKey.get(assetKey(asset));
    if (known !== undefined) return known;
    return asked === null || asked >= listed || pages.has(Math.floor(asked / pageSize)) ? null : asked;
  };

  return {
    total,
    at: (row) => {
      if (row < 0 || row >= total()) return null;
      if (held?.row === row) return held.asset;
      const place = placeOfRow(row);
      const asset = pages.get(Math.floor(place / pageSize))?.[place % pageSize] ?? null;
      // An item that two pages hold is where it was read last: it is never in two rows.
      return asset === null || isElsewhere(asset, place) ? null : asset;
    },
    rowOf: (asset) => {
      const key = assetKey(asset);
      if (held !== null && assetKey(held.asset) === key) return held.row;
      if (dropped.has(key)) return -1;
      const place = placeOfKey.get(key);
      return place === undefined ? -1 : rowOfPlace(place);
    },
    missing: (from, to) => pagesOf(from, to).filter((page) => !pages.has(page)),
    touch: (from, to) => {
      for (const page of pagesOf(from, to)) {
        const assets = pages.get(page);
        if (assets === undefined) continue;
        pages.delete(page);
        pages.set(page, assets);
      }
    },
    put: (page, assets) => {
      learn(page, assets);
      for (const oldest of pages.keys()) {
        if (pages.size <= mostPages) break;
        forget(oldest);
      }
      // The list has become shorter since it was counted.
      if (assets.length < pageSize) listed = Math.min(listed, page * pageSize + assets.length);
      findSkipped();
    },
    replace: (newTotal, fresh) => {
      listed = newTotal;
      pages = new Map();
      placeOfKey = new Map();
      for (const [page, assets] of fresh) learn(page, assets);
      findSkipped();
    },
    drop: (asset) => {
      dropped.add(assetKey(asset));
      if (held !== null && assetKey(held.asset) === assetKey(asset)) held = null;
      findSkipped();
    },
    isDropped: (asset) => dropped.has(assetKey(asset)),
    dropped: () => [...dropped].map(refOfKey),
    restore: (asset) => {
      dropped.delete(assetKey(asset));
      findSkipped();
    },
    patch: (asset) => {
      if (held !== null && assetKey(held.asset) === assetKey(asset)) held = { ...held, asset };
      const place = placeOfKey.get(assetKey(asset));
      if (place === undefined) return;
      const page = Math.floor(place / pageSize);
      const assets = pages.get(page);
      if (assets !== undefined) pages.set(page, assets.with(place % pageSize, asset));
    },
    hold: (asset, place, where) => {
      const own = ownPlace(asset, place);
      held = { asset, row: Number.MAX_SAFE_INTEGER, place: own };
      findSkipped();
      const row = 'row' in where ? where.row : rowOfPlace(where.abovePlace);
      held = { asset, row: Math.max(0, Math.min(row, total() - 1)), place: own };
    },
    release: () => {
      held = null;
      findSkipped();
    },
    get held() {
      return held?.asset ?? null;
    },
  };
};
