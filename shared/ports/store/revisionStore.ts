import type { AssetRef } from '../../domain/asset.ts';
import type { RevisionId } from '../../domain/ids.ts';
import type { NewRevision, Revision } from '../../domain/revision.ts';

export interface CandidateOutcome {
  readonly revision: Revision;
  /** False: a person's work stands, the result waits beside the head. */
  readonly becameHead: boolean;
}

export interface RevisionStore {
  get(revisionId: RevisionId): Promise<Revision | null>;
  /** Newest first. */
  ofAsset(asset: AssetRef): Promise<readonly Revision[]>;
  /**
   * A model's result (architecture.md, Who moves the head): becomes head by itself only while the asset has no human revision, draft,
   * live lease or verdict. State becomes to_review when it does.
   */
  addCandidate(revision: NewRevision): Promise<CandidateOutcome>;
  /**
   * A person chooses a revision as the head; state becomes to_review; what is published stays until the next verdict.
   * @throws ExpectedError stale_revision, not_found
   */
  moveHead(asset: AssetRef, revisionId: RevisionId, expectedHead: RevisionId | null): Promise<void>;
  /** Digests of every blob that a revision names, for recover and for clean-up. */
  blobDigests(): Promise<ReadonlySet<string>>;
}
