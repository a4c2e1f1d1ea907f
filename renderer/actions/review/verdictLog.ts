import type { VerdictResult } from '../../../shared/contracts/rpc/review.ts';
import { sameAsset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';

/** A verdict of this session; `result` comes when the core has acknowledged it, null when it was refused. */
export interface GivenVerdict {
  readonly asset: AssetRef;
  readonly result: Promise<VerdictResult | null>;
}

/** Verdicts reach the core in the order in which they were given. */
let last: Promise<unknown> = Promise.resolve();

/** What the core has not answered yet. */
const unanswered = new Set<Promise<VerdictResult | null>>();

/** Approvals of a mask as it was that are on their way: what the desk shows of such an item is not up to date yet. */
const underWay: { readonly asset: AssetRef; readonly head: RevisionId | null }[] = [];

/** @param record what asks the core; runs when all earlier verdicts are answered @param approves the head that is approved unchanged, if it is */
export const logVerdict = (asset: AssetRef, record: () => Promise<VerdictResult | null>, approves: { readonly head: RevisionId | null } | null): GivenVerdict => {
  const result = last.then(record);
  last = result.catch(() => null);
  unanswered.add(result);
  void last.then(() => unanswered.delete(result));
  if (approves !== null) {
    const entry = { asset, head: approves.head };
    underWay.push(entry);
    void last.then(() => underWay.splice(underWay.indexOf(entry), 1));
  }
  return { asset, result };
};

export const isBeingApproved = (asset: AssetRef, head: RevisionId | null): boolean =>
  underWay.some((entry) => entry.head === head && sameAsset(entry.asset, asset));

/** Work that changes what a verdict is about waits for its turn among them. */
export const afterVerdicts = <T>(work: () => Promise<T>): Promise<T> => {
  const done = last.then(work);
  last = done.catch(() => null);
  return done;
};

/** Resolves when every verdict that was given is answered. @returns how many of those that were on their way were not recorded */
export const verdictsSettled = async (): Promise<number> => {
  const answers = await Promise.allSettled(unanswered);
  await last;
  return answers.filter((answer) => answer.status === 'rejected' || answer.value === null).length;
};
