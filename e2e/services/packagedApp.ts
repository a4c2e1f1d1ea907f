import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { pageOverCdp } from './pageOverCdp.ts';

/**
 * The packaged app, driven from outside: its fuses leave Playwright's Electron driver (which needs --inspect) no way in, so the window
 * is reached through Chromium's own debugging port.
 */
const requiredEnv = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run npm test, which packages the app first`);
  return value;
};

/** Chromium has no sandbox for root on Linux. */
const rootSwitches = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const startTimeoutMs = 30_000;

export interface PackagedWindow {
  readonly page: Page;
  /** Quits as a person's system would and waits for the end; @returns the exit code and what was written to stderr */
  readonly quit: () => Promise<{ readonly code: number | null; readonly errors: string }>;
}

/** @param dataDir the app's data and profile live there */
export const createPackagedApp = (dataDir: string) => {
  const executable = requiredEnv('MASKDESK_PACKAGED');
  const env = { ...process.env, MASKDESK_DATA: dataDir };
  const running = new Set<ChildProcess>();

  /** `maskdesk --cli ...`; on Linux through its script and without a display. @returns its standard output, line by line @throws when it does not exit with 0 */
  const runCli = (...args: readonly string[]): Promise<readonly string[]> =>
    new Promise((settle, fail) => {
      const onLinux = process.platform === 'linux';
      const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...withoutDisplay }: NodeJS.ProcessEnv = env;
      const cliEnv = onLinux ? { ...withoutDisplay, ...(rootSwitches[0] === undefined ? {} : { MASKDESK_CHROMIUM_SWITCHES: rootSwitches[0] }) } : env;
      const [program, cliArgs] = onLinux ? [`${executable}-cli`, args] : [executable, ['--cli', ...args]];
      execFile(program, cliArgs, { env: cliEnv, timeout: 120_000, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
        if (error === null) settle(stdout.split('\n').filter((line) => line !== ''));
        else fail(new Error(`maskdesk --cli ${args.join(' ')} ended with ${String(error.code ?? error.signal)}:\n${stdout}${stderr}`, { cause: error }));
      });
    });

  const openWindow = async (storeDir: string): Promise<PackagedWindow> => {
    // Port 0: the system picks one, and Chromium writes it into the profile.
    const child = spawn(executable, [...rootSwitches, '--remote-debugging-port=0', '--store', storeDir], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const ended = once(child, 'exit') as Promise<[number | null]>;
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
    const heard = (): string | undefined => /DevTools listening on ws:\/\/([^/]+)\//.exec(errors)?.[1];
    for (const startedMs = Date.now(); heard() === undefined && Date.now() - startedMs < startTimeoutMs && child.exitCode === null; ) await sleep(100);
    const host = heard();
    if (host === undefined) throw new Error(`the packaged app opened no debugging port:\n${errors}`);
    const { browser, page } = await pageOverCdp(host, startTimeoutMs, () => child.exitCode !== null).catch((error: unknown) => {
      throw new Error(`the packaged app showed no page:\n${errors}`, { cause: error });
    });
    return {
      page,
      quit: async () => {
        await browser.close();
        child.kill('SIGTERM');
        const [code] = await ended;
        return { code, errors };
      },
    };
  };

  /** Ends what a failed test has left open, and its helpers, which write into the profile until they notice. */
  const dispose = async (): Promise<void> => {
    await Promise.all(
      [...running].map(async (child) => {
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }),
    );
  };

  return { runCli, openWindow, dispose };
};

/** @returns the events that the local broker holds */
export const readEvents = async (storeDir: string): Promise<readonly Record<string, unknown>[]> => {
  const text = await readFile(join(storeDir, 'events.jsonl'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};
