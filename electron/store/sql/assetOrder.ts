import { sql, type RawBuilder } from 'kysely';
import { present } from '../../../shared/errors/errors.ts';
import type { AssetFilter, AssetSort } from '../../../shared/domain/assetQuery.ts';
import { assetsBy, isOfOneParent } from './assetFilter.ts';
import type { Dialect } from './dialect.ts';

/**
 * How each sort walks its index. The index is named on purpose: without statistics SQLite would take another and sort every match.
 * Filters are columns in the index's tail, so that a page that matches nothing reads the index once and the table never.
 */
const sorts: Readonly<Record<AssetSort, { readonly index: string; readonly columns: readonly string[]; readonly descending: boolean }>> = {
  worst: { index: 'maskdesk_assets_worst', columns: ['worst_key', 'kind', 'id'], descending: false },
  newest: { index: 'maskdesk_assets_newest', columns: ['updated_at_ms', 'kind', 'id'], descending: true },
  product: { index: 'maskdesk_assets_product', columns: ['kind', 'parent_id', 'id'], descending: false },
};

/** Order of an asset: three values, compared one after another. */
export type OrderKey = readonly (string | number)[];

/** The pieces of statements that go through a list in its order, on (1) or back (-1). */
export interface AssetOrder {
  /** maskdesk_assets by the index to be used. */
  readonly table: RawBuilder<unknown>;
  /** key_0, key_1, key_2 */
  readonly keyColumns: RawBuilder<unknown>;
  by(direction: 1 | -1): RawBuilder<unknown>;
  isBeyond(key: OrderKey, direction: 1 | -1): RawBuilder<unknown>;
  /** At the key or after it, going on. */
  isFrom(key: OrderKey): RawBuilder<unknown>;
  /** At `from` or after it, and before `to`. */
  isWithin(from: OrderKey, to: OrderKey): RawBuilder<unknown>;
}

const compared = (columns: readonly string[], operator: RawBuilder<unknown>, key: OrderKey): RawBuilder<unknown> => {
  const values = columns.map((_column, place) => present(key[place], 'part of an order key'));
  return sql`(${sql.join(columns.map((column) => sql.ref(column)))}) ${operator} (${sql.join(values)})`;
};

export const orderOf = (dialect: Dialect, sort: AssetSort, filter: AssetFilter): AssetOrder => {
  const { index, columns, descending } = sorts[sort];
  const isUp = (direction: 1 | -1): boolean => (direction === 1) !== descending;
  return {
    table: assetsBy(dialect, filter, isOfOneParent(filter) ? sorts.product.index : index),
    keyColumns: sql.join(columns.map((column, place) => sql`${sql.ref(column)} as ${sql.ref(`key_${place}`)}`)),
    by: (direction) => sql.join(columns.map((column) => sql`${sql.ref(column)} ${isUp(direction) ? sql`asc` : sql`desc`}`)),
    isBeyond: (key, direction) => compared(columns, isUp(direction) ? sql`>` : sql`<`, key),
    isWithin: (from, to) => {
      const different = columns.findIndex((_column, place) => from[place] !== to[place]);
      // Said once more by single columns: of rows compared as a whole PostgreSQL expects a third of the table, and fetches other processes to count it.
      const bounds = columns.flatMap((column, place) => {
        if (different !== -1 && place > different) return [];
        if (place !== different) return [sql`${sql.ref(column)} = ${from[place]}`];
        const [low, high] = isUp(1) ? [from[place], to[place]] : [to[place], from[place]];
        return [sql`${sql.ref(column)} between ${low} and ${high}`];
      });
      return sql.join([compared(columns, isUp(1) ? sql`>=` : sql`<=`, from), compared(columns, isUp(1) ? sql`<` : sql`>`, to), ...bounds], sql` and `);
    },
    isFrom: (key) => compared(columns, isUp(1) ? sql`>=` : sql`<=`, key),
  };
};
