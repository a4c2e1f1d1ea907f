import { sql } from 'kysely';
import { z } from 'zod';
import { assetKinds, type Asset } from '../../../shared/domain/asset.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { assetSorts, type AssetFilter, type AssetPage, type AssetSort, type AssetWindow } from '../../../shared/domain/assetQuery.ts';
import { isNothing } from './assetCounts.ts';
import { conditionsOf, whereOf } from './assetFilter.ts';
import { orderOf } from './assetOrder.ts';
import { readAssets } from './assetRead.ts';
import type { Queries } from './connection.ts';
import type { ListMarks } from './listMarks.ts';

const cursorSchema = z.object({ sort: z.enum(assetSorts), after: z.array(z.union([z.string(), z.number()])).length(3) });

const encodeCursor = (sort: AssetSort, after: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify({ sort, after })).toString('base64url');

const decodeCursor = (cursor: string, sort: AssetSort): (string | number)[] => {
  try {
    const parsed = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (parsed.sort === sort) return parsed.after;
  } catch (error) {
    throw new ExpectedError('invalid_input', 'The place in the queue could not be read. Start again from the first page.', { cause: error });
  }
  throw new ExpectedError('invalid_input', 'The place in the queue belongs to another order. Start again from the first page.');
};

interface ListQuery {
  readonly filter?: AssetFilter;
  readonly sort?: AssetSort;
  readonly limit: number;
}

interface KeyRow {
  readonly kind: string;
  readonly id: string;
  readonly key_0: string | number;
  readonly key_1: string;
  readonly key_2: string;
}

export const listAssets = async (queries: Queries, query: ListQuery & { readonly cursor?: string | null }): Promise<AssetPage> => {
  const { filter = {}, sort = 'worst', limit, cursor } = query;
  const order = orderOf(queries.dialect, sort, filter);
  if (await isNothing(queries, filter)) return { assets: [], nextCursor: null };
  const conditions = conditionsOf(queries.dialect, filter);
  if (cursor != null) conditions.push(order.isBeyond(decodeCursor(cursor, sort), 1));
  const { rows } = await sql<KeyRow>`select kind, id, ${order.keyColumns} from ${order.table} ${whereOf(conditions)}
    order by ${order.by(1)} limit ${limit + 1}`.execute(queries);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const assets = await assetsWithKeys(queries, page);
  if (rows.length <= limit || last === undefined) return { assets, nextCursor: null };
  return { assets, nextCursor: encodeCursor(sort, [last.key_0, last.key_1, last.key_2]) };
};

/** Walks the order's index to the place from the mark before it: 0.05 (SQLite) to 0.1 s (PostgreSQL) a million entries. */
export const windowOfAssets = async (queries: Queries, query: ListQuery & { readonly offset: number }, marks: ListMarks): Promise<AssetWindow> => {
  const { filter = {}, sort = 'worst', limit, offset } = query;
  const order = orderOf(queries.dialect, sort, filter);
  if (await isNothing(queries, filter)) return { assets: [], offset };
  const mark = await marks.beforePlace(queries, { filter, sort }, offset);
  const from = mark === null || mark.place === 0 ? [] : [order.isFrom(mark.key)];
  const skipped = mark === null ? offset : offset - mark.place;
  const { rows } = await sql<{ kind: string; id: string }>`select kind, id from ${order.table} ${whereOf([...conditionsOf(queries.dialect, filter), ...from])}
    order by ${order.by(1)} limit ${limit} offset ${skipped}`.execute(queries);
  return { assets: await assetsWithKeys(queries, rows), offset };
};

/** In the order of the keys; keys whose asset is gone are left out. */
export const assetsWithKeys = (queries: Queries, keys: readonly { kind: string; id: string }[]): Promise<Asset[]> =>
  readAssets(queries, sql`select kind, id, place from ${queries.dialect.assets(keys)} as named`);

export const bothKinds = (id: string): { kind: string; id: string }[] => assetKinds.map((kind) => ({ kind, id }));
