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
  onRound: (killed, acknowledged, faults) => console.error(`${killed} kills, ${acknowledged} verdicts acknowledged, ${faults} faults`),
});
for (const fault of report.faults.slice(0, 50)) console.log(`FAULT ${fault}`);
const { approve, reject, reopen, undo } = report.acknowledged;
console.log(
  [
    `kills ${report.kills}`,
    `verdicts acknowledged ${approve + reject + reopen + undo} (${approve} approvals, ${reject} rejections, ${reopen} reopened, ${undo} undone; ${report.withdrawals} withdrew a mask), each checked after its kill and again at the end`,
    `refused as stale or covered ${report.refused}`,
    `masks standing ${report.last.standing}, withdrawn ${report.last.withdrawn}, decoded ${report.last.masksDecoded}`,
    `faults ${report.faults.length}`,
  ].join(' · '),
);
if (report.faults.length > 0 || values.keep) console.log(`The store is kept in ${folder}`);
else await rm(folder, { recursive: true, force: true });
process.exitCode = report.faults.length > 0 ? 1 : 0;
