import type { AssetFilter, AssetSort } from '../../../shared/domain/assetQuery.ts';
import type { OrderKey } from './assetOrder.ts';
import type { Queries } from './connection.ts';

export interface MarkedList {
  readonly filter: AssetFilter;
  readonly sort: AssetSort;
}

/** So many of the list come before the key. */
export interface Mark {
  readonly key: OrderKey;
  readonly place: number;
}

/** Places of lists that somebody knows already, so that counting begins there. Null: count from the list's start. */
export interface ListMarks {
  /** The last one known that is not behind the place. */
  beforePlace(queries: Queries, list: MarkedList, place: number): Promise<Mark | null>;
  /** The last one known whose key is not behind this one. */
  beforeKey(queries: Queries, list: MarkedList, key: OrderKey): Promise<Mark | null>;
}

/** For a database that counts fast enough. */
export const noMarks: ListMarks = { beforePlace: async () => null, beforeKey: async () => null };
