import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Asset } from '../../domain/asset.ts';
import type { MaskChecks } from '../../domain/check.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import type { Publication } from '../../domain/publication.ts';
import type { Revision } from '../../domain/revision.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { assetRefSchema, output, rejectReasonSchema, revisionIdSchema, sha256Schema, verdictIdSchema } from './types.ts';

export interface VerdictResult {
  readonly verdict: Verdict;
  readonly head: Revision | null;
  /** As it was when the verdict was acknowledged; publishing goes on in the background. */
  readonly publication: Publication | null;
  readonly asset: Asset;
}

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

export const reviewContract = {
  /** `maskSha256`: a corrected mask uploaded before (routes.ts); null approves the head as it is. */
  approve: oc.input(z.object({ ...seen, maskSha256: sha256Schema.nullable() })).output(output<VerdictResult>()),
  reject: oc
    .input(z.object({ ...seen, reason: rejectReasonSchema, note: z.string().max(2000).nullable() }))
    .output(output<VerdictResult>()),
  reopen: oc.input(z.object(seen)).output(output<VerdictResult>()),
  /** Without a verdictId: the reviewer's own latest. */
  undo: oc.input(z.object({ verdictId: verdictIdSchema.optional() })).output(output<VerdictResult>()),
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
  moveHead: oc.input(z.object({ ...seen, revisionId: revisionIdSchema })).output(output<Asset>()),
  /** Claims the asset for editing (`held` false: somebody else has it); called again to renew, with release true to let go. */
  lease: oc
    .input(z.object({ asset: assetRefSchema, release: z.boolean().optional() }))
    .output(output<{ readonly held: boolean; readonly owner: string | null }>()),
};
