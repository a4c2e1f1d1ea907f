import type { RevisionId } from '../../../shared/domain/ids.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { AssetRow } from './assetState.ts';
import type { Queries } from './connection.ts';
import { revisionOf } from './rows.ts';

export const readRevision = async (queries: Queries, revisionId: string): Promise<Revision | null> => {
  const row = await queries.selectFrom('maskdesk_revisions').selectAll().where('revision_id', '=', revisionId).executeTakeFirst();
  return row === undefined ? null : revisionOf(row);
};

/** @throws ExpectedError stale_revision */
export const assertHead = (row: AssetRow, expected: RevisionId | null): void => {
  if (row.head_revision_id === expected) return;
  throw new ExpectedError('stale_revision', `${row.id} has changed since you opened it. Look at the newer mask, then decide again.`, {
    details: { expected, actual: row.head_revision_id },
  });
};
