import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type AssetId, type ImportId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { ImportedPhoto } from '../../../shared/ports/store/importedPhotoStore.ts';
import { addAsset, ensureJob, ensureProduct, ensureVideo, nothingToPlace } from './catalogRows.ts';
import type { Queries } from './connection.ts';
import type { Schema } from './schema.ts';

type What = Schema['maskdesk_import_additions']['what'];

/** Photos that the import added. @param which standing: that were not taken back */
export const addedBy = async (queries: Queries, importId: ImportId, which: 'all' | 'standing' = 'all'): Promise<readonly AssetRef[]> => {
  const found = queries.selectFrom('maskdesk_import_additions').select(['what', 'id']).where('import_id', '=', importId).orderBy('what').orderBy('id');
  const rows = await (which === 'all' ? found : found.where('taken_back_at_ms', 'is', null)).execute();
  return rows.flatMap(({ what, id }) => (what === 'product_image' || what === 'keyframe' ? [{ kind: what, id: asId<AssetId>(id) }] : []));
};

/** Others have taken the import for dead. */
export const clearedAway = (): ExpectedError => new ExpectedError('store_locked', 'The import stood still for so long that its photos were cleared away. Nothing was imported; start it again.');

/** Ends what `begin` noted: from here on rows name the files. */
const endBegun = async (queries: Queries, importId: ImportId): Promise<boolean> => {
  const { numDeletedRows } = await queries.deleteFrom('maskdesk_begun_imports').where('import_id', '=', importId).where('is_abandoned', '=', 0).executeTakeFirst();
  return numDeletedRows > 0n;
};

/**
 * Rows of photos whose files are there, with the job, product or video of each, in the transaction of their masks. What was not there before is noted as the import's.
 * @param given in one order, whoever does it
 * @returns those that were not there
 * @throws ExpectedError invalid_input (an id, or a video's time, is taken by another picture); store_locked: others have taken the import for dead meanwhile
 */
export const addImportedPhotos = async (queries: Queries, importId: ImportId, given: AsyncIterable<ImportedPhoto>, nowMs: number): Promise<readonly AssetRef[]> => {
  if (!(await endBegun(queries, importId))) {
    const standing = await addedBy(queries, importId);
    if (standing.length > 0) return standing;
    throw clearedAway();
  }
  const seen = new Set<string>();
  const isNew = (...key: readonly string[]): boolean => seen.size < seen.add(JSON.stringify(key)).size;
  const note = async (what: What, id: string, parentId = ''): Promise<void> => {
    await queries.insertInto('maskdesk_import_additions').values({ import_id: importId, what, id, parent_id: parentId, taken_back_at_ms: null }).execute();
  };
  for await (const { job, asset, owner } of given) {
    if (isNew('job', job.jobId) && (await ensureJob(queries, job)) === 'added') await note('job', job.jobId);
    if ('productId' in owner) {
      if (isNew('product', owner.productId) && (await ensureProduct(queries, owner)) === 'added') await note('product', owner.productId);
    } else if (isNew('video', owner.videoId, owner.jobId)) {
      const { video, inJob } = await ensureVideo(queries, owner);
      if (video === 'added') await note('video', owner.videoId);
      if (inJob === 'added') await note('job_video', owner.videoId, owner.jobId);
    }
    if (isNew(asset.kind, asset.id) && (await addAsset(queries, asset, nothingToPlace, nowMs)) === 'added') await note(asset.kind, asset.id);
  }
  return addedBy(queries, importId);
};
