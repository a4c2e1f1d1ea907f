import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Asset, AssetRef } from '../../domain/asset.ts';
import type { RevisionId, Sha256 } from '../../domain/ids.ts';
import type { RejectReason } from '../../domain/verdict.ts';
import { output, revisionIdSchema } from './types.ts';

/** store: the database · files: pictures and masks. */
export type ReachPart = 'store' | 'files';

/** Whether what this desk works on can be reached. */
export type Reach =
  | { readonly kind: 'online' }
  /** @property parts in this order: store, files. @property sinceMs by this machine's clock */
  | { readonly kind: 'away'; readonly parts: readonly ReachPart[]; readonly sinceMs: number; readonly message: string };

/** Work from while the store was away, kept on this machine until a person has it sent. */
export interface WaitingItem {
  readonly id: string;
  readonly kind: 'approve' | 'reject' | 'reopen' | 'draft';
  readonly asset: AssetRef;
  readonly hasOwnMask: boolean;
  readonly reason: RejectReason | null;
  readonly madeAtMs: number;
  /** What somebody else has done to it meanwhile, a sentence; null: nothing, or nobody can say at the moment. */
  readonly conflict: string | null;
}

export interface SendOutcome {
  readonly id: string;
  readonly asset: AssetRef;
  readonly outcome: 'sent' | 'conflict' | 'failed';
  /** A sentence; null: sent. */
  readonly message: string | null;
}

/** A mask of one of the two sides. */
export type WaitingSide =
  | { readonly kind: 'revision'; readonly revisionId: RevisionId }
  | { readonly kind: 'stored'; readonly maskSha256: Sha256 }
  | { readonly kind: 'none' };

export interface WaitingSides {
  readonly asset: Asset;
  readonly mine: WaitingSide;
  readonly theirs: WaitingSide;
  /** What happened meanwhile. */
  readonly conflict: string | null;
  /** The head that is shown as theirs: a choice names it. */
  readonly seenHead: RevisionId | null;
}

export const waitingChoices = ['mine', 'theirs', 'edit'] as const;
export type WaitingChoice = (typeof waitingChoices)[number];

const id = z.string().min(1).max(200);

export const offlineContract = {
  reach: oc.output(output<Reach>()),
  /** Looks now. */
  retry: oc.output(output<Reach>()),
  /** Of this reviewer, in the order in which they were made; drafts behind verdicts. */
  waiting: oc.output(output<readonly WaitingItem[]>()),
  /** Sends what nobody else's work stands against, in order; absent ids: all. What can't be sent stays. */
  send: oc.input(z.object({ ids: z.array(id).max(1000).optional() })).output(output<readonly SendOutcome[]>()),
  /** Both masks of one that waits. @throws ExpectedError not_found, store_unreachable */
  sides: oc.input(z.object({ id })).output(output<WaitingSides>()),
  /**
   * Settles one that waits: mine stands · theirs stands, mine stays beside it as a version · mine is the draft to go on with.
   * @throws ExpectedError stale_revision when theirs is not any more what was shown; item_taken, not_found
   */
  resolve: oc.input(z.object({ id, choice: z.enum(waitingChoices), seenHead: revisionIdSchema.nullable() })).output(output<Asset>()),
  /** A verdict is taken back before it is sent; a mask that was painted for it is the draft again. @throws ExpectedError nothing_to_undo */
  takeBack: oc.input(z.object({ id })).output(output<Asset>()),
};
