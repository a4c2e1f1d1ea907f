import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { AssetId, ImportId } from '../../../shared/domain/ids.ts';
import type { KeptReason } from '../../../shared/domain/importUndone.ts';
import { throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { TakenBackPhotos } from '../../../shared/ports/store/importedPhotoStore.ts';
import { lockAssetIfThere } from './assetState.ts';
import { isInPersonsHands, type Now } from './candidates.ts';
import type { Connection, Queries } from './connection.ts';
import { removeIfFree } from './removeIfFree.ts';
import { ownerKinds, ownersMade, takeBackOwners } from './takeBackOwners.ts';

/** A photo that an import added. */
interface Added {
  readonly asset: AssetRef;
  /** Which one. */
  readonly importId: string;
}

/** Few at a time: nobody else writes to a file meanwhile. */
const atOnce = 50;
/** Between so many, others of this process have their turn. */
const inOneGo = 10;

const inParts = <Item>(items: readonly Item[]): readonly (readonly Item[])[] => Array.from({ length: Math.ceil(items.length / atOnce) }, (_part, number) => items.slice(number * atOnce, (number + 1) * atOnce));

/**
 * The import's own, and those of imports taken back before that stayed for masks of this one. In one order, whoever does it, so that two who lock the same assets do not wait in
 * a circle.
 */
const candidatesOf = async (queries: Queries, importId: ImportId): Promise<readonly Added[]> => {
  const { rows } = await sql<{ kind: AssetRef['kind']; id: AssetId; owner: string }>`
    select what as kind, id, import_id as owner from maskdesk_import_additions where import_id = ${importId} and what in ('product_image', 'keyframe') and taken_back_at_ms is null
    union
    select a.what, a.id, a.import_id from maskdesk_revisions r join maskdesk_mask_imports i on i.undone_at_ms is not null and i.import_id <> ${importId}
      join maskdesk_import_additions a on a.import_id = i.import_id and a.what = r.asset_kind and a.id = r.asset_id
    where r.import_id = ${importId} and a.taken_back_at_ms is null`.execute(queries);
  const key = ({ asset }: Added): string => `${asset.kind} ${asset.id}`;
  return rows.map(({ kind, id, owner }) => ({ asset: { kind, id }, importId: owner })).sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
};

/** Those that a snapshot of a set holds a mask of. */
const frozenOf = async (queries: Queries, assets: readonly AssetRef[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<AssetRef>`
    select distinct asset_kind as kind, asset_id as id from maskdesk_revisions where sequence in (select revision_sequence from maskdesk_snapshot_entries where revision_sequence in (
      select r.sequence from ${queries.dialect.assets(assets)} as given ${queries.dialect.smallJoin} maskdesk_revisions r on r.asset_kind = given.kind and r.asset_id = given.id))`.execute(queries);
  return new Set(rows.map(assetKey));
};

/** Masks of an import that was taken back as well are nobody's, unless they stand. */
const answersOf = async (queries: Queries, { asset: { kind, id }, importId: owner }: Added, importId: ImportId): Promise<Readonly<Record<KeptReason, boolean>>> => {
  const ofAsset = sql`asset_kind = ${kind} and asset_id = ${id}`;
  const pipelineRow = kind === 'product_image' ? sql`product_images where img_id = ${id}` : sql`video_frames where frame_id = ${id}`;
  const matched = kind === 'product_image' ? sql`best_img_id = ${id}` : sql`best_frame_id = ${id}`;
  const { rows } = await sql<Record<KeptReason, number>>`select
    case when exists (select 1 from maskdesk_verdicts where ${ofAsset}) or exists (select 1 from maskdesk_head_moves where ${ofAsset}) then 1 else 0 end as "person",
    case when exists (
      select 1 from maskdesk_revisions r where r.asset_kind = ${kind} and r.asset_id = ${id} and (r.import_id is null or (r.import_id not in (${importId}, ${owner}) and (
        exists (select 1 from maskdesk_assets a where a.kind = ${kind} and a.id = ${id} and a.head_revision_id = r.revision_id)
        or not exists (select 1 from maskdesk_mask_imports i where i.import_id = r.import_id and i.undone_at_ms is not null))))) or exists (select 1 from maskdesk_jobs where ${ofAsset})
      then 1 else 0 end as "otherMasks",
    case when exists (select 1 from maskdesk_comments where ${ofAsset}) then 1 else 0 end as "comment",
    0 as "set",
    case when exists (select 1 from maskdesk_publications where ${ofAsset}) or exists (select 1 from maskdesk_inbox_assets where ${ofAsset})
      or exists (select 1 from maskdesk_batch_assets where kind = ${kind} and asset_id = ${id}) or exists (select 1 from matches where ${matched})
      or exists (select 1 from ${pipelineRow} and masked_local_path is not null) then 1 else 0 end as "pipeline"`.execute(queries);
  const found = rows[0];
  return { person: found?.person === 1, otherMasks: found?.otherMasks === 1, comment: found?.comment === 1, set: false, pipeline: found?.pipeline === 1 };
};

const whyKept = async (queries: Queries, added: Added, importId: ImportId, frozen: ReadonlySet<string>, now: Now): Promise<KeptReason | null> => {
  const { asset } = added;
  if (await isInPersonsHands(queries, asset, now)) return 'person';
  const answers = await answersOf(queries, added, importId);
  if (answers.person) return 'person';
  if (frozen.has(assetKey(asset))) return 'set';
  return (['otherMasks', 'comment', 'pipeline'] as const).find((reason) => answers[reason]) ?? null;
};

const isThere = async (queries: Queries, { kind, id }: AssetRef): Promise<boolean> => {
  const row =
    kind === 'product_image'
      ? await queries.selectFrom('product_images').select('img_id').where('img_id', '=', id).executeTakeFirst()
      : await queries.selectFrom('video_frames').select('frame_id').where('frame_id', '=', id).executeTakeFirst();
  return row !== undefined;
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

/** Before their files are: whoever comes next finishes it. */
const noteFiles = async (queries: Queries, importIds: ReadonlySet<string>, nowMs: number): Promise<void> => {
  for (const importId of importIds) {
    const note = { expires_at_ms: nowMs, is_abandoned: 1 };
    await queries
      .insertInto('maskdesk_begun_imports')
      .values({ import_id: importId, ...note })
      .onConflict((conflict) => conflict.column('import_id').doUpdateSet(note))
      .execute();
  }
};

const takeBackPart = async (queries: Queries, importId: ImportId, part: readonly Added[], now: Now): Promise<TakenBackPhotos> => {
  const removed: Added[] = [];
  const kept: TakenBackPhotos['kept'][number][] = [];
  const frozen = await frozenOf(queries, part.map(({ asset }) => asset));
  for (const [place, added] of part.entries()) {
    if (place % inOneGo === inOneGo - 1) await nextTurn();
    const { asset } = added;
    const row = await lockAssetIfThere(queries, asset);
    // The pipeline has removed it: nothing of it is to be seen, and its masks wait for it to come back.
    if (row === null || !(await isThere(queries, asset))) continue;
    const reason = await whyKept(queries, added, importId, frozen, now);
    const isRemoved = reason === null && (await removeIfFree(queries, async () => {
      // First: the masks may go only where their photo is taken back.
      await queries.updateTable('maskdesk_import_additions').set({ taken_back_at_ms: now.clockMs() }).where('import_id', '=', added.importId).where('what', '=', asset.kind).where('id', '=', asset.id).execute();
      await removeAsset(queries, asset);
    }));
    if (isRemoved) removed.push(added);
    else kept.push({ asset, reason: reason ?? 'pipeline' });
  }
  await noteFiles(queries, new Set(removed.map(({ importId: owner }) => owner)), now.clockMs());
  return { removed: removed.map(({ asset }) => asset), kept };
};

/** @see ImportedPhotoStore.takeBack */
export async function* takeBackPhotos(connection: Connection, importId: ImportId, now: Now, signal: AbortSignal | undefined): AsyncGenerator<TakenBackPhotos> {
  for (const part of inParts(await connection.read((queries) => candidatesOf(queries, importId)))) {
    throwIfCancelled(signal);
    yield await connection.write((queries) => takeBackPart(queries, importId, part, now));
    await nextTurn();
  }
  for (const kind of ownerKinds) {
    for (const part of inParts(await connection.read((queries) => ownersMade(queries, importId, kind)))) {
      throwIfCancelled(signal);
      await connection.write((queries) => takeBackOwners(queries, kind, part, now.clockMs()));
      await nextTurn();
    }
  }
}
