import { sql, type RawBuilder } from 'kysely';
import { assetStates, type AssetState } from '../../../shared/domain/asset.ts';
import type { AssetCounts, AssetFilter, FacetCount, FacetCounts, FacetName } from '../../../shared/domain/assetQuery.ts';
import { checkIds, type CheckId } from '../../../shared/domain/check.ts';
import { conditionsOf, isGrouped, whereOf } from './assetFilter.ts';
import { checkFlag } from './checkColumns.ts';
import type { Queries } from './connection.ts';

/** Counts a state each in one pass: grouping would sort. */
const countsOfStates = sql.join(assetStates.map((state) => sql`sum(state = ${sql.lit(state)}) as ${sql.ref(state)}`));

export const countAssets = async (queries: Queries, filter: Omit<AssetFilter, 'states'>): Promise<AssetCounts> => {
  const where = whereOf(conditionsOf(filter));
  const { rows } = isGrouped(filter)
    ? await sql<Record<AssetState, number | null>>`
        select ${sql.join(assetStates.map((state) => sql`sum(total) filter (where state = ${sql.lit(state)}) as ${sql.ref(state)}`))}
        from maskdesk_asset_groups ${where}`.execute(queries)
    : await sql<Record<AssetState, number | null>>`
        select ${countsOfStates} from maskdesk_assets indexed by maskdesk_assets_product ${where}`.execute(queries);
  return Object.fromEntries(assetStates.map((state) => [state, rows[0]?.[state] ?? 0])) as Record<AssetState, number>;
};

interface Facet {
  readonly column: string;
  /** The filter's own choice of it. */
  readonly filter: keyof AssetFilter;
}

/** Facets that the counts kept by triggers know. */
const groupedFacets: Readonly<Record<Exclude<FacetName, 'products' | 'videos' | 'checks'>, Facet>> = {
  models: { column: 'head_model_id', filter: 'modelId' },
  reviewers: { column: 'reviewer', filter: 'reviewer' },
  rejectReasons: { column: 'reject_reason', filter: 'rejectReason' },
};

const without = (filter: AssetFilter, name: keyof AssetFilter): AssetFilter => {
  const { [name]: _left, ...rest } = filter;
  return rest;
};

const mostFrequent = 200;

const countValues = async (queries: Queries, { column, filter: own }: Facet, filter: AssetFilter): Promise<FacetCount[]> => {
  const rest = without(filter, own);
  const value = sql.ref(column);
  const where = whereOf([...conditionsOf(rest), sql`${value} <> ''`]);
  const from = isGrouped(rest) ? sql`sum(total) as count from maskdesk_asset_groups` : sql`count(*) as count from maskdesk_assets indexed by maskdesk_assets_product`;
  const { rows } = await sql<{ value: string; count: number }>`
    select ${value} as value, ${from} ${where} group by 1 having count > 0 order by count desc, value limit ${mostFrequent}`.execute(queries);
  return rows.map((row) => ({ ...row, title: null }));
};

/** An asset counts for each of its head's checks that is not fine. */
const countChecks = async (queries: Queries, filter: AssetFilter): Promise<FacetCount[]> => {
  const rest = without(filter, 'check');
  const each = checkIds.map((checkId) => {
    const isFlagged = sql`check_flags & ${sql.lit(checkFlag(checkId))} <> 0`;
    return isGrouped(rest) ? sql`sum(total) filter (where ${isFlagged}) as ${sql.ref(checkId)}` : sql`sum(${isFlagged}) as ${sql.ref(checkId)}`;
  });
  const from = isGrouped(rest) ? sql`maskdesk_asset_groups` : sql`maskdesk_assets indexed by maskdesk_assets_product`;
  const { rows } = await sql<Record<CheckId, number | null>>`select ${sql.join(each)} from ${from} ${whereOf(conditionsOf(rest))}`.execute(queries);
  return checkIds
    .map((checkId) => ({ value: checkId, title: null, count: rows[0]?.[checkId] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
};

/** Read in the order of the index, product by product. */
const countParents = async (queries: Queries, kind: 'product_image' | 'keyframe', filter: AssetFilter): Promise<FacetCount[]> => {
  const rest = without(filter, kind === 'product_image' ? 'productId' : 'videoId');
  // A choice of the other kind's parent leaves none of these.
  if (rest.productId !== undefined || rest.videoId !== undefined || (rest.kind ?? kind) !== kind) return [];
  const titles: RawBuilder<unknown> =
    kind === 'product_image' ? sql`products titled on titled.product_id = frequent.value` : sql`videos titled on titled.video_id = frequent.value`;
  const { rows } = await sql<FacetCount>`
    select frequent.value, titled.title, frequent.count from (
      select parent_id as value, count(*) as count from maskdesk_assets indexed by maskdesk_assets_product
      ${whereOf([sql`kind = ${kind}`, sql`parent_id <> ''`, ...conditionsOf(rest)])} group by parent_id order by count desc, parent_id limit ${mostFrequent}) frequent
    left join ${titles} order by frequent.count desc, frequent.value`.execute(queries);
  return rows;
};

export const facetsOf = async (queries: Queries, filter: AssetFilter): Promise<FacetCounts> => ({
  models: await countValues(queries, groupedFacets.models, filter),
  reviewers: await countValues(queries, groupedFacets.reviewers, filter),
  products: await countParents(queries, 'product_image', filter),
  videos: await countParents(queries, 'keyframe', filter),
  rejectReasons: await countValues(queries, groupedFacets.rejectReasons, filter),
  checks: await countChecks(queries, filter),
});
