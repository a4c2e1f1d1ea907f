import { sql, type Selectable } from 'kysely';
import { asId, type SetId, type SnapshotId } from '../../../shared/domain/ids.ts';
import { setFilterOf, type MaskSet, type Snapshot } from '../../../shared/domain/maskSet.ts';
import { ExpectedError, present, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { SetStore } from '../../../shared/ports/store/setStore.ts';
import { addToTrail } from './auditTrail.ts';
import type { Connection, Queries } from './connection.ts';
import { fillSnapshot } from './freezeSet.ts';
import type { Schema } from './schema.ts';
import { measureSet } from './setMeasure.ts';
import { holdsSame } from './sameAsSnapshot.ts';
import { splitMembersNow, splitMembersThen } from './splitMembers.ts';
import { setNameKey, validSetName } from './setName.ts';
import { filterOf, readEntries, readLinks, snapshotOf, snapshotRow } from './snapshotRead.ts';

type SetRow = Selectable<Schema['maskdesk_sets']>;

const notThere = (setId: SetId): ExpectedError => new ExpectedError('not_found', `There is no set ${setId} in this store: it may have been removed.`);
const noSnapshot = (snapshotId: SnapshotId): ExpectedError => new ExpectedError('not_found', `There is no snapshot ${snapshotId} in this store.`);

const setOf = (row: Omit<SetRow, 'sequence'> & { readonly latest: number | null }): MaskSet => ({
  setId: asId(row.set_id),
  name: row.name,
  filter: filterOf(row.filter),
  createdBy: row.created_by,
  createdAtMs: row.created_at_ms,
  latest: row.latest,
});

const allSets = (queries: Queries) =>
  queries
    .selectFrom('maskdesk_sets as s')
    .selectAll()
    .select((of) => of.selectFrom('maskdesk_snapshots as n').whereRef('n.set_id', '=', 's.set_id').select((each) => each.fn.max<number | null>('n.number').as('latest')).as('latest'));
const liveSets = (queries: Queries) => allSets(queries).where('s.name_key', 'is not', null);
const removedSets = (queries: Queries) => allSets(queries).where('s.name_key', 'is', null).orderBy('s.removed_at_ms', 'desc').orderBy('s.sequence', 'desc');

/** The set's row, which nobody else can change until this transaction ends: numbers of its snapshots have no gaps. @throws ExpectedError not_found */
const lockSet = async (queries: Queries, setId: SetId): Promise<SetRow> => {
  const row = await queries.dialect.locked(queries.selectFrom('maskdesk_sets').selectAll().where('set_id', '=', setId).where('name_key', 'is not', null)).executeTakeFirst();
  if (row === undefined) throw notThere(setId);
  return row;
};

const latestNumber = async (queries: Queries, setId: SetId): Promise<number> => {
  const { latest } = await queries
    .selectFrom('maskdesk_snapshots')
    .select((of) => of.fn.max<number | null>('number').as('latest'))
    .where('set_id', '=', setId)
    .executeTakeFirstOrThrow();
  return latest ?? 0;
};

/** A removed set of that name is its owner again: whoever says `NAME@2` means one snapshot alone. Of several (from before it was so) the last one removed. */
const bringBack = async (queries: Queries, key: string, nowMs: number, createdBy: string): Promise<void> => {
  const gone = (await removedSets(queries).execute()).find(({ name }) => setNameKey(name) === key);
  if (gone === undefined) return;
  // Somebody who saves it at the same moment has been quicker, or waits for this one.
  await queries
    .updateTable('maskdesk_sets')
    .set({ name_key: key, removed_at_ms: null, created_by: createdBy, created_at_ms: nowMs })
    .where('set_id', '=', gone.set_id)
    .where('name_key', 'is', null)
    .execute();
};

const save = async (queries: Queries, set: Pick<MaskSet, 'setId' | 'name' | 'filter' | 'createdBy'>, nowMs: number): Promise<MaskSet> => {
  const key = setNameKey(set.name);
  const known = await liveSets(queries).where('s.name_key', '=', key).executeTakeFirst();
  // A name of an older version, that would not be given any more, is left to its set.
  const name = known === undefined ? validSetName(set.name) : set.name.trim();
  if (known === undefined) await bringBack(queries, key, nowMs, set.createdBy);
  const filter = JSON.stringify(setFilterOf(set.filter));
  await queries
    .insertInto('maskdesk_sets')
    .values({ set_id: set.setId, name, name_key: key, filter, created_by: set.createdBy, created_at_ms: nowMs })
    .onConflict((conflict) => conflict.column('name_key').doUpdateSet({ name, filter }))
    .execute();
  const row = await liveSets(queries).where('s.name_key', '=', key).executeTakeFirstOrThrow();
  await addToTrail(queries, { kind: 'set', who: set.createdBy, asset: null, details: { change: 'saved', set_id: row.set_id, name, filter: JSON.parse(filter) as unknown } }, nowMs);
  return setOf(row);
};

const remove = async (queries: Queries, setId: SetId, removedBy: string, nowMs: number): Promise<void> => {
  const { name } = await lockSet(queries, setId);
  const snapshots = await latestNumber(queries, setId);
  if (snapshots > 0) await queries.updateTable('maskdesk_sets').set({ name_key: null, removed_at_ms: nowMs }).where('set_id', '=', setId).execute();
  else await queries.deleteFrom('maskdesk_sets').where('set_id', '=', setId).execute();
  await addToTrail(queries, { kind: 'set', who: removedBy, asset: null, details: { change: 'removed', set_id: setId, name, snapshots } }, nowMs);
};

type Freezing = Parameters<SetStore['freeze']>;

const freeze = async (queries: Queries, [setId, { snapshotId, createdBy }, signal]: Freezing, nowMs: number): Promise<Snapshot> => {
  const set = await lockSet(queries, setId);
  const known = await snapshotRow(queries, snapshotId);
  if (known !== undefined) return snapshotOf(known);
  const number = (await latestNumber(queries, setId)) + 1;
  const values = { snapshot_id: snapshotId, set_id: setId, set_name: set.name, number, filter: set.filter, created_by: createdBy, created_at_ms: nowMs };
  const { sequence } = await queries.insertInto('maskdesk_snapshots').values(values).returning('sequence').executeTakeFirstOrThrow();
  const filled = await fillSnapshot(queries, sequence, filterOf(set.filter), signal);
  if (filled.entryCount === 0) {
    throw new ExpectedError('invalid_input', `The set "${set.name}" finds no mask now, so there is nothing to freeze. Look at its filter: states, product, video, dates.`);
  }
  await queries
    .updateTable('maskdesk_snapshots')
    .set({ entry_count: filled.entryCount, total_area_px: filled.totalAreaPx, digest: filled.digest })
    .where('sequence', '=', sequence)
    .execute();
  const details = { change: 'frozen', set_id: setId, name: set.name, number, snapshot_id: snapshotId, entries: filled.entryCount, digest: filled.digest };
  await addToTrail(queries, { kind: 'set', who: createdBy, asset: null, details }, nowMs);
  throwIfCancelled(signal);
  return snapshotOf(present(await snapshotRow(queries, snapshotId), 'the snapshot'));
};

/** Sets and snapshots, the same on every database (migration 0018). */
export const createSetStore = (connection: Connection, clock: Clock): SetStore => {
  const readSnapshot = async <T>(snapshotId: SnapshotId, read: (queries: Queries, snapshot: number) => Promise<T>): Promise<T> =>
    connection.read(async (queries) => {
      const row = await snapshotRow(queries, snapshotId);
      if (row === undefined) throw noSnapshot(snapshotId);
      return read(queries, row.sequence);
    });
  return {
    list: () => connection.read(async (queries) => (await liveSets(queries).orderBy(queries.dialect.byBytes(sql`name_key`)).execute()).map(setOf)),
    removed: () => connection.read(async (queries) => (await removedSets(queries).execute()).map(setOf)),
    byName: (name) =>
      connection.read(async (queries) => {
        const row = await liveSets(queries).where('s.name_key', '=', setNameKey(name)).executeTakeFirst();
        return row === undefined ? null : setOf(row);
      }),
    save: (set) => connection.write((queries) => save(queries, set, clock.nowMs())),
    remove: (setId, removedBy) => connection.write((queries) => remove(queries, setId, removedBy, clock.nowMs())),
    freeze: (...freezing) => connection.writeAtLength((queries) => freeze(queries, freezing, clock.nowMs())),
    snapshots: (setId) =>
      connection.read(async (queries) => {
        const all = queries.selectFrom('maskdesk_snapshots').selectAll().orderBy('created_at_ms', 'desc').orderBy('sequence', 'desc');
        return (await (setId === undefined ? all : all.where('set_id', '=', setId)).execute()).map(snapshotOf);
      }),
    snapshot: (snapshotId) =>
      connection.read(async (queries) => {
        const row = await snapshotRow(queries, snapshotId);
        return row === undefined ? null : snapshotOf(row);
      }),
    entries: (snapshotId, after, limit) => readSnapshot(snapshotId, (queries, snapshot) => readEntries(queries, snapshot, after, limit)),
    links: (snapshotId) => readSnapshot(snapshotId, readLinks),
    splitMembers: (of) => (typeof of === 'string' ? readSnapshot(of, splitMembersThen) : connection.read((queries) => splitMembersNow(queries, of))),
    holdsSame: (snapshotId, signal) => holdsSame((read) => connection.read(read), snapshotId, signal),
    measure: (filter) => connection.read((queries) => measureSet(queries, filter)),
    rememberPhoto: async (snapshotId, asset, photoSha256) => {
      const known = (queries: Queries, snapshot: number) =>
        queries
          .selectFrom('maskdesk_snapshot_photos')
          .select('photo_sha256')
          .where('snapshot', '=', snapshot)
          .where('asset_kind', '=', asset.kind)
          .where('asset_id', '=', asset.id)
          .executeTakeFirst();
      const [snapshot, row] = await readSnapshot(snapshotId, async (queries, sequence) => [sequence, await known(queries, sequence)] as const);
      if (row !== undefined) return asId(row.photo_sha256);
      if (connection.isReadOnly) return photoSha256;
      return connection.write(async (queries) => {
        await queries
          .insertInto('maskdesk_snapshot_photos')
          .values({ snapshot, asset_kind: asset.kind, asset_id: asset.id, photo_sha256: photoSha256 })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return asId(present(await known(queries, snapshot), 'the photo that was remembered').photo_sha256);
      });
    },
  };
};
