import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { Queries } from './connection.ts';

/** `masked_local_path` of the pipeline's row as it is now; null also where the pipeline has removed the row. */
export const readMaskedPath = async (queries: Queries, { kind, id }: AssetRef): Promise<string | null> => {
  const row =
    kind === 'product_image'
      ? await queries.selectFrom('product_images').select('masked_local_path').where('img_id', '=', id).executeTakeFirst()
      : await queries.selectFrom('video_frames').select('masked_local_path').where('frame_id', '=', id).executeTakeFirst();
  return row?.masked_local_path ?? null;
};

/** @returns false where the pipeline has removed the row: nothing was written */
export const writeMaskedPath = async (queries: Queries, { kind, id }: AssetRef, path: string | null): Promise<boolean> => {
  const values = { masked_local_path: path };
  const { numUpdatedRows } =
    kind === 'product_image'
      ? await queries.updateTable('product_images').set(values).where('img_id', '=', id).executeTakeFirstOrThrow()
      : await queries.updateTable('video_frames').set(values).where('frame_id', '=', id).executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
};
