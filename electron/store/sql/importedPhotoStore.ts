import { sql } from 'kysely';
import { asId, type ImportId } from '../../../shared/domain/ids.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ImportedPhotoStore } from '../../../shared/ports/store/importedPhotoStore.ts';
import type { Connection } from './connection.ts';
import { takeBackPhotos } from './takeBackPhotos.ts';

export const createImportedPhotoStore = (connection: Connection, clock: Clock): ImportedPhotoStore => {
  const now = { clockMs: () => clock.nowMs(), databaseMs: () => connection.nowMs() };
  return {
    begin: (importId, durationMs) =>
      connection.write(async (queries) => {
        const until = { expires_at_ms: sql<number>`${connection.nowMs()} + ${durationMs}` };
        await queries
          .insertInto('maskdesk_begun_imports')
          .values({ import_id: importId, ...until })
          .onConflict((conflict) => conflict.column('import_id').doUpdateSet(until))
          .execute();
      }),
    isBegun: (importId) =>
      connection.read(async (queries) => (await queries.selectFrom('maskdesk_begun_imports').select('import_id').where('import_id', '=', importId).executeTakeFirst()) !== undefined),
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
    takeBack: (importId) => connection.write((queries) => takeBackPhotos(queries, importId, now)),
  };
};
