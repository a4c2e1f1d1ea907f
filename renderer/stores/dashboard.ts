import { create } from 'zustand';
import type { Dashboard, DashboardQuery } from '../../shared/domain/stats.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';

export const dashboardRanges = ['today', 'week', 'month'] as const;
export type DashboardRange = (typeof dashboardRanges)[number];

interface DashboardState {
  readonly range: DashboardRange;
  readonly asTable: boolean;
  /** Of the range; null until it has been read. */
  readonly dashboard: Dashboard | null;
  readonly error: string | null;
}

export const useDashboard = create<DashboardState>(() => ({ range: 'today', asTable: false, dashboard: null, error: null }));

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const daysOf: Readonly<Record<DashboardRange, number>> = { today: 1, week: 7, month: 30 };

/** The range in hours of today, or in whole days up to today, in the time zone of this machine. */
export const queryOf = (range: DashboardRange, nowMs: number): DashboardQuery => {
  const midnight = new Date(nowMs);
  midnight.setHours(0, 0, 0, 0);
  const startOfToday = midnight.getTime();
  // By the calendar, not by hours: a day of the change to summer time has 23.
  midnight.setDate(midnight.getDate() - (daysOf[range] - 1));
  const sinceMs = midnight.getTime();
  if (range === 'today') return { sinceMs, untilMs: sinceMs + Math.ceil((nowMs - sinceMs + 1) / hourMs) * hourMs, bucketMs: hourMs };
  return { sinceMs, untilMs: Math.max(startOfToday + dayMs, nowMs), bucketMs: dayMs };
};

/** Answers to older questions are dropped. */
let lastRequest = 0;

export const loadDashboard = async (): Promise<void> => {
  const request = ++lastRequest;
  try {
    const dashboard = await core().stats.dashboard(queryOf(useDashboard.getState().range, Date.now()));
    if (request === lastRequest) useDashboard.setState({ dashboard, error: null });
  } catch (error) {
    if (request === lastRequest) useDashboard.setState({ error: sentenceOf(error) });
    throw error;
  }
};

export const setDashboardRange = (range: DashboardRange): void => useDashboard.setState({ range });
export const setDashboardTable = (asTable: boolean): void => useDashboard.setState({ asTable });
