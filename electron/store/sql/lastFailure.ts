import type { AssetRef, AssetState } from '../../../shared/domain/asset.ts';
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

/** What an asset is without a mask. */
export const withoutMask = async (queries: Queries, asset: AssetRef): Promise<{ readonly state: AssetState; readonly reason: string | null }> => {
  const reason = await lastFailure(queries, asset);
  return { state: reason === null ? 'unsegmented' : 'failed', reason };
};
