import { create } from 'zustand';
import type { DayProgress } from '../../shared/domain/stats.ts';
import { core } from '../bridge/core.ts';
import { reportFailure } from './notices.ts';
import { useQueue } from './queue.ts';

/** The day so far, of everybody in this store; null before the first answer. */
export const useToday = create<{ readonly day: DayProgress | null }>(() => ({ day: null }));

/** Figures of a tooltip: nobody needs them by the second. */
const restMs = 2000;

/** Midnight where the person is. */
const midnightMs = (): number => new Date().setHours(0, 0, 0, 0);

let timer: ReturnType<typeof setTimeout> | null = null;

// Whenever the store's counts changed, a verdict may have been given.
useQueue.subscribe(({ totals }, before) => {
  if (totals === before.totals || totals === null) return;
  timer ??= setTimeout(() => {
    timer = null;
    core()
      .stats.today({ sinceMs: midnightMs() })
      .then((day) => useToday.setState({ day }))
      .catch((error: unknown) => reportFailure(error, 'today'));
  }, useToday.getState().day === null ? 0 : restMs);
});
