import { rm } from 'node:fs/promises';
import { checkStore, type CheckReport } from './check.ts';
import { makeCrashStore } from './makeStore.ts';
import type { Acknowledged, WriterLine } from './protocol.ts';
import { createRandom } from './random.ts';
import { runWriterAndKill } from './writer.ts';

export interface CrashOptions {
  readonly storeDir: string;
  readonly kills: number;
  readonly seed: number;
  readonly onRound?: (round: number, acknowledged: number, faults: number) => void;
}

export interface CrashReport {
  readonly kills: number;
  readonly acknowledged: number;
  readonly stale: number;
  readonly faults: readonly string[];
  readonly last: CheckReport | null;
}

const assetCount = 6;
/** Long enough for dozens of approvals, short enough that many kills fall into the first one and into start-up's replay. */
const longestLifeMs = 250;

/**
 * Kills writers with SIGKILL at random instants of an approve loop; every other round two writers work on the same assets. After each
 * round the store is opened again and everything that was acknowledged since the last check is checked; at the end all of it once more.
 */
export const runCrashProgram = async ({ storeDir, kills, seed, onRound }: CrashOptions): Promise<CrashReport> => {
  await rm(storeDir, { recursive: true, force: true });
  await makeCrashStore(storeDir, assetCount);
  const random = createRandom(seed);
  const acknowledged: Acknowledged[] = [];
  const faults: string[] = [];
  let stale = 0;
  let killed = 0;
  for (let round = 1; killed < kills; round++) {
    const writers = Math.min(1 + (round % 2), kills - killed);
    const lives = Array.from({ length: writers }, () => runWriterAndKill(storeDir, random.below(2 ** 31), random.below(longestLifeMs)));
    const lines: WriterLine[] = (await Promise.all(lives)).flat();
    killed += writers;
    const fresh = lines.filter((line) => line.kind === 'acknowledged');
    stale += lines.filter((line) => line.kind === 'stale').length;
    acknowledged.push(...fresh);
    const report = await checkStore(storeDir, fresh);
    faults.push(...report.faults.map((fault) => `after kill ${killed}: ${fault}`));
    onRound?.(killed, acknowledged.length, faults.length);
  }
  const last = await checkStore(storeDir, acknowledged);
  return { kills: killed, acknowledged: acknowledged.length, stale, faults: [...faults, ...last.faults], last };
};
