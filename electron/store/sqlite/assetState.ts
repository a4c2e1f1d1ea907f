import { sql } from 'kysely';
import type { AssetRef, AssetState } from '../../../shared/domain/asset.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import type { Queries } from './connection.ts';
import type { Schema } from './schema.ts';

/** Order of the queue's "worst first", in steps of 4 with the confidence (0..1; 2: none) between them; the table checks it. */
const badness: Readonly<Record<AssetState, number>> = { failed: 0, rejected: 4, to_review: 8, unsegmented: 12, approved: 16 };
const noConfidence = 2;

/** worst_key of an asset that nobody has segmented. */
export const untouchedWorstKey = badness.unsegmented + noConfidence;

export type AssetRow = Schema['maskdesk_assets'];

/** @throws ExpectedError not_found */
export const assetRow = async (queries: Queries, asset: AssetRef): Promise<AssetRow> => {
  const row = await queries.selectFrom('maskdesk_assets').selectAll().where('kind', '=', asset.kind).where('id', '=', asset.id).executeTakeFirst();
  if (row === undefined) throw notFound(asset);
  return row;
};

export const notFound = (asset: AssetRef): ExpectedError =>
  new ExpectedError('not_found', `There is no ${asset.kind === 'keyframe' ? 'keyframe' : 'product image'} with the id ${asset.id} in this store.`);

export interface AssetChange {
  readonly state: AssetState;
  readonly reason: string | null;
  /** Absent: the head stays. */
  readonly head?: Revision;
}

/** The one way to change an asset's state or head: keeps the columns that the queue sorts by in step. */
export const changeAsset = async (queries: Queries, asset: AssetRef, change: AssetChange, nowMs: number): Promise<void> => {
  const { head, state, reason } = change;
  const confidence = head?.model?.confidence ?? null;
  const headColumns =
    head === undefined
      ? { worst_key: sql<number>`${badness[state]} + coalesce(confidence, ${noConfidence})` }
      : {
          head_revision_id: head.revisionId,
          head_model_id: head.model?.modelId ?? null,
          head_area_share: head.areaPx / (head.widthPx * head.heightPx),
          confidence,
          worst_key: badness[state] + (confidence ?? noConfidence),
        };
  await queries
    .updateTable('maskdesk_assets')
    .set({ state, reason, updated_at_ms: nowMs, ...headColumns })
    .where('kind', '=', asset.kind)
    .where('id', '=', asset.id)
    .execute();
};
