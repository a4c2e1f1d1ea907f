/** `npm run chaos -- --minutes 15 --seed 1`: workers and desks on real servers while those are killed, stopped and cut off; then every rule is checked. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { breaks } from './breaks.ts';
import { faults } from './faults.ts';
import { reportLines } from './report.ts';
import { runChaos } from './runChaos.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '15' },
    /** Default: another one each time. */
    seed: { type: 'string', default: process.env['MASKDESK_CHAOS_SEED'] ?? String(Date.now() % 1_000_000) },
    workers: { type: 'string', default: '2' },
    desks: { type: 'string', default: '3' },
    rest: { type: 'string', default: '150' },
    /** Names of faults; may stand several times. */
    fault: { type: 'string', multiple: true, default: [] },
    /** A wrong done to what came out, to see it noticed. */
    break: { type: 'string' },
    /** Keeps logs and data also where all is well. */
    keep: { type: 'boolean', default: false },
  },
});

const refuseUnknown = (what: string, names: readonly string[], known: readonly { readonly name: string }[]): void => {
  const unknown = names.filter((name) => !known.some((one) => one.name === name));
  if (unknown.length === 0) return;
  console.error(`There is no ${what} called ${unknown.join(', ')}. There are:\n${known.map(({ name }) => `  ${name}`).join('\n')}`);
  process.exit(2);
};
refuseUnknown('fault', values.fault, faults);
refuseUnknown('break', values.break === undefined ? [] : [values.break], breaks);
const [minutes, seed, workers, desks, restSeconds] = [values.minutes, values.seed, values.workers, values.desks, values.rest].map(Number);
if (![minutes, seed, workers, desks, restSeconds].every((number) => number !== undefined && Number.isFinite(number) && number >= 0)) {
  console.error('--minutes, --seed (or MASKDESK_CHAOS_SEED), --workers, --desks and --rest are numbers.');
  process.exit(2);
}

const mostToldFaults = 5;
// What meets a dead server says so here, too; the report has what counts.
process.env['MASKDESK_LOG'] ??= 'silent';
const repeat = `npm run chaos -- --minutes ${values.minutes} --seed ${values.seed}${values.fault.map((name) => ` --fault '${name}'`).join('')}`;
console.log(`chaos: seed ${values.seed}, ${values.minutes} minutes (${repeat})`);
const startedMs = Date.now();
const say = (line: string): void => console.error(`${((Date.now() - startedMs) / 1000).toFixed(0).padStart(5)} s  ${line}`);
const options = { minutes: minutes ?? 0, seed: seed ?? 0, workers: workers ?? 0, desks: desks ?? 0, restSeconds: restSeconds ?? 0, only: values.fault, breakName: values.break ?? null, keep: values.keep, say };
/** For `npm test`, whose last lines say what is wrong (scripts/test/tally.mjs). */
const leaveTally = async (wrong: readonly string[]): Promise<void> => {
  const path = process.env['MASKDESK_CHAOS_TALLY'];
  const failures = wrong.length === 0 ? [] : [`chaos (${repeat}): ${wrong.slice(0, mostToldFaults).join('; ')}${wrong.length > mostToldFaults ? `; and ${wrong.length - mostToldFaults} more` : ''}`];
  if (path !== undefined) await writeFile(path, JSON.stringify({ passed: 1 - failures.length, failed: failures.length, skipped: [], failures }));
};
try {
  const report = await runChaos(options);
  for (const line of reportLines(report, repeat)) console.log(line);
  if (report.faults.length > 0 || values.keep) console.log(`Logs and data are kept in ${report.folder}`);
  await leaveTally(report.faults);
  process.exitCode = report.faults.length > 0 ? 1 : 0;
} catch (error) {
  await leaveTally([`it broke off: ${error instanceof Error ? error.message : String(error)}`]);
  throw error;
}
