import type { UtilityProcess } from 'electron';

/**
 * Ends a process that has nothing left to finish. Ours leave SIGTERM to main (base/leaveSignalsToParent.ts), which is what `kill()` sends: Chromium
 * would then wait two seconds before it ends them for good, and the app with it at each close.
 */
export const endProcess = (child: UtilityProcess): void => {
  // Without a pid it has not started yet, or has gone.
  if (child.pid === undefined) return void child.kill();
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
