import { create } from 'zustand';

/** Pauses longer than this are not work. */
const longestGapMs = 5 * 60_000;
/** Fewer verdicts, or a shorter time, say nothing of a pace: three in a row on easy masks would be thousands an hour. */
const fewest = 5;
const shortestMs = 60_000;

interface PaceState {
  readonly verdicts: number;
  readonly workedMs: number;
  readonly lastAtMs: number | null;
}

/** How fast this person reviews in this session, breaks left out. */
export const usePace = create<PaceState>(() => ({ verdicts: 0, workedMs: 0, lastAtMs: null }));

export const countVerdict = (nowMs: number, by: 1 | -1 = 1): void =>
  usePace.setState(({ verdicts, workedMs, lastAtMs }) => {
    const gapMs = lastAtMs === null ? 0 : nowMs - lastAtMs;
    return { verdicts: Math.max(0, verdicts + by), workedMs: workedMs + (gapMs > longestGapMs ? 0 : gapMs), lastAtMs: nowMs };
  });

/** Verdicts an hour; null while it is too early to say. */
export const perHour = ({ verdicts, workedMs }: Pick<PaceState, 'verdicts' | 'workedMs'>): number | null =>
  verdicts < fewest || workedMs < shortestMs ? null : (verdicts - 1) / (workedMs / 3_600_000);
