import { app, utilityProcess } from 'electron';

/** Runs the packaged app's command line: no window; the process's output is ours, and so is its exit code. */
export const runCli = async (cliEntry: string, args: readonly string[]): Promise<void> => {
  await app.whenReady();
  const child = utilityProcess.fork(cliEntry, [...args], { serviceName: 'Maskdesk command line', stdio: 'inherit', cwd: process.cwd() });
  child.once('exit', (code) => app.exit(code));
  // The command line stops in order at its own signal: what is in hand is finished or returned.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (child.pid !== undefined) process.kill(child.pid, signal);
    });
  }
};
