/** `npm run chaos -- --minutes 15 --seed 1`: workers and desks on real servers while those are killed, stopped and cut off; then every rule is checked. */
import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import { runChaos } from './runChaos.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '15' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    workers: { type: 'string', default: '2' },
    desks: { type: 'string', default: '3' },
    rest: { type: 'string', default: '150' },
    /** Names of faults; may stand several times. */
    fault: { type: 'string', multiple: true, default: [] },
    /** Keeps logs and data also where all is well. */
    keep: { type: 'boolean', default: false },
  },
});
const unknown = values.fault.filter((name) => !faults.some((fault) => fault.name === name));
if (unknown.length > 0) {
  console.error(`There is no fault called ${unknown.join(', ')}. There are:\n${faults.map(({ name }) => `  ${name}`).join('\n')}`);
  process.exit(2);
}
const startedMs = Date.now();
const say = (line: string): void => console.error(`${((Date.now() - startedMs) / 1000).toFixed(0).padStart(5)} s  ${line}`);
const report = await runChaos({ minutes: Number(values.minutes), seed: Number(values.seed), workers: Number(values.workers), desks: Number(values.desks), only: values.fault, keep: values.keep, restSeconds: Number(values.rest), say });
for (const fault of report.faults.slice(0, 50)) console.log(`FAULT ${fault}`);
for (const [name, times] of report.struck) console.log(`${String(times).padStart(4)} × ${name}`);
const disturbances = [...report.struck.values()].reduce((sum, times) => sum + times, 0);
console.log(
  [
    `seed ${values.seed}`,
    `${report.jobs} jobs, ${report.assets} assets, ${report.messages} messages, ${report.poison} poison`,
    `${report.verdicts} verdicts acknowledged, ${[...report.refused].map(([code, times]) => `${times} ${code}`).join(', ') || 'none refused'}`,
    `${report.events} events received`,
    `${disturbances} faults struck`,
    `${report.checks} checks, ${report.faults.length} of them failed`,
  ].join(' · '),
);
if (report.faults.length > 0 || values.keep) console.log(`Logs and data are kept in ${report.folder}`);
process.exitCode = report.faults.length > 0 ? 1 : 0;
