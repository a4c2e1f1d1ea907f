import { sql, type RawBuilder } from 'kysely';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { ItemLease } from '../../../shared/domain/itemLease.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Connection, Queries } from './connection.ts';

/** Leases as rows, for the store of leases and for what heeds them. */

const table = sql.table('maskdesk_item_leases');

/** Live ones, longest held first. @param only of one asset */
export const liveLeases = async (connection: Connection, queries: Queries, only?: AssetRef): Promise<readonly ItemLease[]> => {
  const nowMs = connection.nowMs();
  let query = queries
    .selectFrom('maskdesk_item_leases')
    .select(['asset_kind', 'asset_id', 'owner', 'reviewer', 'purpose', 'since_ms'])
    .select(sql<number>`expires_at_ms - ${nowMs}`.as('remaining_ms'))
    .where('expires_at_ms', '>', nowMs)
    .orderBy('since_ms')
    .orderBy('asset_kind')
    .orderBy('asset_id');
  if (only !== undefined) query = query.where('asset_kind', '=', only.kind).where('asset_id', '=', only.id);
  return (await query.execute()).map((row) => ({
    asset: { kind: row.asset_kind, id: asId(row.asset_id) },
    owner: row.owner,
    reviewer: row.reviewer,
    purpose: row.purpose,
    sinceMs: row.since_ms,
    remainingMs: row.remaining_ms,
  }));
};

/** A condition on `kind` and `id` of maskdesk_assets: nobody but the owner holds it. The table has a row a desk or two. */
export const isFreeFor = (connection: Connection, owner: string): RawBuilder<unknown> => sql`not exists (select 1 from ${table} taken
  where taken.asset_kind = kind and taken.asset_id = id and taken.owner <> ${owner} and taken.expires_at_ms > ${connection.nowMs()})`;

/** @throws ExpectedError item_taken (details: reviewer, sinceMs) while another desk than the owner's holds it */
export const assertNotTaken = async (connection: Connection, queries: Queries, asset: AssetRef, owner: string): Promise<void> => {
  const [lease] = await liveLeases(connection, queries, asset);
  if (lease === undefined || lease.owner === owner) return;
  throw new ExpectedError('item_taken', `${lease.reviewer} has ${asset.id} now. Take it over to judge it, or go on to the next one.`, {
    details: { reviewer: lease.reviewer, sinceMs: lease.sinceMs },
  });
};
