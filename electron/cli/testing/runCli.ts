import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface CliRun {
  readonly exitCode: number | null;
  readonly records: readonly Record<string, unknown>[];
  readonly stderr: string;
}

/** Runs the command line as a program of its own, with --json. @param input what it reads on stdin */
export const runCli = async (args: readonly string[], env: NodeJS.ProcessEnv, input = ''): Promise<CliRun> => {
  const child = spawn(process.execPath, [entry, ...args, '--json'], { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  // A command that ends early, or reads nothing, leaves some of it unread.
  child.stdin.on('error', () => undefined).end(input);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { exitCode, records: lines.map((line) => JSON.parse(line) as Record<string, unknown>), stderr };
};
