import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { Queries } from './connection.ts';

/** Why the last run of a model on it failed; null when it did not, or there was none. */
export const lastFailure = async (queries: Queries, asset: AssetRef): Promise<string | null> => {
  const run = await queries
    .selectFrom('maskdesk_jobs')
    .select(['state', 'reason'])
    .where('asset_kind', '=', asset.kind)
    .where('asset_id', '=', asset.id)
    .where('state', 'in', ['done', 'failed'])
    .orderBy('sequence', 'desc')
    .executeTakeFirst();
  return run?.state === 'failed' ? run.reason : null;
};
