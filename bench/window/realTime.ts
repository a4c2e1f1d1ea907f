import { execFileSync } from 'node:child_process';
import type { ElectronApplication } from 'playwright';

/**
 * Gives every process of the app real-time priority (Linux, as root): on a machine that others use as well, latencies are then the app's own. For short
 * measurements only: nothing else runs meanwhile.
 * @returns a function that takes it back
 */
export const runInRealTime = async (app: ElectronApplication): Promise<() => void> => {
  const pids = await app.evaluate(({ app: electronApp }) => electronApp.getAppMetrics().map(({ pid }) => String(pid)));
  const change = (policy: readonly string[]): void => {
    for (const pid of pids) execFileSync('chrt', ['--all-tasks', ...policy, '--pid', policy[0] === '--fifo' ? '10' : '0', pid]);
  };
  change(['--fifo']);
  return () => change(['--other']);
};
