import type { AssetRef } from '../../domain/asset.ts';
import type { BatchId, EventId, PublicationId, RevisionId, VerdictId } from '../../domain/ids.ts';
import type { Publication } from '../../domain/publication.ts';
import type { NewRevision, Revision } from '../../domain/revision.ts';
import type { NewVerdict, Verdict } from '../../domain/verdict.ts';

export interface VerdictInput {
  readonly verdict: NewVerdict;
  /** The head that the reviewer saw. Ignored for undo, which is checked against the latest verdict instead. */
  readonly expectedHead: RevisionId | null;
  /** The reviewer's corrected mask, whose blob is already stored; null to judge the head as it is. Only for approve. */
  readonly newRevision: NewRevision | null;
  /** Whether the approval carries the reviewer's own edit, changed or not: their draft of it is settled then. Any other draft is work that nobody judged. */
  readonly endsDraft: boolean;
  /** For the publication, should the verdict cause one. */
  readonly publicationId: PublicationId;
  readonly stablePath: string;
  readonly newEventId: () => EventId;
  /** The latest verdict that the reviewer has seen, for one that was decided earlier: refused (stale_revision) where another one stands. Absent: the head says enough. */
  readonly expectedVerdict?: VerdictId | null;
  /** The desk that judges (ItemLease.owner): refused while another one holds the asset. Absent: leases are not heeded, as by a script. */
  readonly heldBy?: string;
}

export interface VerdictOutcome {
  readonly verdict: Verdict;
  /** The revision that is head afterwards. */
  readonly head: Revision | null;
  /** Null when what is published stays as it was. */
  readonly publication: Publication | null;
}

export interface ReviewStore {
  /**
   * One transaction with the asset's row locked: head check, revision, verdict, state, publication (architecture.md, Approving, step 2).
   * What the verdict means for state and for what is published comes from domain/reviewState.ts. The reviewer's own draft of it is dropped by
   * an approval that carries it, and by nothing else. When it resolves the verdict is acknowledged: it survives any crash.
   * @throws ExpectedError stale_revision (details: expected, actual), item_taken, no_mask, not_found, nothing_to_undo
   */
  recordVerdict(input: VerdictInput): Promise<VerdictOutcome>;
  /** Oldest first. */
  verdictsOf(asset: AssetRef): Promise<readonly Verdict[]>;
  /** Verdicts of a batch that are not taken back (also those under a later verdict), oldest first. */
  ofBatch(batchId: BatchId): Promise<readonly Verdict[]>;
  /** The latest verdict of that reviewer over all assets that is not taken back; what Ctrl+Z undoes. */
  latestOf(reviewer: string): Promise<Verdict | null>;
  get(verdictId: VerdictId): Promise<Verdict | null>;
}
