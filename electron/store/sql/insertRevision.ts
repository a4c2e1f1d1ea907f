import type { NewRevision, Revision } from '../../../shared/domain/revision.ts';
import type { Queries } from './connection.ts';
import { revisionRow } from './rows.ts';

export const insertRevision = async (queries: Queries, revision: NewRevision, nowMs: number): Promise<Revision> => {
  await queries.insertInto('maskdesk_revisions').values(revisionRow(revision, nowMs)).execute();
  return { ...revision, createdAtMs: nowMs, iouToParent: null };
};
