import { sql } from 'kysely';
import { assetStates, type AssetState } from '../../../shared/domain/asset.ts';
import type { AssetCounts, AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { conditionsOf, isGrouped, whereOf } from './assetFilter.ts';
import type { Queries } from './connection.ts';

/** From the counts that triggers keep where they know the filter; else a count a state each in one pass, where grouping would sort. */
export const countAssets = async (queries: Queries, filter: Omit<AssetFilter, 'states'>): Promise<AssetCounts> => {
  const [amount, table] = isGrouped(filter)
    ? [sql`total`, sql`maskdesk_asset_groups`]
    : [sql`1`, queries.dialect.by('maskdesk_assets', 'maskdesk_assets_product')];
  const each = assetStates.map((state) => sql`sum(${amount}) filter (where state = ${sql.lit(state)}) as ${sql.ref(state)}`);
  const { rows } = await sql<Record<AssetState, number | null>>`
    select ${sql.join(each)} from ${table} ${whereOf(conditionsOf(queries.dialect, filter))}`.execute(queries);
  return Object.fromEntries(assetStates.map((state) => [state, rows[0]?.[state] ?? 0])) as Record<AssetState, number>;
};
