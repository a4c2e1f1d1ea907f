import type { Dashboard, DashboardQuery, DayProgress } from '../../domain/stats.ts';

export interface StatsStore {
  /** @param reviewer whose verdicts `byMe` counts */
  today(sinceMs: number, reviewer: string): Promise<DayProgress>;
  dashboard(query: DashboardQuery): Promise<Dashboard>;
}
