import { create } from 'zustand';
import type { BulkRefusal } from '../../shared/contracts/rpc/review.ts';

/** Work on many items that is going on. */
export interface BulkRun {
  /** "Approving". */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly startedAtMs: number;
  readonly cancel: () => void;
}

/** What was refused of the last one, to be looked through. */
export interface Refusals {
  /** "not approved". */
  readonly participle: string;
  readonly items: readonly BulkRefusal[];
}

interface BulkRunState {
  readonly run: BulkRun | null;
  readonly refusals: Refusals | null;
}

export const useBulkRun = create<BulkRunState>(() => ({ run: null, refusals: null }));

export const setBulkRun = (run: BulkRun | null): void => useBulkRun.setState({ run });
export const stepBulkRun = (done: number, total: number): void => useBulkRun.setState(({ run }) => ({ run: run === null ? null : { ...run, done, total } }));
export const keepRefusals = (refusals: Refusals | null): void => useBulkRun.setState({ refusals });
