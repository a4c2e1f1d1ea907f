import { checkKinds, type CheckKind } from './checks/checker.ts';
import type { ChaosReport } from './runChaos.ts';

const column = (count: number): string => String(count).padStart(6);
const sum = (counts: ReadonlyMap<unknown, number>): number => [...counts.values()].reduce((total, count) => total + count, 0);
const mostFaults = 50;

/** @param repeat the command line that does the same again */
export const reportLines = (report: ChaosReport, repeat: string): readonly string[] => [
  ...report.faults.slice(0, mostFaults).map((fault) => `WRONG ${fault}`),
  `${column(sum(report.struck))} faults struck`,
  ...[...report.struck].sort(([a], [b]) => a.localeCompare(b)).map(([name, times]) => `${column(times)}   ${name}`),
  `${column(sum(report.checks))} checks`,
  ...[...report.checks].map(([kind, times]) => `${column(times)}   ${kind}: ${checkKinds[kind satisfies CheckKind]}`),
  ...(report.trial === null ? [] : [`${column(report.trial.noticed.length)} wrongs done on purpose to copies of the outcome, all noticed${report.trial.impossible.length === 0 ? '' : `; not possible here: ${report.trial.impossible.join(', ')}`}`]),
  [
    `${report.jobs} jobs, ${report.assets} assets (${report.rejectedFirst} rejected before they were published), ${report.messages} messages, ${report.poison} poison`,
    `${report.verdicts} verdicts acknowledged, ${[...report.refused].map(([code, times]) => `${times} ${code}`).join(', ') || 'none refused'}`,
    `${report.events} events received`,
  ].join(' · '),
  `${report.faults.length === 0 ? 'All is as it should be' : `${report.faults.length} checks failed`}; to repeat the jobs and the order of faults: ${repeat}`,
];
