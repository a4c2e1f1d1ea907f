/** `npm run crash -- --kills 200 --seed 1`: the crash program with its counts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCrashProgram } from './runCrashProgram.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, keep: { type: 'boolean', default: false } } });
const folder = await mkdtemp(join(tmpdir(), 'maskdesk-crash-'));
const report = await runCrashProgram({
  storeDir: join(folder, 'store'),
  kills: Number(values.kills),
  seed: Number(values.seed),
  onRound: (killed, acknowledged, faults) => console.error(`${killed} kills, ${acknowledged} approvals acknowledged, ${faults} faults`),
});
for (const fault of report.faults.slice(0, 50)) console.log(`FAULT ${fault}`);
console.log(
  `kills ${report.kills} · approvals acknowledged ${report.acknowledged}, each checked after its kill and again at the end · refused as stale ${report.stale} · masks decoded ${report.last?.masksDecoded ?? 0} · faults ${report.faults.length}`,
);
if (report.faults.length > 0 || values.keep) console.log(`The store is kept in ${folder}`);
else await rm(folder, { recursive: true, force: true });
process.exitCode = report.faults.length > 0 ? 1 : 0;
