import { sql, type RawBuilder } from 'kysely';
import type { ImportId } from '../../../shared/domain/ids.ts';
import type { Queries } from './connection.ts';
import { removeIfFree } from './removeIfFree.ts';

/** Products, videos and jobs that imports made, and that are empty since their photos were taken back. */

/** In this order: each may be all that the next one is kept by. */
export const ownerKinds = ['job_video', 'video', 'product', 'job'] as const;
type OwnerKind = (typeof ownerKinds)[number];

export interface MadeOwner {
  readonly importId: string;
  readonly id: string;
  /** Of a job_video: the job. */
  readonly parentId: string;
}

/** Made by the import, or by one that was taken back before and left them for others. */
export const ownersMade = async (queries: Queries, importId: ImportId, kind: OwnerKind): Promise<readonly MadeOwner[]> => {
  const { rows } = await sql<MadeOwner>`
    select a.import_id as "importId", a.id as id, a.parent_id as "parentId" from maskdesk_import_additions a
    where a.what = ${kind} and a.taken_back_at_ms is null
      and (a.import_id = ${importId} or exists (select 1 from maskdesk_mask_imports i where i.import_id = a.import_id and i.undone_at_ms is not null))
    order by a.id, a.parent_id`.execute(queries);
  return rows;
};

type Given = RawBuilder<unknown>;

/**
 * Those that nothing is in, of rows `given` (id, and the job's in `kind`). A video stays in a job while anything is in the video: whoever brought it found the video there. Where
 * it was in another job before, only for what imports brought.
 */
const isEmpty: Readonly<Record<OwnerKind, RawBuilder<boolean>>> = {
  job_video: sql`not exists (select 1 from video_frames f where f.video_id = given.id)
    or (exists (select 1 from job_videos o where o.video_id = given.id and o.job_id <> given.kind and not exists (
          select 1 from maskdesk_import_additions a where a.what = 'job_video' and a.id = o.video_id and a.parent_id = o.job_id and a.taken_back_at_ms is null))
      and not exists (select 1 from video_frames f join maskdesk_import_additions a on a.what = 'keyframe' and a.id = f.frame_id and a.taken_back_at_ms is null where f.video_id = given.id))`,
  video: sql`not exists (select 1 from video_frames f where f.video_id = given.id) and not exists (select 1 from job_videos j where j.video_id = given.id)`,
  product: sql`not exists (select 1 from product_images i where i.product_id = given.id)`,
  job: sql`not exists (select 1 from products p where p.job_id = given.id) and not exists (select 1 from job_videos j where j.job_id = given.id)
    and not exists (select 1 from maskdesk_inbox i where i.job_id = given.id) and not exists (select 1 from maskdesk_batches b where b.job_id = given.id)`,
};

const matchColumn = { job_video: null, video: 'video_id', product: 'product_id', job: 'job_id' } as const satisfies Record<OwnerKind, string | null>;

/** The pipeline's matches have no index by these: read once for all of them. */
const matchedOf = async (queries: Queries, kind: OwnerKind, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const name = matchColumn[kind];
  if (name === null) return new Set();
  const { rows } = await sql<{ id: string }>`select distinct ${sql.ref(name)} as id from matches where ${sql.ref(name)} in ${queries.dialect.texts(ids)}`.execute(queries);
  return new Set(rows.map(({ id }) => id));
};

const remove = async (queries: Queries, kind: OwnerKind, owners: readonly MadeOwner[]): Promise<void> => {
  const ids = queries.dialect.texts(owners.map(({ id }) => id));
  if (kind === 'video') await sql`delete from videos where video_id in ${ids}`.execute(queries);
  else if (kind === 'product') await sql`delete from products where product_id in ${ids}`.execute(queries);
  else if (kind === 'job') await sql`delete from jobs where job_id in ${ids}`.execute(queries);
  else for (const { id, parentId } of owners) await sql`delete from job_videos where video_id = ${id} and job_id = ${parentId}`.execute(queries);
};

/** @param owners few: nobody else writes to a file meanwhile, and a table of the pipeline's without an index by them is gone through for each that goes */
export const takeBackOwners = async (queries: Queries, kind: OwnerKind, owners: readonly MadeOwner[], nowMs: number): Promise<void> => {
  const given: Given = queries.dialect.assets(owners.map(({ id, parentId }) => ({ kind: parentId, id })));
  const { rows } = await sql<{ place: number }>`select given.place as place from ${given} as given where ${isEmpty[kind]}`.execute(queries);
  const places = new Set(rows.map(({ place }) => Number(place)));
  const empty = owners.filter((_owner, place) => places.has(place));
  if (empty.length === 0) return;
  const matched = await matchedOf(queries, kind, empty.map(({ id }) => id));
  const free = empty.filter(({ id }) => !matched.has(id));
  const takeBack = (some: readonly MadeOwner[]): Promise<boolean> =>
    removeIfFree(queries, async () => {
      await remove(queries, kind, some);
      for (const { importId, id, parentId } of some) {
        await queries.updateTable('maskdesk_import_additions').set({ taken_back_at_ms: nowMs }).where('import_id', '=', importId).where('what', '=', kind).where('id', '=', id).where('parent_id', '=', parentId).execute();
      }
    });
  if (await takeBack(free)) return;
  // Another table refers to one of them.
  for (const owner of free) await takeBack([owner]);
};
