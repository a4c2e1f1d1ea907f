import type { AssetRef } from '../../domain/asset.ts';
import type { Comment, NewComment } from '../../domain/comment.ts';
import type { CommentId } from '../../domain/ids.ts';

export interface CommentStore {
  /** Oldest first, without removed ones. */
  ofAsset(asset: AssetRef): Promise<readonly Comment[]>;
  get(commentId: CommentId): Promise<Comment | null>;
  /** The same again (a retry after a lost answer) changes nothing. @throws ExpectedError not_found */
  add(comment: NewComment): Promise<Comment>;
  /** @throws ExpectedError not_found; permission_denied where somebody else wrote it */
  edit(commentId: CommentId, author: string, text: string): Promise<Comment>;
  /** Settles it, or opens it again; what is so already stays as it is. @throws ExpectedError not_found */
  resolve(commentId: CommentId, who: string, isResolved: boolean): Promise<Comment>;
  /** Takes it from view; that there was one stays in the audit trail, its text does not. @throws as {@link edit} */
  remove(commentId: CommentId, author: string): Promise<Comment>;
}
