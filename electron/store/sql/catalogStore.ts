import { asId, type JobId } from '../../../shared/domain/ids.ts';
import type { NewMatch } from '../../../shared/domain/catalog.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { AddOutcome, CatalogStore } from '../../../shared/ports/store/catalogStore.ts';
import { assetRow } from './assetState.ts';
import { addAsset, assertJob, assertProduct, assertVideo, checkId, ensureJob, ensureProduct, ensureVideo, nothingToPlace, outcomeOf } from './catalogRows.ts';
import type { Connection, Queries } from './connection.ts';

export const createCatalogStore = (connection: Connection, clock: Clock): CatalogStore => ({
  ensureJob: (job) => connection.write((queries) => ensureJob(queries, job)),
  jobs: () =>
    connection.read(async (queries) => {
      const rows = await queries.selectFrom('jobs').select('job_id').orderBy('job_id').execute();
      return rows.map((row) => asId<JobId>(row.job_id));
    }),
  parentsOf: (jobId, kind) =>
    connection.read(async (queries) => {
      const rows =
        kind === 'product_image'
          ? await queries.selectFrom('products').select('product_id as id').where('job_id', '=', jobId).orderBy('id').execute()
          : await queries.selectFrom('job_videos').select('video_id as id').where('job_id', '=', jobId).orderBy('id').execute();
      return rows.map((row) => row.id);
    }),
  ensureProduct: (product) => connection.write((queries) => ensureProduct(queries, product)),
  ensureVideo: (video) => connection.write(async (queries) => (await ensureVideo(queries, video)).video),
  addAsset: (asset, place = nothingToPlace) => connection.write((queries) => addAsset(queries, asset, place, clock.nowMs())),
  addMatch: (match) => connection.write((queries) => addMatch(queries, match)),
});

const addMatch = async (queries: Queries, match: NewMatch): Promise<AddOutcome> => {
  checkId(match.matchId);
  await assertJob(queries, match.jobId);
  await assertProduct(queries, match.productId);
  await assertVideo(queries, match.videoId);
  await assetRow(queries, { kind: 'product_image', id: match.bestImageId });
  await assetRow(queries, { kind: 'keyframe', id: match.bestFrameId });
  return outcomeOf(
    await queries
      .insertInto('matches')
      .values({
        match_id: match.matchId,
        job_id: match.jobId,
        product_id: match.productId,
        video_id: match.videoId,
        best_img_id: match.bestImageId,
        best_frame_id: match.bestFrameId,
        ts: match.timestampS,
        score: match.score,
        status: 'accepted',
      })
      .onConflict((conflict) => conflict.column('match_id').doNothing())
      .executeTakeFirst(),
  );
};
