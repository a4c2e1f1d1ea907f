import type { Verdict } from '../../../shared/domain/verdict.ts';

export interface Standing {
  readonly state: 'approved' | 'rejected' | null;
  /** The revision of the approval that counts. */
  readonly approved: string | null;
}

/**
 * The rules of verdicts once more, apart from the code that is judged: an undo takes the latest verdict back as if it had never been given; a rejection
 * or a reopening takes away every approval of the mask that it judges; what is approved is the last approval that is left.
 */
export const standingOf = (verdicts: readonly Verdict[]): Standing => {
  const kept: Verdict[] = [];
  for (const verdict of verdicts) {
    if (verdict.kind !== 'undo') kept.push(verdict);
    else if (kept.at(-1)?.verdictId === verdict.undoesVerdictId) kept.pop();
  }
  let approvals: string[] = [];
  for (const { kind, revisionId } of kept) {
    if (kind === 'approve' && revisionId !== null) approvals.push(revisionId);
    else approvals = approvals.filter((revision) => revision !== revisionId);
  }
  const last = kept.at(-1)?.kind;
  return { state: last === 'approve' ? 'approved' : last === 'reject' ? 'rejected' : null, approved: approvals.at(-1) ?? null };
};

/** Whether a rejection may have stood at a moment. Verdicts are dated before they get their turn at the asset, so one that is dated earlier may have come later. */
export const mayHaveBeenRejected = (verdicts: readonly Verdict[], atMs: number): boolean =>
  verdicts.some((verdict, index) => verdict.createdAtMs <= atMs && standingOf(verdicts.slice(0, index + 1)).state === 'rejected');
