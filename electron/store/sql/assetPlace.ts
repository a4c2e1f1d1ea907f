import { sql, type RawBuilder } from 'kysely';
import type { AssetKind, AssetRef, AssetState } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { AssetFilter, AssetSort, PlacedAsset } from '../../../shared/domain/assetQuery.ts';
import { present } from '../../../shared/errors/errors.ts';
import { conditionsOf, whereOf } from './assetFilter.ts';
import { orderOf, type AssetOrder, type OrderKey } from './assetOrder.ts';
import { assetsWithKeys } from './assetQueue.ts';
import type { Queries } from './connection.ts';
import type { ListMarks } from './listMarks.ts';

interface List {
  readonly filter?: AssetFilter;
  readonly sort?: AssetSort;
}

interface KeyRow {
  readonly kind: AssetKind;
  readonly id: string;
  readonly key_0: string | number;
  readonly key_1: string | number;
  readonly key_2: string | number;
}

const keyOf = (row: KeyRow): OrderKey => [row.key_0, row.key_1, row.key_2];

const readKey = async (queries: Queries, order: AssetOrder, { kind, id }: AssetRef): Promise<OrderKey | null> => {
  const { rows } = await sql<KeyRow>`select kind, id, ${order.keyColumns} from maskdesk_assets where kind = ${kind} and id = ${id}`.execute(queries);
  return rows[0] === undefined ? null : keyOf(rows[0]);
};

/** How many of the list come before the key. */
const countBefore = async (queries: Queries, order: AssetOrder, { filter = {}, sort = 'worst' }: List, key: OrderKey, marks: ListMarks): Promise<number> => {
  const mark = await marks.beforeKey(queries, { filter, sort }, key);
  const before = mark === null ? order.isBeyond(key, -1) : order.isWithin(mark.key, key);
  const { rows } = await sql<{ total: number }>`select count(*) as total from ${order.table}
    ${whereOf([...conditionsOf(queries.dialect, filter), before])}`.execute(queries);
  return (mark?.place ?? 0) + present(rows[0], 'a count').total;
};

export const positionOfAsset = async (queries: Queries, query: List & { readonly asset: AssetRef }, marks: ListMarks): Promise<number | null> => {
  const { filter = {}, sort = 'worst', asset } = query;
  const order = orderOf(queries.dialect, sort, filter);
  const key = await readKey(queries, order, asset);
  if (key === null) return null;
  const inList = await sql`select 1 from maskdesk_assets ${whereOf([sql`kind = ${asset.kind}`, sql`id = ${asset.id}`, ...conditionsOf(queries.dialect, filter)])}`.execute(queries);
  return inList.rows.length === 0 ? null : countBefore(queries, order, query, key, marks);
};

interface NextQuery extends List {
  readonly after: AssetRef | null;
  readonly states: readonly AssetState[];
  readonly direction: 1 | -1;
}

/** @param conditions more of them, on columns of maskdesk_assets */
const findNext = async (queries: Queries, query: NextQuery, order: AssetOrder, conditions: readonly RawBuilder<unknown>[]): Promise<KeyRow | null> => {
  const { filter = {}, after, states, direction } = query;
  const open = [...conditionsOf(queries.dialect, filter), ...conditionsOf(queries.dialect, { states }), ...conditions];
  const start = after === null ? null : await readKey(queries, order, after);
  const first = async (beyond: 1 | -1 | null): Promise<KeyRow | undefined> => {
    const place = start === null || beyond === null ? [] : [order.isBeyond(start, beyond)];
    const { rows } = await sql<KeyRow>`select kind, id, ${order.keyColumns} from ${order.table}
      ${whereOf([...open, ...place])} order by ${order.by(direction)} limit 1`.execute(queries);
    return rows[0];
  };
  // Round the end: what lies behind the start, from that end on.
  const found = start === null ? await first(null) : ((await first(direction)) ?? (await first(direction === 1 ? -1 : 1)));
  return found ?? null;
};

/** @param conditions as {@link findNext}'s */
export const isOpenInList = async (queries: Queries, { filter = {}, states }: NextQuery, { kind, id }: AssetRef, conditions: readonly RawBuilder<unknown>[]): Promise<boolean> => {
  const all = [sql`kind = ${kind}`, sql`id = ${id}`, ...conditionsOf(queries.dialect, filter), ...conditionsOf(queries.dialect, { states }), ...conditions];
  return (await sql`select 1 from maskdesk_assets ${whereOf(all)}`.execute(queries)).rows.length > 0;
};

/** The next one without its place, which takes counting. */
export const nextOpenKey = async (queries: Queries, query: NextQuery, conditions: readonly RawBuilder<unknown>[]): Promise<AssetRef | null> => {
  const found = await findNext(queries, query, orderOf(queries.dialect, query.sort ?? 'worst', query.filter ?? {}), conditions);
  return found === null ? null : { kind: found.kind, id: asId(found.id) };
};

export const nextOpenAsset = async (queries: Queries, query: NextQuery, marks: ListMarks): Promise<PlacedAsset | null> => {
  const { filter = {}, sort = 'worst' } = query;
  const order = orderOf(queries.dialect, sort, filter);
  const found = await findNext(queries, query, order, []);
  const [asset] = found === null ? [] : await assetsWithKeys(queries, [found]);
  if (found === null || asset === undefined) return null;
  return { asset, index: await countBefore(queries, order, query, keyOf(found), marks) };
};
