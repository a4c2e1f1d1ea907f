import type { AssetRef } from '../../domain/asset.ts';
import type { BatchId, ImportId, RevisionId, TaskId } from '../../domain/ids.ts';
import type { MaskImport } from '../../domain/maskImport.ts';
import type { NewRevision, Revision } from '../../domain/revision.ts';
import type { ImportedPhoto } from './importedPhotoStore.ts';

export interface CandidateOutcome {
  readonly revision: Revision;
  /** False: a person's work stands, the result waits beside the head. */
  readonly becameHead: boolean;
}

/** What became of masks of another tool. */
export interface ImportedMasks {
  readonly becameHead: readonly AssetRef[];
  /** A person's work stands there. */
  readonly beside: readonly AssetRef[];
  /** Have that very file by now (`added` ones aside), since somebody has brought it in meanwhile: nothing was added there. Where that is all of them there is no such import. */
  readonly same: readonly AssetRef[];
  /** Photos that were not there before. */
  readonly added: readonly AssetRef[];
}

/** What taking an import back came to. */
export interface ImportUndone {
  /** They have again what the import took the place of. */
  readonly restored: readonly AssetRef[];
  /** Masks that waited there wait no longer. */
  readonly withdrawn: readonly AssetRef[];
  /** Where its masks lie under those of later imports or re-runs: taking those back passes over them. */
  readonly covered: number;
  /** How many assets stay with a mask of the import, or one that was made from it, since a person has taken them in hand. */
  readonly kept: number;
}

export interface RevisionStore {
  get(revisionId: RevisionId): Promise<Revision | null>;
  /** Newest first; says what became of those that imports brought in beside. */
  ofAsset(asset: AssetRef): Promise<readonly Revision[]>;
  /**
   * A model's result (architecture.md, Who moves the head): becomes head by itself only while the asset has no human revision, draft,
   * live lease or verdict. State becomes to_review when it does.
   * @param taskId the task that it is the result of: of one that was cancelled meanwhile it stays beside the head
   */
  addCandidate(revision: NewRevision, taskId?: TaskId): Promise<CandidateOutcome>;
  /**
   * Masks of another tool, all of them or none: each becomes head by the rule of {@link addCandidate}, unless its file is there by now (`same`). Given again (the same revision ids) they
   * stay as they are.
   * @param photos that are to be there before their masks; their import was begun (ImportedPhotoStore), and their files are there
   * @throws ExpectedError not_found (an asset that is not there), invalid_input (the id or the video's time of a photo is another's), store_locked (begun too long ago), and then
   * nothing was added; CancelledError
   */
  addImported(importId: ImportId, revisions: readonly NewRevision[], signal?: AbortSignal, photos?: readonly ImportedPhoto[]): Promise<ImportedMasks>;
  /**
   * Puts back what masks of an import took the place of, also where that is no mask at all, where they are still head and no person has taken the
   * asset in hand or chosen the mask since; masks of it that wait beside wait no longer. The versions stay. Nothing is an answer, too: it was taken back before.
   * @param by the reviewer
   * @throws ExpectedError not_found: no such import
   */
  undoImport(importId: ImportId, by: string): Promise<ImportUndone>;
  /** Imports of masks, newest first. @param before the last one of the page before; null: from the newest. @throws ExpectedError not_found (`before`) */
  imports(limit: number, before?: ImportId | null): Promise<readonly MaskImport[]>;
  /** @throws ExpectedError not_found */
  importOf(importId: ImportId): Promise<MaskImport>;
  /**
   * Somebody decides against a mask that waits beside a person's work; taking it is {@link moveHead}.
   * @throws ExpectedError not_found: no mask of that name waits there (any more)
   */
  leaveImported(asset: AssetRef, revisionId: RevisionId, by: string): Promise<void>;
  /** Takes that back. @throws ExpectedError nothing_to_undo: that person has not left it, its import was taken back, or something else has happened to it since */
  waitAgain(asset: AssetRef, revisionId: RevisionId, by: string): Promise<void>;
  /**
   * Puts back the heads that results of a re-run took the place of, where the result is still head and no person has taken the asset in
   * hand since. First masks stay: there is nothing to put back. Returns the assets.
   */
  restoreReplaced(batchId: BatchId): Promise<readonly AssetRef[]>;
  /**
   * A person chooses a revision as the head; state becomes to_review; what is published stays until the next verdict.
   * @param movedBy the reviewer, for the audit trail
   * @throws ExpectedError stale_revision, not_found
   */
  moveHead(asset: AssetRef, revisionId: RevisionId, expectedHead: RevisionId | null, movedBy?: string): Promise<void>;
  /**
   * Takes that person's latest choice of a head back: head, state and reason are what they were before it, also where there was no mask.
   * @throws ExpectedError nothing_to_undo when there is none, or something has happened to the asset since
   */
  undoMove(asset: AssetRef, movedBy: string): Promise<void>;
  /** Keeps the measured overlap with the parent, 0..1. */
  setIouToParent(revisionId: RevisionId, iou: number): Promise<void>;
  /** Digests of every blob that a revision names, for recover and for clean-up. */
  blobDigests(): Promise<ReadonlySet<string>>;
}
