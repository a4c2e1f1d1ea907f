import type { RevisionId, VerdictId } from './ids.ts';
import type { Verdict } from './verdict.ts';

/** What a history of verdicts amounts to. */
export interface ReviewState {
  /** Null: no verdict stands, the asset's state follows from whether it has a mask. */
  readonly state: 'approved' | 'rejected' | null;
  /** Approvals that stand, oldest first; the last one is what should be published. */
  readonly approvals: readonly { readonly verdictId: VerdictId; readonly revisionId: RevisionId }[];
  /** The latest verdict that is not taken back; what an undo may name. */
  readonly latest: Verdict | null;
}

export const noReview: ReviewState = { state: null, approvals: [], latest: null };

type VerdictFacts = Pick<Verdict, 'verdictId' | 'kind' | 'revisionId' | 'undoesVerdictId'>;

/**
 * Replays verdicts, oldest first. Approve adds an approval. Reject and reopen take away every approval of the revision that they judge
 * (the same mask can be approved twice) and no other: an approval that nobody judged stands on. Undo restores what was before the
 * verdict it names.
 */
export const replayVerdicts = (verdicts: readonly Verdict[]): ReviewState => {
  const stack: { verdict: Verdict; before: ReviewState }[] = [];
  let current = noReview;
  for (const verdict of verdicts) {
    if (verdict.kind === 'undo') {
      const top = stack.at(-1);
      if (top === undefined || top.verdict.verdictId !== verdict.undoesVerdictId) continue;
      stack.pop();
      current = top.before;
      continue;
    }
    stack.push({ verdict, before: current });
    current = { ...applyVerdict(current, verdict), latest: verdict };
  }
  return current;
};

const applyVerdict = (before: ReviewState, verdict: VerdictFacts): Omit<ReviewState, 'latest'> => {
  if (verdict.kind === 'approve' && verdict.revisionId !== null) {
    return { state: 'approved', approvals: [...before.approvals, { verdictId: verdict.verdictId, revisionId: verdict.revisionId }] };
  }
  const approvals = before.approvals.filter((approval) => approval.revisionId !== verdict.revisionId);
  return { state: verdict.kind === 'reject' ? 'rejected' : null, approvals };
};

/** The approval that should be published, if any. */
export const standingApproval = (review: ReviewState): ReviewState['approvals'][number] | null => review.approvals.at(-1) ?? null;
