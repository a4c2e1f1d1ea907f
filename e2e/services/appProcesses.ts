import type { ElectronApplication } from '@playwright/test';

/** Names of the app's own processes, as electron/main gives them. */
export type ProcessName = 'Maskdesk core' | 'Maskdesk inference' | 'Maskdesk prompts';

interface Metric {
  readonly pid: number;
  readonly name: string | undefined;
}

const metrics = (app: ElectronApplication): Promise<readonly Metric[]> =>
  app.evaluate(({ app: electronApp }) => electronApp.getAppMetrics().map(({ pid, name }) => ({ pid, name })));

/** @returns null while there is none of that name */
export const pidOf = async (app: ElectronApplication, name: ProcessName): Promise<number | null> =>
  (await metrics(app)).find((metric) => metric.name === name)?.pid ?? null;

/** Every process of the app at once, as when the power goes. */
export const killWholeApp = async (app: ElectronApplication): Promise<void> => {
  const main = app.process();
  const pids = (await metrics(app)).map(({ pid }) => pid).filter((pid) => pid !== main.pid);
  const ended = new Promise((resolve) => main.once('exit', resolve));
  main.kill('SIGKILL');
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      // It ended with main, before its turn.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  await ended;
};
