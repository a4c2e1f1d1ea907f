import type { Comment } from './comment.ts';
import type { RevisionId } from './ids.ts';
import type { Revision } from './revision.ts';
import type { Verdict } from './verdict.ts';

export const auditKinds = ['imported', 'mask', 'verdict', 'head', 'publication', 'comment'] as const;
export type AuditKind = (typeof auditKinds)[number];

export const commentChanges = ['added', 'edited', 'resolved', 'reopened', 'removed'] as const;
export type CommentChange = (typeof commentChanges)[number];

export type AuditFacts =
  | { readonly kind: 'imported' }
  /** A version of the mask was made, by a model, a person or an import. */
  | { readonly kind: 'mask'; readonly revision: Revision }
  /** `undone`: for an undo, the verdict that it took back. */
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly undone: Verdict | null }
  /** A person chose a version as the one to judge; `isUndo`: took such a choice back. */
  | { readonly kind: 'head'; readonly fromRevisionId: RevisionId | null; readonly revisionId: RevisionId | null; readonly isUndo: boolean }
  /** withdrawn: the published mask was removed, as an undo or a rejection asks for · superseded: a newer one went out in its place. */
  | {
      readonly kind: 'publication';
      readonly outcome: 'pending' | 'published' | 'withdrawn' | 'superseded';
      readonly revisionId: RevisionId | null;
      readonly stablePath: string;
      /** A sentence, while it could not be placed. */
      readonly lastError: string | null;
    }
  /** The comment's text as it read then; blank where it was removed later on. */
  | { readonly kind: 'comment'; readonly change: CommentChange; readonly comment: Comment };

/** One thing that happened to an asset. */
export type AuditEntry = AuditFacts & {
  readonly atMs: number;
  /** A reviewer or a model; null: Maskdesk itself, or nobody knows. */
  readonly who: string | null;
};
