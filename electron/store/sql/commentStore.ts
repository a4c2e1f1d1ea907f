import type { CommentChange } from '../../../shared/domain/audit.ts';
import type { CommentId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { CommentStore } from '../../../shared/ports/store/commentStore.ts';
import { assetRow } from './assetState.ts';
import type { Connection, Queries } from './connection.ts';
import { commentOf } from './rows.ts';
import type { Schema } from './schema.ts';

type Change = Partial<Pick<Schema['maskdesk_comments'], 'edited_at_ms' | 'removed_at_ms'>>;

const rowQuery = (queries: Queries, commentId: CommentId) =>
  queries.selectFrom('maskdesk_comments').selectAll().where('comment_id', '=', commentId).where('removed_at_ms', 'is', null);

const noteChange = async (queries: Queries, commentId: CommentId, change: CommentChange, who: string, atMs: number, text: string): Promise<void> => {
  await queries.insertInto('maskdesk_comment_events').values({ comment_id: commentId, change, who, at_ms: atMs, text }).execute();
};

const rowOrThrow = async (queries: Queries, commentId: CommentId) => {
  const row = await queries.dialect.locked(rowQuery(queries, commentId)).executeTakeFirst();
  if (row === undefined) throw new ExpectedError('not_found', 'That comment is not there any more.');
  return row;
};

/** @param change what its author alone may do */
const changeOwn = async (queries: Queries, commentId: CommentId, author: string, change: 'edited' | 'removed', columns: Change & { readonly text: string }, atMs: number) => {
  const row = await rowOrThrow(queries, commentId);
  if (row.author !== author) {
    throw new ExpectedError('permission_denied', `${row.author} wrote this comment; only they can change it. You can resolve it, or add your own.`);
  }
  await queries.updateTable('maskdesk_comments').set(columns).where('comment_id', '=', commentId).execute();
  // Who takes a comment away takes all of its words away; that it was there stays.
  if (change === 'removed') await queries.updateTable('maskdesk_comment_events').set({ text: '' }).where('comment_id', '=', commentId).execute();
  await noteChange(queries, commentId, change, author, atMs, columns.text);
  return commentOf({ ...row, ...columns });
};

const settle = async (queries: Queries, commentId: CommentId, who: string, isResolved: boolean, atMs: number) => {
  const row = await rowOrThrow(queries, commentId);
  if ((row.resolved_at_ms !== null) === isResolved) return commentOf(row);
  const columns = isResolved ? { resolved_by: who, resolved_at_ms: atMs } : { resolved_by: null, resolved_at_ms: null };
  await queries.updateTable('maskdesk_comments').set(columns).where('comment_id', '=', commentId).execute();
  await noteChange(queries, commentId, isResolved ? 'resolved' : 'reopened', who, atMs, row.text);
  return commentOf({ ...row, ...columns });
};

export const createCommentStore = (connection: Connection, clock: Clock): CommentStore => ({
  ofAsset: (asset) =>
    connection.read(async (queries) => {
      const rows = await queries
        .selectFrom('maskdesk_comments')
        .selectAll()
        .where('asset_kind', '=', asset.kind)
        .where('asset_id', '=', asset.id)
        .where('removed_at_ms', 'is', null)
        .orderBy('sequence')
        .execute();
      return rows.map(commentOf);
    }),
  get: (commentId) =>
    connection.read(async (queries) => {
      const row = await rowQuery(queries, commentId).executeTakeFirst();
      return row === undefined ? null : commentOf(row);
    }),
  add: (comment) =>
    connection.write(async (queries) => {
      await assetRow(queries, comment.asset);
      const nowMs = clock.nowMs();
      const { numInsertedOrUpdatedRows: added } = await queries
        .insertInto('maskdesk_comments')
        .values({
          comment_id: comment.commentId,
          asset_kind: comment.asset.kind,
          asset_id: comment.asset.id,
          revision_id: comment.revisionId,
          x_px: comment.pointImagePx?.xPx ?? null,
          y_px: comment.pointImagePx?.yPx ?? null,
          author: comment.author,
          text: comment.text,
          created_at_ms: nowMs,
        })
        .onConflict((conflict) => conflict.column('comment_id').doNothing())
        .executeTakeFirst();
      if ((added ?? 0n) > 0n) await noteChange(queries, comment.commentId, 'added', comment.author, nowMs, comment.text);
      return commentOf(await queries.selectFrom('maskdesk_comments').selectAll().where('comment_id', '=', comment.commentId).executeTakeFirstOrThrow());
    }),
  edit: (commentId, author, text) =>
    connection.write((queries) => {
      const nowMs = clock.nowMs();
      return changeOwn(queries, commentId, author, 'edited', { text, edited_at_ms: nowMs }, nowMs);
    }),
  resolve: (commentId, who, isResolved) => connection.write((queries) => settle(queries, commentId, who, isResolved, clock.nowMs())),
  remove: (commentId, author) =>
    connection.write((queries) => {
      const nowMs = clock.nowMs();
      return changeOwn(queries, commentId, author, 'removed', { text: '', removed_at_ms: nowMs }, nowMs);
    }),
});
