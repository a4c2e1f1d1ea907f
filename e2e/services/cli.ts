import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cliEntry = fileURLToPath(new URL('../../dist/electron/cli.js', import.meta.url));

/** Runs the built command line with --json. @returns its objects, one a line @throws when it fails, with what it said */
export const runCli = (...args: readonly string[]): Promise<readonly Record<string, unknown>[]> =>
  new Promise((resolve, reject) => {
    execFile(process.execPath, [cliEntry, ...args, '--json'], { timeout: 120_000, maxBuffer: 32 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null) return reject(new Error(`maskdesk ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error }));
      const lines = stdout.split('\n').filter((line) => line !== '');
      resolve(lines.map((line) => JSON.parse(line) as Record<string, unknown>));
    });
  });
