import { sql } from 'kysely';
import { asId, type ImportId } from '../../../shared/domain/ids.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ImportedPhotoStore } from '../../../shared/ports/store/importedPhotoStore.ts';
import { addedBy, clearedAway } from './addImportedPhotos.ts';
import type { Connection } from './connection.ts';
import { takeBackPhotos } from './takeBackPhotos.ts';

export const createImportedPhotoStore = (connection: Connection, clock: Clock): ImportedPhotoStore => {
  const now = { clockMs: () => clock.nowMs(), databaseMs: () => connection.nowMs() };
  const until = (durationMs: number) => ({ expires_at_ms: sql<number>`${connection.nowMs()} + ${durationMs}` });
  return {
    begin: (importId, durationMs) =>
      connection.write(async (queries) => {
        await queries
          .insertInto('maskdesk_begun_imports')
          .values({ import_id: importId, ...until(durationMs) })
          .execute();
      }),
    goOn: (importId, durationMs) =>
      connection.write(async (queries) => {
        const { numUpdatedRows } = await queries.updateTable('maskdesk_begun_imports').set(until(durationMs)).where('import_id', '=', importId).where('is_abandoned', '=', 0).executeTakeFirst();
        if (numUpdatedRows === 0n) throw clearedAway();
      }),
    giveUp: (importId) =>
      connection.write(async (queries) => {
        // First: waits for a transaction that adds its rows, whose end nobody has heard of yet.
        await queries.updateTable('maskdesk_begun_imports').set({ is_abandoned: 1 }).where('import_id', '=', importId).execute();
        return (await addedBy(queries, importId)).length === 0;
      }),
    forget: (importId) =>
      connection.write(async (queries) => {
        await queries.deleteFrom('maskdesk_begun_imports').where('import_id', '=', importId).execute();
      }),
    abandoned: async () => {
      const isOver = sql<boolean>`is_abandoned = 1 or expires_at_ms <= ${connection.nowMs()}`;
      const found = await connection.read((queries) => queries.selectFrom('maskdesk_begun_imports').select('import_id').where(isOver).execute());
      if (found.length === 0) return [];
      return connection.write(async (queries) => {
        const rows = await queries.updateTable('maskdesk_begun_imports').set({ is_abandoned: 1 }).where(isOver).returning('import_id').execute();
        return rows.map((row) => asId<ImportId>(row.import_id));
      });
    },
    standing: (importId) => connection.read((queries) => addedBy(queries, importId, 'standing')),
    takeBack: (importId, signal) => takeBackPhotos(connection, importId, now, signal),
  };
};
