import type { AssetRef } from './asset.ts';
import type { BatchId, RevisionId, VerdictId } from './ids.ts';

/** reopen: back to review by a person's wish · undo: takes the latest verdict back as if it had not been given. */
export const verdictKinds = ['approve', 'reject', 'reopen', 'undo'] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** Digit keys 1-9 choose them in this order. */
export const rejectReasons = [
  'wrong_object',
  'person_kept',
  'part_missing',
  'background_kept',
  'rough_edge',
  'text_kept',
  'holes',
  'nothing_found',
  'bad_photo',
] as const;
export type RejectReason = (typeof rejectReasons)[number];

export const rejectReasonLabels: Readonly<Record<RejectReason, string>> = {
  wrong_object: 'Wrong object',
  person_kept: 'Person or hand kept',
  part_missing: 'Part of the product missing',
  background_kept: 'Background kept',
  rough_edge: 'Rough edge',
  text_kept: 'Text or caption kept',
  holes: 'Holes',
  nothing_found: 'Nothing found',
  bad_photo: 'Photo unusable',
};

/** A reviewer's decision about one revision of an asset. */
export interface Verdict {
  readonly verdictId: VerdictId;
  readonly asset: AssetRef;
  readonly revisionId: RevisionId | null;
  readonly kind: VerdictKind;
  readonly reason: RejectReason | null;
  readonly note: string | null;
  readonly reviewer: string;
  /** For undo: the verdict that is taken back. */
  readonly undoesVerdictId: VerdictId | null;
  /** The bulk verdict that it is part of; an undo carries that of the verdict that it takes back with all others of the batch. */
  readonly batchId: BatchId | null;
  readonly createdAtMs: number;
}

export type NewVerdict = Omit<Verdict, 'createdAtMs' | 'batchId'> & { readonly batchId?: BatchId | null };
