import { sql } from 'kysely';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { ImportId } from '../../../shared/domain/ids.ts';
import type { KeptReason } from '../../../shared/domain/importUndone.ts';
import type { TakenBackPhotos } from '../../../shared/ports/store/importedPhotoStore.ts';
import { addedBy } from './addImportedPhotos.ts';
import { lockAssetIfThere } from './assetState.ts';
import { isInPersonsHands, type Now } from './candidates.ts';
import type { Queries } from './connection.ts';

/** Something refers to the row that we know nothing of: a table of the pipeline's. As SQLite and PostgreSQL (23503) say it. */
const isReferredTo = (error: unknown): boolean => /^(SQLITE_CONSTRAINT_FOREIGNKEY|23503)$/.test(String((error as { code?: unknown } | null)?.code));

/** All of it, or nothing where another table refers to it. */
const removeIfFree = async (queries: Queries, remove: () => Promise<unknown>): Promise<boolean> => {
  await sql`savepoint taking_back`.execute(queries);
  try {
    await remove();
    await sql`release savepoint taking_back`.execute(queries);
    return true;
  } catch (error) {
    if (!isReferredTo(error)) throw error;
    await sql`rollback to savepoint taking_back`.execute(queries);
    return false;
  }
};

/** Those of the import's masks that a snapshot of a set holds, by asset. */
const frozenOf = async (queries: Queries, importId: ImportId): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<AssetRef>`
    select distinct r.asset_kind as kind, r.asset_id as id from maskdesk_revisions r join maskdesk_snapshot_entries e on e.revision_sequence = r.sequence
    where r.import_id = ${importId}`.execute(queries);
  return new Set(rows.map(assetKey));
};

const answersOf = async (queries: Queries, { kind, id }: AssetRef, importId: ImportId): Promise<Readonly<Record<KeptReason, boolean>>> => {
  const ofAsset = sql`asset_kind = ${kind} and asset_id = ${id}`;
  const pipelineRow = kind === 'product_image' ? sql`product_images where img_id = ${id}` : sql`video_frames where frame_id = ${id}`;
  const matched = kind === 'product_image' ? sql`best_img_id = ${id}` : sql`best_frame_id = ${id}`;
  const { rows } = await sql<Record<KeptReason, number>>`select
    case when exists (select 1 from maskdesk_verdicts where ${ofAsset}) or exists (select 1 from maskdesk_head_moves where ${ofAsset}) then 1 else 0 end as "person",
    case when exists (select 1 from maskdesk_revisions where ${ofAsset} and (import_id is null or import_id <> ${importId})) or exists (select 1 from maskdesk_jobs where ${ofAsset})
      then 1 else 0 end as "otherMasks",
    case when exists (select 1 from maskdesk_comments where ${ofAsset}) then 1 else 0 end as "comment",
    0 as "set",
    case when exists (select 1 from maskdesk_publications where ${ofAsset}) or exists (select 1 from maskdesk_inbox_assets where ${ofAsset})
      or exists (select 1 from maskdesk_batch_assets where kind = ${kind} and asset_id = ${id}) or exists (select 1 from matches where ${matched})
      or exists (select 1 from ${pipelineRow} and masked_local_path is not null) then 1 else 0 end as "pipeline"`.execute(queries);
  const found = rows[0];
  return { person: found?.person === 1, otherMasks: found?.otherMasks === 1, comment: found?.comment === 1, set: false, pipeline: found?.pipeline === 1 };
};

const whyKept = async (queries: Queries, asset: AssetRef, importId: ImportId, frozen: ReadonlySet<string>, now: Now): Promise<KeptReason | null> => {
  if (await isInPersonsHands(queries, asset, now)) return 'person';
  const answers = await answersOf(queries, asset, importId);
  if (answers.person) return 'person';
  if (frozen.has(assetKey(asset))) return 'set';
  return (['otherMasks', 'comment', 'pipeline'] as const).find((reason) => answers[reason]) ?? null;
};

const localPathOf = async (queries: Queries, { kind, id }: AssetRef): Promise<string | null> => {
  const row =
    kind === 'product_image'
      ? await queries.selectFrom('product_images').select('local_path').where('img_id', '=', id).executeTakeFirst()
      : await queries.selectFrom('video_frames').select('local_path').where('frame_id', '=', id).executeTakeFirst();
  return row?.local_path ?? null;
};

/** The pipeline's row first: only then is it known that no table of its own refers to it. */
const removeAsset = async (queries: Queries, { kind, id }: AssetRef): Promise<void> => {
  if (kind === 'product_image') await queries.deleteFrom('product_images').where('img_id', '=', id).execute();
  else await queries.deleteFrom('video_frames').where('frame_id', '=', id).execute();
  await queries.updateTable('maskdesk_assets').set({ head_revision_id: null }).where('kind', '=', kind).where('id', '=', id).execute();
  await sql`delete from maskdesk_checks where revision_id in (select revision_id from maskdesk_revisions where asset_kind = ${kind} and asset_id = ${id})`.execute(queries);
  await queries.deleteFrom('maskdesk_item_leases').where('asset_kind', '=', kind).where('asset_id', '=', id).execute();
  await queries.deleteFrom('maskdesk_revisions').where('asset_kind', '=', kind).where('asset_id', '=', id).execute();
  await queries.deleteFrom('maskdesk_assets').where('kind', '=', kind).where('id', '=', id).execute();
};

/** Products, videos and jobs that the import made, where nothing is in them any more. */
const removeEmptyOwners = async (queries: Queries, importId: ImportId, nowMs: number): Promise<void> => {
  const rows = await queries.selectFrom('maskdesk_import_additions').select(['what', 'id', 'parent_id']).where('import_id', '=', importId).where('taken_back_at_ms', 'is', null).execute();
  const of = (what: string) => rows.filter((row) => row.what === what);
  const done = (what: (typeof rows)[number]['what'], id: string, parentId = '') =>
    queries.updateTable('maskdesk_import_additions').set({ taken_back_at_ms: nowMs }).where('import_id', '=', importId).where('what', '=', what).where('id', '=', id).where('parent_id', '=', parentId).execute();
  const remove = async (statement: ReturnType<typeof sql>, what: (typeof rows)[number]['what'], id: string, parentId = ''): Promise<void> => {
    await removeIfFree(queries, async () => {
      const { numAffectedRows } = await statement.execute(queries);
      if ((numAffectedRows ?? 0n) > 0n) await done(what, id, parentId);
    });
  };
  for (const { id, parent_id: jobId } of of('job_video')) {
    await remove(sql`delete from job_videos where video_id = ${id} and job_id = ${jobId} and not exists (select 1 from video_frames f join maskdesk_import_additions a
      on a.what = 'keyframe' and a.id = f.frame_id where f.video_id = ${id} and a.import_id = ${importId})`, 'job_video', id, jobId);
  }
  for (const { id } of of('video')) {
    await remove(sql`delete from videos where video_id = ${id} and not exists (select 1 from video_frames f where f.video_id = ${id})
      and not exists (select 1 from job_videos j where j.video_id = ${id}) and not exists (select 1 from matches m where m.video_id = ${id})`, 'video', id);
  }
  for (const { id } of of('product')) {
    await remove(sql`delete from products where product_id = ${id} and not exists (select 1 from product_images i where i.product_id = ${id})
      and not exists (select 1 from matches m where m.product_id = ${id})`, 'product', id);
  }
  for (const { id } of of('job')) {
    await remove(sql`delete from jobs where job_id = ${id} and not exists (select 1 from products p where p.job_id = ${id}) and not exists (select 1 from job_videos j where j.job_id = ${id})
      and not exists (select 1 from matches m where m.job_id = ${id}) and not exists (select 1 from maskdesk_inbox i where i.job_id = ${id})
      and not exists (select 1 from maskdesk_batches b where b.job_id = ${id})`, 'job', id);
  }
};

/** @see ImportedPhotoStore.takeBack */
export const takeBackPhotos = async (queries: Queries, importId: ImportId, now: Now): Promise<TakenBackPhotos> => {
  const removed: { asset: AssetRef; localPath: string }[] = [];
  const kept: { asset: AssetRef; reason: KeptReason }[] = [];
  const added = await addedBy(queries, importId, 'standing');
  if (added.length === 0) return { removed, kept };
  const frozen = await frozenOf(queries, importId);
  const mark = (asset: AssetRef, atMs: number | null) =>
    queries.updateTable('maskdesk_import_additions').set({ taken_back_at_ms: atMs }).where('import_id', '=', importId).where('what', '=', asset.kind).where('id', '=', asset.id).execute();
  for (const asset of added) {
    const nowMs = now.clockMs();
    const row = await lockAssetIfThere(queries, asset);
    const localPath = await localPathOf(queries, asset);
    // The pipeline has removed it: nothing of it is to be seen, and its masks wait for it to come back.
    if (row === null || localPath === null) continue;
    const reason = await whyKept(queries, asset, importId, frozen, now);
    const isRemoved = reason === null && (await removeIfFree(queries, async () => {
      // First: the masks may go only where their photo is taken back.
      await mark(asset, nowMs);
      await removeAsset(queries, asset);
    }));
    if (isRemoved) removed.push({ asset, localPath });
    else kept.push({ asset, reason: reason ?? 'pipeline' });
  }
  await removeEmptyOwners(queries, importId, now.clockMs());
  return { removed, kept };
};
