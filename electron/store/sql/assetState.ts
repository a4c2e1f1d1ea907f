import type { Selectable } from 'kysely';
import type { AssetRef, AssetState } from '../../../shared/domain/asset.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import { checkColumns, columnsOf } from './checkColumns.ts';
import type { Queries } from './connection.ts';
import type { Schema } from './schema.ts';

export type AssetRow = Selectable<Schema['maskdesk_assets']>;

const rowOf = (queries: Queries, { kind, id }: AssetRef) => queries.selectFrom('maskdesk_assets').selectAll().where('kind', '=', kind).where('id', '=', id);

/** @throws ExpectedError not_found */
export const assetRow = async (queries: Queries, asset: AssetRef): Promise<AssetRow> => {
  const row = await rowOf(queries, asset).executeTakeFirst();
  if (row === undefined) throw notFound(asset);
  return row;
};

/**
 * The asset's row, which nobody else can change until this transaction ends: the first thing that a transaction does which decides by what it reads
 * of the asset, its versions, verdicts, drafts or publications.
 * @throws ExpectedError not_found
 */
export const lockAsset = async (queries: Queries, asset: AssetRef): Promise<AssetRow> => {
  const row = await lockAssetIfThere(queries, asset);
  if (row === null) throw notFound(asset);
  return row;
};

export const lockAssetIfThere = async (queries: Queries, asset: AssetRef): Promise<AssetRow | null> => (await queries.dialect.locked(rowOf(queries, asset)).executeTakeFirst()) ?? null;

export const notFound = (asset: AssetRef): ExpectedError =>
  new ExpectedError('not_found', `There is no ${asset.kind === 'keyframe' ? 'keyframe' : 'product image'} with the id ${asset.id} in this store.`);

export interface AssetChange {
  readonly state: AssetState;
  readonly reason: string | null;
  /** Who approved or rejected it; absent in the other states. */
  readonly reviewer?: string;
  /** Absent: the head stays; null: it has no mask any more. */
  readonly head?: Revision | null;
}

/** The one way to change an asset's state or head: keeps the columns that the queue sorts and filters by in step. */
export const changeAsset = async (queries: Queries, asset: AssetRef, change: AssetChange, nowMs: number): Promise<void> => {
  const { head, state, reason, reviewer = null } = change;
  const headColumns =
    head === undefined
      ? {}
      : {
          head_revision_id: head?.revisionId ?? null,
          head_model_id: head?.model?.modelId ?? null,
          head_area_share: head === null ? null : head.areaPx / (head.widthPx * head.heightPx),
          confidence: head?.model?.confidence ?? null,
          ...(head === null ? columnsOf(null) : await checkColumns(queries, head.revisionId)),
        };
  await queries
    .updateTable('maskdesk_assets')
    .set({ state, reason, reviewer, updated_at_ms: nowMs, ...headColumns })
    .where('kind', '=', asset.kind)
    .where('id', '=', asset.id)
    .execute();
};
