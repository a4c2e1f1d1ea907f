import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { WriterLine } from './protocol.ts';

const loopFile = new URL('./verdictLoop.ts', import.meta.url).pathname;

/**
 * Starts a writer, lets it give verdicts for a while, kills it with SIGKILL and gives back every line that it had printed.
 * @param killAfterMs counted from the moment it is ready
 * @throws Error when it ended by itself
 */
export const runWriterAndKill = async (storeDir: string, seed: number, reviewer: string, killAfterMs: number): Promise<readonly WriterLine[]> => {
  const child = spawn(process.execPath, [loopFile, storeDir, String(seed), reviewer], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: WriterLine[] = [];
  let errors = '';
  let killed = false;
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  createInterface({ input: child.stdout }).on('line', (text) => {
    // The last line may be torn by the kill; a verdict whose line is torn counts as not acknowledged.
    if (!text.endsWith('}')) return;
    const line = JSON.parse(text) as WriterLine;
    lines.push(line);
    if (line.kind !== 'ready') return;
    setTimeout(() => {
      killed = true;
      child.kill('SIGKILL');
    }, killAfterMs);
  });
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  if (!killed) throw new Error(`The writer ended before it was killed:\n${errors}`);
  return lines;
};
