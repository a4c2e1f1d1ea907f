import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { Asset, AssetRef } from '../../domain/asset.ts';
import type { RejectReason } from '../../domain/verdict.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import type { MaskChecks } from '../../domain/check.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import type { Publication } from '../../domain/publication.ts';
import type { Revision } from '../../domain/revision.ts';
import type { BatchId } from '../../domain/ids.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { promptRecordSchema } from './promptRecord.ts';
import { assetRefSchema, batchIdSchema, output, rejectReasonSchema, revisionIdSchema, sha256Schema, verdictIdSchema } from './types.ts';

export interface VerdictResult {
  readonly verdict: Verdict;
  readonly head: Revision | null;
  /** As it was when the verdict was acknowledged; publishing goes on in the background. */
  readonly publication: Publication | null;
  readonly asset: Asset;
  /** It waits on this machine for the store to be back: verdict, head and asset are what they will be (offline.ts). */
  readonly isWaiting?: boolean;
}

/** One asset of many that could not be judged; the others are. */
export interface BulkRefusal {
  readonly asset: AssetRef;
  /** An error's code: stale_revision, no_mask, blob_missing, nothing_to_undo ... */
  readonly code: ErrorCode;
  /** A sentence. */
  readonly message: string;
}

export type BulkProgress =
  /** Also first, with nothing done: from then on the batch can be named. */
  | { readonly kind: 'progress'; readonly batchId: BatchId; readonly done: number; readonly total: number }
  /** Last. Done: judged now, or as wanted already. */
  | {
      readonly kind: 'finished';
      readonly batchId: BatchId;
      readonly done: readonly AssetRef[];
      readonly refused: readonly BulkRefusal[];
      /** Stopped between two, by stopBatch or by `failure`. */
      readonly cancelled: boolean;
      /** The store's own trouble (disk_full, store_locked ...) that would meet every item alike; what was judged before it stands and can be taken back. */
      readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
    };

export type BulkVerdict =
  | { readonly kind: 'approve' }
  | { readonly kind: 'reject'; readonly reason: RejectReason; readonly note: string | null }
  | { readonly kind: 'reopen' };

/** Two masks of one picture, in pixels; from a to b. */
export interface MaskComparison {
  /** 0..1; two empty masks are equal. */
  readonly iou: number;
  readonly addedPx: number;
  readonly removedPx: number;
  readonly areaA: number;
  readonly areaB: number;
}

const seen = { asset: assetRefSchema, expectedHead: revisionIdSchema.nullable() };

const prompts = promptRecordSchema.nullish();
const note = z.string().max(2000).nullable();
const bulkVerdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('approve') }),
  z.object({ kind: z.literal('reject'), reason: rejectReasonSchema, note }),
  z.object({ kind: z.literal('reopen') }),
]);

const matteSha256 = sha256Schema.nullable().optional();

export const reviewContract = {
  /** `maskSha256`: a corrected mask uploaded before (routes.ts); null approves the head as it is. `prompts`: what the corrected one came from; `matteSha256`: soft coverage beside it. */
  approve: oc.input(z.object({ ...seen, maskSha256: sha256Schema.nullable(), matteSha256, prompts })).output(output<VerdictResult>()),
  reject: oc
    .input(z.object({ ...seen, reason: rejectReasonSchema, note }))
    .output(output<VerdictResult>()),
  reopen: oc.input(z.object(seen)).output(output<VerdictResult>()),
  /** Without a verdictId: the reviewer's own latest. */
  undo: oc.input(z.object({ verdictId: verdictIdSchema.optional() })).output(output<VerdictResult>()),
  /** What `undo` without a verdictId would take back; with a batchId there is the whole batch to be undone. */
  latest: oc.output(output<Verdict | null>()),
  /** Judges each as by hand: one that can't be judged is refused by name, the others go on. stopBatch stops it between two; ending the iterator does so unheard. */
  bulk: oc
    .input(z.object({ items: z.array(z.object(seen)).min(1).max(10_000), verdict: bulkVerdict }))
    .output(eventIterator(output<BulkProgress>())),
  /** Takes a batch back as one. What somebody has judged again since is refused by name. Errors: nothing_to_undo. */
  undoBatch: oc.input(z.object({ batchId: batchIdSchema })).output(eventIterator(output<BulkProgress>())),
  /** Stops a bulk verdict, or the undo of one, between two items: it tells `finished` then. False: nothing of that id is going on. */
  stopBatch: oc.input(z.object({ batchId: batchIdSchema })).output(output<{ readonly stopped: boolean }>()),
  history: oc
    .input(z.object({ asset: assetRefSchema }))
    .output(output<{ revisions: readonly Revision[]; verdicts: readonly Verdict[]; publications: readonly Publication[] }>()),
  /** Null: being looked at; an assetsChanged event follows. @throws ExpectedError not_found, or why it could not be checked */
  checks: oc.input(z.object({ revisionId: revisionIdSchema })).output(output<MaskChecks | null>()),
  /** Newest first. */
  audit: oc.input(z.object({ asset: assetRefSchema })).output(output<readonly AuditEntry[]>()),
  /** Errors: not_found, mask_size_mismatch, blob_missing, blob_corrupt. */
  compare: oc.input(z.object({ a: revisionIdSchema, b: revisionIdSchema })).output(output<MaskComparison>()),
  /** Takes the reviewer's latest moveHead of the asset back, when nothing has happened to it since. Errors: nothing_to_undo. */
  undoMove: oc.input(z.object({ asset: assetRefSchema })).output(output<Asset>()),
  /**
   * Keeps an uploaded mask as a version beside the head, as when another one is chosen over an unfinished edit. `becameHead` where nothing of a
   * person's stood. Errors: mask_size_mismatch, not_found.
   */
  keepVersion: oc
    .input(z.object({ ...seen, maskSha256: sha256Schema, matteSha256, prompts }))
    .output(output<{ readonly revision: Revision; readonly becameHead: boolean }>()),
  moveHead: oc.input(z.object({ ...seen, revisionId: revisionIdSchema })).output(output<Asset>()),
  /** Claims the asset for editing (`held` false: somebody else has it); called again to renew, with release true to let go. */
  lease: oc
    .input(z.object({ asset: assetRefSchema, release: z.boolean().optional() }))
    .output(output<{ readonly held: boolean; readonly owner: string | null }>()),
};
