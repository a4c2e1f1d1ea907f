import { create } from 'zustand';
import { topResult, type CheckResult, type MaskChecks } from '../../shared/domain/check.ts';
import type { RevisionId } from '../../shared/domain/ids.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';
import { isExpected } from '../../shared/errors/errors.ts';

interface ChecksState {
  /** The head of the active item; null: it has none. */
  readonly revisionId: RevisionId | null;
  /** computing: nobody has looked at this mask yet; an event of the core tells when somebody has. */
  readonly status: 'none' | 'computing' | 'ready' | 'error';
  readonly checks: MaskChecks | null;
  readonly error: string | null;
}

const nothing: ChecksState = { revisionId: null, status: 'none', checks: null, error: null };

/** Checks of the active item's head. */
export const useChecks = create<ChecksState>(() => nothing);

/** Those that are not fine, the worst first. */
export const notFine = (results: readonly CheckResult[]): readonly CheckResult[] => {
  const left = results.filter(({ level }) => level !== 'fine');
  const sorted: CheckResult[] = [];
  for (let top = topResult(left); top !== null; top = topResult(left)) {
    sorted.push(top);
    left.splice(left.indexOf(top), 1);
  }
  return sorted;
};

export const loadChecks = async (revisionId: RevisionId | null): Promise<void> => {
  if (revisionId === null) return useChecks.setState(nothing);
  if (useChecks.getState().revisionId !== revisionId) useChecks.setState({ revisionId, status: 'computing', checks: null, error: null });
  const set = (change: Partial<ChecksState>): void => {
    if (useChecks.getState().revisionId === revisionId) useChecks.setState(change);
  };
  try {
    const checks = await core().review.checks({ revisionId });
    set(checks === null ? { status: 'computing' } : { status: 'ready', checks, error: null });
  } catch (error) {
    // The next connection asks again.
    if (isExpected(error, 'offline')) return;
    set({ status: 'error', checks: null, error: sentenceOf(error) });
  }
};
