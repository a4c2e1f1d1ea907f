import type { RawBuilder } from 'kysely';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { RevisionStore } from '../../../shared/ports/store/revisionStore.ts';
import type { Connection, Queries } from './connection.ts';
import { addCandidate, restoreReplaced } from './candidates.ts';
import { moveHead, undoMove } from './headMoves.ts';
import { addImported, undoImport } from './importedRevisions.ts';
import { besideOf, leaveImported, waitAgain } from './importWaits.ts';
import { listImports, readImport } from './maskImports.ts';
import { readRevision } from './revisionRead.ts';
import { partsOf, revisionOf } from './rows.ts';

/** The mask that a version's prompts were joined with. */
const baseMaskDigest = ({ dialect }: Queries): RawBuilder<string | null> => dialect.jsonText('prompts', 'baseMaskSha256');

const partDigests = (parts: string | null): readonly string[] => (parts === null ? [] : partsOf(parts).map(({ maskSha256 }) => maskSha256));

export const createRevisionStore = (connection: Connection, clock: Clock): RevisionStore => {
  const now = { clockMs: () => clock.nowMs(), databaseMs: () => connection.nowMs() };
  return {
    get: (revisionId) => connection.read((queries) => readRevision(queries, revisionId)),
    ofAsset: (asset) =>
      connection.read(async (queries) => {
        const rows = await queries
          .selectFrom('maskdesk_revisions')
          .selectAll()
          .where('asset_kind', '=', asset.kind)
          .where('asset_id', '=', asset.id)
          .orderBy('sequence', 'desc')
          .execute();
        const besides = await besideOf(queries, asset);
        return rows.map((row) => {
          const beside = besides.get(row.revision_id);
          return beside === undefined ? revisionOf(row) : { ...revisionOf(row), beside };
        });
      }),
    addCandidate: (revision, taskId) => connection.write((queries) => addCandidate(queries, revision, taskId ?? null, now)),
    addImported: (importId, revisions, signal, photos = []) => addImported(connection, importId, revisions, photos, now, signal),
    undoImport: (importId, by) => connection.write((queries) => undoImport(queries, importId, by, now)),
    imports: (limit, before = null) => listImports(connection, limit, before),
    importOf: (importId) => connection.read((queries) => readImport(queries, importId)),
    leaveImported: (asset, revisionId, by) => connection.write((queries) => leaveImported(queries, asset, revisionId, by, clock.nowMs())),
    waitAgain: (asset, revisionId, by) => connection.write((queries) => waitAgain(queries, asset, revisionId, by, clock.nowMs())),
    restoreReplaced: (batchId) => restoreReplaced(connection, batchId, now),
    moveHead: (asset, revisionId, expectedHead, movedBy) =>
      connection.write((queries) => moveHead(queries, { asset, revisionId, expectedHead, movedBy: movedBy ?? null }, clock.nowMs())),
    undoMove: (asset, movedBy) => connection.write((queries) => undoMove(queries, asset, movedBy, clock.nowMs())),
    setIouToParent: (revisionId, iou) =>
      connection.write(async (queries) => {
        await queries.updateTable('maskdesk_revisions').set({ iou_to_parent: iou }).where('revision_id', '=', revisionId).execute();
      }),
    blobDigests: () =>
      connection.read(async (queries) => {
        const rows = await queries.selectFrom('maskdesk_revisions').select(['mask_sha256', 'matte_sha256', 'parts', baseMaskDigest(queries).as('base_sha256')]).execute();
        return new Set(rows.flatMap((row) => [row.mask_sha256, row.matte_sha256, row.base_sha256, ...partDigests(row.parts)].filter((digest) => digest !== null)));
      }),
  };
};
