import type { AssetRef } from './asset.ts';
import type { CommentId, RevisionId } from './ids.ts';

/** The longest text of a comment, in UTF-16 code units. */
export const maxCommentLength = 4000;

/** What somebody says of an asset, pinned to a place in its picture or not. Belongs to its author: nobody else edits or removes it. */
export interface Comment {
  readonly commentId: CommentId;
  readonly asset: AssetRef;
  /** The mask that was head when it was written; null where there was none. */
  readonly revisionId: RevisionId | null;
  /** In the upright photo, fractions of a pixel allowed; null: about the whole picture. */
  readonly pointImagePx: { readonly xPx: number; readonly yPx: number } | null;
  readonly author: string;
  readonly text: string;
  readonly createdAtMs: number;
  readonly editedAtMs: number | null;
  /** Anybody may settle it. */
  readonly resolvedAtMs: number | null;
  readonly resolvedBy: string | null;
}

export type NewComment = Pick<Comment, 'commentId' | 'asset' | 'revisionId' | 'pointImagePx' | 'author' | 'text'>;
