import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** A store as another program sees it: with Node's own SQLite, not with the driver of the app. @returns the rows */
export const queryStore = (storeDir: string, sql: string, ...parameters: readonly SQLInputValue[]): readonly Record<string, unknown>[] => {
  const database = new DatabaseSync(join(storeDir, 'maskdesk.db'), { readOnly: true, timeout: 5000 });
  try {
    return database.prepare(sql).all(...parameters);
  } finally {
    database.close();
  }
};

/** @returns `masked_local_path` of a product image or a keyframe, as the pipeline reads it */
export const maskedLocalPath = (storeDir: string, assetId: string): string | null => {
  const sql =
    'SELECT masked_local_path AS path FROM product_images WHERE img_id = ? UNION ALL SELECT masked_local_path FROM video_frames WHERE frame_id = ?';
  const [row] = queryStore(storeDir, sql, assetId, assetId);
  if (row === undefined) throw new Error(`${assetId} is in neither table of ${storeDir}`);
  return row['path'] as string | null;
};

/** @returns whether a draft is kept for an item */
export const hasDraft = (storeDir: string, assetId: string): boolean =>
  queryStore(storeDir, 'SELECT 1 FROM maskdesk_drafts WHERE asset_id = ?', assetId).length > 0;

/** @returns how many tasks of background work are in each state */
export const taskCounts = (storeDir: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    queryStore(storeDir, 'SELECT state, count(*) AS count FROM maskdesk_jobs GROUP BY state').map((row) => [String(row['state']), Number(row['count'])]),
  );
