import { loadDashboard, setDashboardRange, type DashboardRange } from '../../stores/dashboard.ts';
import { inBackground } from '../../stores/notices.ts';
import { toggleOverlay } from '../../stores/overlay.ts';
import { useQueue } from '../../stores/queue.ts';
import type { Action } from '../action.ts';

export const dashboard: Action = {
  id: 'dashboard',
  label: 'Dashboard',
  group: 'App',
  keys: ['Ctrl+Shift+G'],
  run: () => toggleOverlay('dashboard'),
};

const read = (): void => inBackground(loadDashboard(), 'dashboard');

export const showRange = (range: DashboardRange): void => {
  setDashboardRange(range);
  read();
};

/** Verdicts change it one by one; while it is in sight it is read at most this often. */
const restMs = 1_000;
/** Without any change: the hour goes on. */
const againMs = 60_000;

/** Keeps the dashboard current while it is in sight. @returns a function that stops it */
export const followDashboard = (): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  read();
  const again = setInterval(read, againMs);
  const stop = useQueue.subscribe((state, before) => {
    if (state.totals === before.totals) return;
    timer ??= setTimeout(() => {
      timer = null;
      read();
    }, restMs);
  });
  return () => {
    stop();
    clearInterval(again);
    if (timer !== null) clearTimeout(timer);
  };
};
