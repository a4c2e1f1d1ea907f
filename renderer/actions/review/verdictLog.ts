import type { VerdictResult } from '../../../shared/contracts/rpc/review.ts';
import type { Asset } from '../../../shared/domain/asset.ts';

/** A verdict of this session; `result` comes when the core has acknowledged it, null when it was refused. */
export interface GivenVerdict {
  readonly asset: Asset;
  readonly result: Promise<VerdictResult | null>;
}

const given: GivenVerdict[] = [];
let strokesSince = false;

/** Verdicts reach the core in the order in which they were given. */
let last: Promise<unknown> = Promise.resolve();

/** @param record what asks the core; runs when all earlier verdicts are answered */
export const logVerdict = (asset: Asset, record: () => Promise<VerdictResult | null>): GivenVerdict => {
  const result = last.then(record);
  last = result.catch(() => null);
  const verdict: GivenVerdict = { asset, result };
  given.push(verdict);
  strokesSince = false;
  return verdict;
};

/** A stroke came after the last verdict: undo means the stroke first. */
export const noteStroke = (): void => {
  strokesSince = true;
};

/** Whether the last thing that was done is a verdict. */
export const isVerdictLatest = (): boolean => given.length > 0 && !strokesSince;

export const takeLatestVerdict = (): GivenVerdict | null => given.pop() ?? null;
export const takeVerdict = (verdict: GivenVerdict): boolean => {
  const index = given.indexOf(verdict);
  if (index === -1) return false;
  given.splice(index, 1);
  return true;
};

/** Resolves when every verdict that was given is answered: before the window closes. */
export const verdictsSettled = async (): Promise<void> => {
  await last;
};
