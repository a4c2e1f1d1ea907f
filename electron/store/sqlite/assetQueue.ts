import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { assetKinds, assetStates, type Asset, type AssetState } from '../../../shared/domain/asset.ts';
import { ExpectedError, present } from '../../../shared/errors/errors.ts';
import { assetSorts, type AssetCounts, type AssetFilter, type AssetPage, type AssetSort } from '../../../shared/domain/assetQuery.ts';
import { readAssets } from './assetRead.ts';
import { checkFlag } from './checkColumns.ts';
import type { Queries } from './connection.ts';

/**
 * How each sort walks its index. The index is named on purpose: without statistics SQLite would take the one of the states and sort every
 * match. Filters are columns in the index's tail, so a page that matches nothing reads the index once and the table never.
 */
const sorts: Readonly<Record<AssetSort, { readonly index: string; readonly columns: readonly string[]; readonly descending: boolean }>> = {
  worst: { index: 'maskdesk_assets_worst', columns: ['worst_key', 'kind', 'id'], descending: false },
  newest: { index: 'maskdesk_assets_newest', columns: ['updated_at_ms', 'kind', 'id'], descending: true },
  product: { index: 'maskdesk_assets_product', columns: ['kind', 'parent_id', 'id'], descending: false },
};

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

const inJson = (values: readonly string[]): RawBuilder<unknown> => sql`(select value from json_each(${JSON.stringify(values)}))`;

/** LIKE for ASCII, which SQLite compares without case by itself; other scripts through our own fold, slower but right. */
const contains = (column: RawBuilder<unknown>, text: string): RawBuilder<unknown> =>
  /^[\x20-\x7e]*$/.test(text)
    ? sql`${column} like ${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`
    : sql`instr(maskdesk_fold(${column}), ${text.toLowerCase()}) > 0`;

/** Subqueries do not refer to the asset: each runs once, whatever the number of assets. */
const conditionsOf = (filter: AssetFilter): RawBuilder<unknown>[] => {
  const conditions: RawBuilder<unknown>[] = [];
  if (filter.states !== undefined) conditions.push(sql`state in ${inJson(filter.states)}`);
  if (filter.kind !== undefined) conditions.push(sql`kind = ${filter.kind}`);
  if (filter.productId !== undefined) conditions.push(sql`(kind = 'product_image' and parent_id = ${filter.productId})`);
  if (filter.videoId !== undefined) conditions.push(sql`(kind = 'keyframe' and parent_id = ${filter.videoId})`);
  if (filter.modelId !== undefined) conditions.push(sql`head_model_id = ${filter.modelId}`);
  if (filter.check !== undefined) conditions.push(sql`check_flags & ${checkFlag(filter.check)} <> 0`);
  if (filter.jobId !== undefined) {
    conditions.push(sql`case kind
      when 'product_image' then parent_id in (select product_id from products where job_id = ${filter.jobId})
      else parent_id in (select video_id from job_videos where job_id = ${filter.jobId}) end`);
  }
  if (filter.text !== undefined && filter.text !== '') {
    conditions.push(sql`(${contains(sql`id`, filter.text)} or case kind
      when 'product_image' then parent_id in (select product_id from products where ${contains(sql`title`, filter.text)})
      else parent_id in (select video_id from videos where ${contains(sql`title`, filter.text)}) end)`);
  }
  return conditions;
};

const whereOf = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;

interface QueueQuery {
  readonly filter?: AssetFilter;
  readonly sort?: AssetSort;
  readonly limit: number;
  readonly cursor?: string | null;
}

export const listAssets = async (queries: Queries, query: QueueQuery): Promise<AssetPage> => {
  const name = query.sort ?? 'worst';
  const { index, columns, descending } = sorts[name];
  const key = sql.join(columns.map((column) => sql.ref(column)));
  const conditions = conditionsOf(query.filter ?? {});
  if (query.cursor != null) {
    conditions.push(sql`(${key}) ${descending ? sql`<` : sql`>`} (${sql.join(decodeCursor(query.cursor, name))})`);
  }
  const direction = descending ? sql`desc` : sql`asc`;
  const order = sql.join(columns.map((column) => sql`${sql.ref(column)} ${direction}`));
  const { rows: keys } = await sql<{ kind: string; id: string; sort_key: string | number; parent_id: string }>`
    select kind, id, ${sql.ref(columns[0] === 'kind' ? 'parent_id' : present(columns[0], 'sort column'))} as sort_key
    from maskdesk_assets indexed by ${sql.ref(index)} ${whereOf(conditions)} order by ${order} limit ${query.limit + 1}`.execute(queries);
  const page = keys.slice(0, query.limit);
  const last = page.at(-1);
  const assets = await assetsWithKeys(queries, page);
  if (keys.length <= query.limit || last === undefined) return { assets, nextCursor: null };
  const after = columns[0] === 'kind' ? [last.kind, last.sort_key, last.id] : [last.sort_key, last.kind, last.id];
  return { assets, nextCursor: encodeCursor(name, after) };
};

/** In the order of the keys; keys whose asset is gone are left out. */
export const assetsWithKeys = (queries: Queries, keys: readonly { kind: string; id: string }[]): Promise<Asset[]> => {
  const text = JSON.stringify(keys.map(({ kind, id }) => ({ kind, id })));
  return readAssets(queries, sql`select value ->> 'kind' as kind, value ->> 'id' as id from json_each(${text})`);
};

export const countAssets = async (queries: Queries, filter: AssetFilter): Promise<AssetCounts> => {
  const { rows } = await sql<{ state: AssetState; total: number }>`
    select state, count(*) as total from maskdesk_assets indexed by maskdesk_assets_state
    ${whereOf(conditionsOf({ ...filter }))} group by state`.execute(queries);
  const counts = Object.fromEntries(assetStates.map((state) => [state, 0])) as Record<AssetState, number>;
  for (const row of rows) counts[row.state] = row.total;
  return counts;
};

export const bothKinds = (id: string): { kind: string; id: string }[] => assetKinds.map((kind) => ({ kind, id }));
