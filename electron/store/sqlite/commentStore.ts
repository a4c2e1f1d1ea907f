import type { CommentId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { CommentStore } from '../../../shared/ports/store/commentStore.ts';
import { assetRow } from './assetState.ts';
import type { Connection, Queries } from './connection.ts';
import { commentOf } from './rows.ts';
import type { Schema } from './schema.ts';

type Change = Partial<Pick<Schema['maskdesk_comments'], 'text' | 'edited_at_ms' | 'resolved_at_ms' | 'resolved_by' | 'removed_at_ms'>>;

const rowOf = (queries: Queries, commentId: CommentId) =>
  queries.selectFrom('maskdesk_comments').selectAll().where('comment_id', '=', commentId).where('removed_at_ms', 'is', null).executeTakeFirst();

const change = async (queries: Queries, commentId: CommentId, change: Change, onlyBy: string | null) => {
  const row = await rowOf(queries, commentId);
  if (row === undefined) throw new ExpectedError('not_found', 'That comment is not there any more.');
  if (onlyBy !== null && row.author !== onlyBy) {
    throw new ExpectedError('permission_denied', `${row.author} wrote this comment; only they can change it. You can resolve it, or add your own.`);
  }
  await queries.updateTable('maskdesk_comments').set(change).where('comment_id', '=', commentId).execute();
  return commentOf({ ...row, ...change });
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
      const row = await rowOf(queries, commentId);
      return row === undefined ? null : commentOf(row);
    }),
  add: (comment) =>
    connection.write(async (queries) => {
      await assetRow(queries, comment.asset);
      await queries
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
          created_at_ms: clock.nowMs(),
        })
        .onConflict((conflict) => conflict.column('comment_id').doNothing())
        .execute();
      return commentOf(await queries.selectFrom('maskdesk_comments').selectAll().where('comment_id', '=', comment.commentId).executeTakeFirstOrThrow());
    }),
  edit: (commentId, author, text) => connection.write((queries) => change(queries, commentId, { text, edited_at_ms: clock.nowMs() }, author)),
  resolve: (commentId, resolvedBy) =>
    connection.write((queries) =>
      change(queries, commentId, { resolved_by: resolvedBy, resolved_at_ms: resolvedBy === null ? null : clock.nowMs() }, null),
    ),
  remove: (commentId, author) => connection.write((queries) => change(queries, commentId, { text: '', removed_at_ms: clock.nowMs() }, author)),
});
