import { rm } from 'node:fs/promises';
import { checkStore, type CheckReport } from './check.ts';
import { makeCrashStore } from './makeStore.ts';
import { verdictKinds, type VerdictKind } from '../../../shared/domain/verdict.ts';
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
  /** Acknowledged verdicts of each kind. */
  readonly acknowledged: Readonly<Record<VerdictKind, number>>;
  /** Those among them that took a published mask away and left none. */
  readonly withdrawals: number;
  readonly refused: number;
  readonly faults: readonly string[];
  readonly last: CheckReport;
}

const assetCount = 6;
/** Long enough for dozens of verdicts, short enough that many kills fall into the first one and into start-up's replay. */
const longestLifeMs = 250;

const countsOf = (acknowledged: readonly Acknowledged[]): Record<VerdictKind, number> => {
  const counts = Object.fromEntries(verdictKinds.map((kind) => [kind, 0])) as Record<VerdictKind, number>;
  for (const { verdict } of acknowledged) counts[verdict]++;
  return counts;
};

/**
 * Kills writers with SIGKILL at random instants of a loop of verdicts; every other round two reviewers work on the same assets. After each
 * round the store is opened again and everything that was acknowledged since the last check is checked; at the end all of it once more.
 */
export const runCrashProgram = async ({ storeDir, kills, seed, onRound }: CrashOptions): Promise<CrashReport> => {
  await rm(storeDir, { recursive: true, force: true });
  await makeCrashStore(storeDir, assetCount);
  const random = createRandom(seed);
  const acknowledged: Acknowledged[] = [];
  const faults: string[] = [];
  let refused = 0;
  let killed = 0;
  for (let round = 1; killed < kills; round++) {
    const reviewers = ['ada', 'bob'].slice(0, Math.min(1 + (round % 2), kills - killed));
    const lives = reviewers.map((reviewer) => runWriterAndKill(storeDir, random.below(2 ** 31), reviewer, random.below(longestLifeMs)));
    const lines: WriterLine[] = (await Promise.all(lives)).flat();
    killed += reviewers.length;
    const fresh = lines.filter((line) => line.kind === 'acknowledged');
    refused += lines.filter((line) => line.kind === 'refused').length;
    acknowledged.push(...fresh);
    const report = await checkStore(storeDir, fresh);
    faults.push(...report.faults.map((fault) => `after kill ${killed}: ${fault}`));
    onRound?.(killed, acknowledged.length, faults.length);
  }
  const last = await checkStore(storeDir, acknowledged);
  const withdrawals = acknowledged.filter(({ publication }) => publication !== null && publication.revisionId === null).length;
  return { kills: killed, acknowledged: countsOf(acknowledged), withdrawals, refused, faults: [...faults, ...last.faults], last };
};
