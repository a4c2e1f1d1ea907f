import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type AssetId, type ImportId } from '../../../shared/domain/ids.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import { throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { ImportedPhoto } from '../../../shared/ports/store/importedPhotoStore.ts';
import type { ImportedMasks, ImportUndone } from '../../../shared/ports/store/revisionStore.ts';
import { addImportedPhotos } from './addImportedPhotos.ts';
import { changeAsset, lockAsset } from './assetState.ts';
import { isInPersonsHands, type Now } from './candidates.ts';
import type { Connection, Queries } from './connection.ts';
import { isChosen } from './headMoves.ts';
import { addWait, besideOf, withdrawWaits } from './importWaits.ts';
import { countImported, lockImport, noteImport } from './maskImports.ts';
import { coveredOf, headBefore, putBack } from './putBack.ts';
import { readRevision } from './revisionRead.ts';
import { revisionRow } from './rows.ts';

/** Between so many assets others of this process have their turn. */
const atOnce = 50;

/** In one order, whoever does it, so that two who lock the same assets do not wait in a circle. */
const inOrder = <Item>(items: readonly Item[], assetOf: (item: Item) => AssetRef): readonly Item[] => {
  const key = (item: Item): string => `${assetOf(item).kind} ${assetOf(item).id}`;
  return [...items].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
};

async function* calmly<Item>(items: readonly Item[], signal: AbortSignal | undefined): AsyncGenerator<Item> {
  for (const [place, item] of items.entries()) {
    throwIfCancelled(signal);
    if (place % atOnce === atOnce - 1) await nextTurn();
    yield item;
  }
}

/** Whether its file is the head's by now, or waits beside a person's work already: somebody has brought the same since the import was looked at. */
const isThereByNow = async (queries: Queries, { asset, maskSha256 }: NewRevision, headId: string | null, isBeside: boolean): Promise<boolean> => {
  const alike = await queries
    .selectFrom('maskdesk_revisions')
    .select(['revision_id', 'origin'])
    .where('asset_kind', '=', asset.kind)
    .where('asset_id', '=', asset.id)
    .where('mask_sha256', '=', maskSha256)
    .execute();
  if (alike.some(({ revision_id: revisionId }) => revisionId === headId)) return true;
  const imported = isBeside ? alike.filter(({ origin }) => origin === 'import') : [];
  if (imported.length === 0) return false;
  const states = await besideOf(queries, asset);
  return imported.some(({ revision_id: revisionId }) => states.get(revisionId) !== 'undone');
};

type Place = Exclude<keyof ImportedMasks, 'added'>;

/** @param isNewPhoto its row was made by this import: whatever masks the picture had under that name before, none was looked at */
const addOne = async (queries: Queries, importId: ImportId, revision: NewRevision, isNewPhoto: boolean, now: Now): Promise<Place> => {
  const row = await lockAsset(queries, revision.asset);
  const known = await readRevision(queries, revision.revisionId);
  if (known !== null) return row.head_revision_id === known.revisionId ? 'becameHead' : 'beside';
  const isBeside = await isInPersonsHands(queries, revision.asset, now);
  // The mask was compared with its parent when the import was made ready.
  const isUnchanged = !isBeside && row.head_revision_id === revision.parentId;
  if (!isUnchanged && !isNewPhoto && (await isThereByNow(queries, revision, row.head_revision_id, isBeside))) return 'same';
  const nowMs = now.clockMs();
  const added = { ...revisionRow(revision, nowMs), import_id: importId, replaced_head_id: isBeside ? null : row.head_revision_id };
  await queries.insertInto('maskdesk_revisions').values(added).execute();
  if (isBeside) await addWait(queries, importId, revision.revisionId, revision.asset);
  else await changeAsset(queries, revision.asset, { state: 'to_review', reason: null, head: { ...revision, createdAtMs: nowMs, iouToParent: null } }, nowMs);
  return isBeside ? 'beside' : 'becameHead';
};

/** Rolls the transaction back: nothing is to be left of it, also no job that was made for photos. */
class NothingNew extends Error {
  readonly same: readonly AssetRef[];

  constructor(same: readonly AssetRef[]) {
    super('Every mask of the import is there by now');
    this.name = 'NothingNew';
    this.same = same;
  }
}

const addAll = async (queries: Queries, importId: ImportId, revisions: readonly NewRevision[], photos: readonly ImportedPhoto[], now: Now, signal?: AbortSignal): Promise<ImportedMasks> => {
  await noteImport(queries, importId, revisions, now.clockMs());
  const added = photos.length === 0 ? [] : await addImportedPhotos(queries, importId, calmly(inOrder(photos, ({ asset }) => asset), signal), now.clockMs());
  const isNew = new Set(added.map(assetKey));
  const places: Record<Place, AssetRef[]> = { becameHead: [], beside: [], same: [] };
  for await (const revision of calmly(inOrder(revisions, ({ asset }) => asset), signal)) places[await addOne(queries, importId, revision, isNew.has(assetKey(revision.asset)), now)].push(revision.asset);
  const masks = places.becameHead.length + places.beside.length;
  if (masks === 0) throw new NothingNew(places.same);
  if (places.same.length > 0) await countImported(queries, importId, masks);
  return { ...places, added };
};

/** All of them or none, in one transaction. @throws ExpectedError not_found (an asset that is not there), and as addImportedPhotos; CancelledError */
export const addImported = async (connection: Connection, importId: ImportId, revisions: readonly NewRevision[], photos: readonly ImportedPhoto[], now: Now, signal?: AbortSignal): Promise<ImportedMasks> => {
  try {
    return await connection.write((queries) => addAll(queries, importId, revisions, photos, now, signal));
  } catch (error) {
    if (error instanceof NothingNew) return { becameHead: [], beside: [], same: error.same, added: [] };
    throw error;
  }
};

/** Assets whose mask is one of the import, or was made from one, in however many steps. */
const keptOf = async (queries: Queries, importId: ImportId): Promise<number> => {
  const { rows } = await sql<{ kept: number }>`
    with recursive line (asset_kind, asset_id, parent_id, import_id) as (
      select r.asset_kind, r.asset_id, r.parent_id, r.import_id from (select distinct asset_kind, asset_id from maskdesk_revisions where import_id = ${importId}) as touched
      join maskdesk_assets a on a.kind = touched.asset_kind and a.id = touched.asset_id join maskdesk_revisions r on r.revision_id = a.head_revision_id
      union all select older.asset_kind, older.asset_id, older.parent_id, older.import_id from line join maskdesk_revisions older on older.revision_id = line.parent_id
      where line.import_id is null or line.import_id <> ${importId})
    select count(*) as kept from line where import_id = ${importId}`.execute(queries);
  return Number(rows[0]?.kept ?? 0);
};

const refOf = ({ kind, id }: { readonly kind: AssetRef['kind']; readonly id: string }): AssetRef => ({ kind, id: asId<AssetId>(id) });

/**
 * Puts back what masks of an import took the place of, also where that is no mask at all, unless a person has taken the asset in hand since, or chose the mask there.
 * @throws ExpectedError not_found
 */
export const undoImport = async (queries: Queries, importId: ImportId, by: string, now: Now): Promise<ImportUndone> => {
  await lockImport(queries, importId);
  const heads = await queries
    .selectFrom('maskdesk_revisions as r')
    .innerJoin('maskdesk_assets as a', (join) => join.onRef('a.kind', '=', 'r.asset_kind').onRef('a.id', '=', 'r.asset_id').onRef('a.head_revision_id', '=', 'r.revision_id'))
    .select(['a.kind', 'a.id', 'r.revision_id', 'r.replaced_head_id'])
    .where('r.import_id', '=', importId)
    .execute();
  const restored: AssetRef[] = [];
  const found = heads.map(({ kind, id, revision_id: result, replaced_head_id: replaced }) => ({ asset: refOf({ kind, id }), result, replaced }));
  for await (const { asset, result, replaced } of calmly(inOrder(found, (each) => each.asset), undefined)) {
    const row = await lockAsset(queries, asset);
    if (row.head_revision_id !== result || (await isInPersonsHands(queries, asset, now)) || (await isChosen(queries, asset, result))) continue;
    await putBack(queries, asset, await headBefore(queries, importId, replaced), now.clockMs());
    restored.push(asset);
  }
  const withdrawn = inOrder((await withdrawWaits(queries, importId, by, now.clockMs())).map(refOf), (asset) => asset);
  const covered = await coveredOf(queries, importId);
  if (restored.length + withdrawn.length + covered > 0) {
    await queries.updateTable('maskdesk_mask_imports').set({ undone_at_ms: now.clockMs(), undone_by: by }).where('import_id', '=', importId).where('undone_at_ms', 'is', null).execute();
  }
  return { restored, withdrawn, covered, kept: await keptOf(queries, importId) };
};
