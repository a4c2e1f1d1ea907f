import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import type { Queries } from './connection.ts';
import { verdictOf } from './rows.ts';

/** Oldest first: what replayVerdicts reads. */
export const verdictsOf = async (queries: Queries, asset: AssetRef): Promise<Verdict[]> => {
  const rows = await queries
    .selectFrom('maskdesk_verdicts')
    .selectAll()
    .where('asset_kind', '=', asset.kind)
    .where('asset_id', '=', asset.id)
    .orderBy('sequence')
    .execute();
  return rows.map(verdictOf);
};
