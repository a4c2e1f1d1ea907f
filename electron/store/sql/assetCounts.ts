import { sql } from 'kysely';
import { assetStates, type AssetState } from '../../../shared/domain/asset.ts';
import type { AssetCounts, AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { assetsBy, conditionsOf, isGrouped, keptConditionsOf, whereOf } from './assetFilter.ts';
import type { Queries } from './connection.ts';

/** From the counts that triggers keep where they know the filter; else a count a state each in one pass, where grouping would sort. */
/** Whether the counts kept by triggers know that nothing matches: to find that out in the lists they are read from one end to the other. */
export const isNothing = async (queries: Queries, filter: AssetFilter): Promise<boolean> => {
  if (filter.reviewer === undefined && filter.modelId === undefined && filter.rejectReason === undefined && filter.check === undefined && filter.hasDraft === undefined && filter.states === undefined) return false;
  const { rows } = await sql`select 1 from maskdesk_asset_groups ${whereOf([...keptConditionsOf(queries.dialect, filter), sql`total > 0`])} limit 1`.execute(queries);
  return rows.length === 0;
};

export const countAssets = async (queries: Queries, filter: Omit<AssetFilter, 'states'>): Promise<AssetCounts> => {
  const [amount, table] = isGrouped(filter)
    ? [sql`total`, sql`maskdesk_asset_groups`]
    : [sql`1`, assetsBy(queries.dialect, filter, 'maskdesk_assets_product')];
  const each = assetStates.map((state) => sql`sum(${amount}) filter (where state = ${sql.lit(state)}) as ${sql.ref(state)}`);
  const { rows } = await sql<Record<AssetState, number | null>>`
    select ${sql.join(each)} from ${table} ${whereOf(conditionsOf(queries.dialect, filter))}`.execute(queries);
  return Object.fromEntries(assetStates.map((state) => [state, rows[0]?.[state] ?? 0])) as Record<AssetState, number>;
};
