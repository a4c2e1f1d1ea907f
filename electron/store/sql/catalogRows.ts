import { maxIdLength, type JobId } from '../../../shared/domain/ids.ts';
import type { NewAsset, NewJob, NewProduct, NewVideo } from '../../../shared/domain/catalog.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { AddOutcome } from '../../../shared/ports/store/catalogStore.ts';
import type { Queries } from './connection.ts';

/** As in the pipeline's column. */
const maxPathLength = 500;

export const outcomeOf = (result: { readonly numInsertedOrUpdatedRows?: bigint | undefined } | undefined): AddOutcome =>
  (result?.numInsertedOrUpdatedRows ?? 0n) > 0n ? 'added' : 'exists';

/** Ids are data: anything goes that a database of the pipeline can hold. */
export const checkId = (id: string): void => {
  if (id.length === 0 || id.length > maxIdLength || id.includes('\0') || !id.isWellFormed()) {
    throw new ExpectedError('invalid_input', `An id must have 1 to ${maxIdLength} characters of valid Unicode, without NUL: ${JSON.stringify(id.slice(0, 80))}`);
  }
};

export const assertJob = async (queries: Queries, jobId: JobId): Promise<void> => {
  assertFound(await queries.selectFrom('jobs').select('job_id').where('job_id', '=', jobId).executeTakeFirst(), 'job', jobId);
};

export const assertProduct = async (queries: Queries, productId: string): Promise<void> => {
  assertFound(await queries.selectFrom('products').select('product_id').where('product_id', '=', productId).executeTakeFirst(), 'product', productId);
};

export const assertVideo = async (queries: Queries, videoId: string): Promise<void> => {
  assertFound(await queries.selectFrom('videos').select('video_id').where('video_id', '=', videoId).executeTakeFirst(), 'video', videoId);
};

const assertFound = (row: object | undefined, what: string, id: string): void => {
  if (row === undefined) throw new ExpectedError('not_found', `There is no ${what} ${id} in this store.`);
};

/** The job with that id, made when it is not there. */
export const ensureJob = async (queries: Queries, { jobId, industry }: NewJob): Promise<AddOutcome> => {
  checkId(jobId);
  return outcomeOf(
    await queries
      .insertInto('jobs')
      .values({ job_id: jobId, industry })
      .onConflict((conflict) => conflict.column('job_id').doNothing())
      .executeTakeFirst(),
  );
};

/** @throws ExpectedError not_found when the product's job is not there */
export const ensureProduct = async (queries: Queries, product: NewProduct): Promise<AddOutcome> => {
  checkId(product.productId);
  await assertJob(queries, product.jobId);
  return outcomeOf(
    await queries
      .insertInto('products')
      .values({
        product_id: product.productId,
        src: product.src,
        asin_or_itemid: product.asinOrItemId,
        title: product.title,
        brand: product.brand ?? null,
        url: product.url ?? null,
        marketplace: product.marketplace,
        job_id: product.jobId,
      })
      .onConflict((conflict) => conflict.column('product_id').doNothing())
      .executeTakeFirst(),
  );
};

/** Of the video, and of its being in the job. @throws ExpectedError not_found when the video's job is not there */
export const ensureVideo = async (queries: Queries, video: NewVideo): Promise<{ readonly video: AddOutcome; readonly inJob: AddOutcome }> => {
  checkId(video.videoId);
  await assertJob(queries, video.jobId);
  const made = outcomeOf(
    await queries
      .insertInto('videos')
      .values({ video_id: video.videoId, platform: video.platform, url: video.url, title: video.title })
      .onConflict((conflict) => conflict.column('video_id').doNothing())
      .executeTakeFirst(),
  );
  const inJob = outcomeOf(
    await queries
      .insertInto('job_videos')
      .values({ job_id: video.jobId, video_id: video.videoId, platform: video.platform })
      .onConflict((conflict) => conflict.columns(['job_id', 'video_id']).doNothing())
      .executeTakeFirst(),
  );
  return { video: made, inJob };
};

export const nothingToPlace = async (): Promise<void> => undefined;

export const addAsset = async (queries: Queries, asset: NewAsset, place: () => Promise<void>, nowMs: number): Promise<AddOutcome> => {
  checkId(asset.id);
  if (asset.localPath.length === 0 || asset.localPath.length > maxPathLength) {
    throw new ExpectedError('invalid_input', `The path of ${asset.id} must have 1 to ${maxPathLength} characters.`);
  }
  if (await isTaken(queries, asset)) return 'exists';
  const parentId = asset.kind === 'product_image' ? await addProductImage(queries, asset) : await addKeyframe(queries, asset);
  await queries
    .insertInto('maskdesk_assets')
    .values({
      kind: asset.kind,
      id: asset.id,
      parent_id: parentId,
      state: 'unsegmented',
      width_px: asset.widthPx,
      height_px: asset.heightPx,
      source_sha256: asset.sourceSha256,
      updated_at_ms: nowMs,
    })
    .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet({ parent_id: parentId, updated_at_ms: nowMs }))
    .execute();
  // Last, when nothing can refuse any more: under the write lock, as publishing does it.
  await place();
  return 'added';
};

/**
 * True when the very same picture is there under that id. A picture whose row the pipeline has removed may come back to the masks that
 * were made of it; another one may not take them over.
 */
const isTaken = async (queries: Queries, asset: NewAsset): Promise<boolean> => {
  const known = await queries.selectFrom('maskdesk_assets').select('source_sha256').where('kind', '=', asset.kind).where('id', '=', asset.id).executeTakeFirst();
  const row =
    asset.kind === 'product_image'
      ? await queries.selectFrom('product_images').select('img_id').where('img_id', '=', asset.id).executeTakeFirst()
      : await queries.selectFrom('video_frames').select('frame_id').where('frame_id', '=', asset.id).executeTakeFirst();
  if (row === undefined && known === undefined) return false;
  if (known?.source_sha256 !== asset.sourceSha256) throw new ExpectedError('invalid_input', `The id ${asset.id} is taken by another picture.`);
  return row !== undefined;
};

const addProductImage = async (queries: Queries, asset: Extract<NewAsset, { kind: 'product_image' }>): Promise<string> => {
  await assertProduct(queries, asset.productId);
  await queries.insertInto('product_images').values({ img_id: asset.id, product_id: asset.productId, local_path: asset.localPath }).execute();
  return asset.productId;
};

const addKeyframe = async (queries: Queries, asset: Extract<NewAsset, { kind: 'keyframe' }>): Promise<string> => {
  await assertVideo(queries, asset.videoId);
  const sameTime = await queries
    .selectFrom('video_frames')
    .select('frame_id')
    .where('video_id', '=', asset.videoId)
    .where('ts', '=', asset.timestampS)
    .executeTakeFirst();
  if (sameTime !== undefined) {
    throw new ExpectedError('invalid_input', `The video ${asset.videoId} has another picture at ${asset.timestampS} s already: ${sameTime.frame_id}`);
  }
  await queries
    .insertInto('video_frames')
    .values({ frame_id: asset.id, video_id: asset.videoId, ts: asset.timestampS, local_path: asset.localPath })
    .execute();
  return asset.videoId;
};
