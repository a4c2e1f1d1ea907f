import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { makeMaskStore } from './export/makeStore.ts';
import { median, megabytes, say, verdictOf } from './window/statistics.ts';

/**
 * Masks of 2 MP to COCO: the export without and with reading back, beside reading and decoding the PNGs alone with the same concurrency; and peak memory at two counts;
 * then what the engine holds, at the count and at ten times that.
 * Bars: issue "Approved mask sets out", section 3. Each run is a process of its own; runs take turns, and figures are medians of the rounds. Options: --count N (default
 * 2000; the bars are for 10000), --rounds N (default 3), --format ID (default coco), --zip (into a zip).
 */
const { values } = parseArgs({
  options: { count: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '3' }, format: { type: 'string', default: 'coco' }, zip: { type: 'boolean', default: false } },
  strict: false,
});
const count = Math.max(100, Number(values.count));
const few = Math.round(count / 4);
const rounds = Math.max(1, Number(values.rounds));

interface Run {
  readonly durationMs: number;
  readonly writtenMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}
type What = 'read' | 'write' | 'verify';

const folder = await mkdtemp(join(tmpdir(), 'maskdesk-bench-export-'));
const storeDir = join(folder, 'store');
const once = fileURLToPath(new URL('./export/once.ts', import.meta.url));
const run = async (set: string, what: What): Promise<Run> => {
  const out = join(folder, values.zip === true ? 'out.zip' : 'out');
  const { stdout } = await promisify(execFile)(process.execPath, [once, storeDir, set, what, String(values.format), out], { env: { ...process.env, MASKDESK_LOG: 'error' } });
  await rm(out, { recursive: true, force: true });
  await rm(join(folder, 'out.report.jsonl'), { force: true });
  return JSON.parse(stdout) as Run;
};

try {
  console.log(`\nExport of ${count} masks of 2 MP to ${String(values.format)}${values.zip === true ? ', into a zip' : ''}; ${rounds} rounds`);
  await makeMaskStore(storeDir, count, few);
  const runs: Record<What, Run[]> = { read: [], write: [], verify: [] };
  await run('first', 'read');
  for (let round = 0; round < rounds; round++) for (const what of ['read', 'write', 'verify'] as const) runs[what].push(await run('all', what));
  const duration = (what: What): number => median(runs[what].map(({ durationMs }) => durationMs));
  const cpu = (what: What): number => median(runs[what].map(({ cpuMs }) => cpuMs));
  const seconds = (what: What): string => `${(duration(what) / 1000).toFixed(2)} s`;
  const each = (what: What): string => `${(duration(what) / count).toFixed(2)} ms a mask, ${(cpu(what) / count).toFixed(2)} ms of CPU`;
  const ratio = (what: What): number => duration(what) / duration('read');
  say('reading and decoding alone', seconds('read'), each('read'));
  say('export, not verified', seconds('write'), each('write'));
  say('export, verified', seconds('verify'), each('verify'));
  say('not verified / reading', ratio('write').toFixed(2), verdictOf(ratio('write'), 1.3, '1.3'));
  say('verified / reading', ratio('verify').toFixed(2), verdictOf(ratio('verify'), 2.6, '2.6'));
  const peak = (all: readonly Run[]): number => median(all.map(({ peakBytes }) => peakBytes));
  const peakOfFew = peak([await run('first', 'verify'), await run('first', 'verify'), await run('first', 'verify')]);
  const peakOfAll = peak(runs.verify);
  say(`peak memory, verified, ${few} masks`, megabytes(peakOfFew));
  say(`peak memory, verified, ${count} masks`, megabytes(peakOfAll), verdictOf(peakOfAll, peakOfFew * 1.25, 'a quarter more than for a quarter of them'));
  // What the engine itself holds for each mask, without the database and the decoder: masks of a few pixels that are in no store.
  const held = async (masks: number): Promise<{ readonly liveBytes: number; readonly peakBytes: number }> => {
    const out = join(folder, values.zip === true ? 'held.zip' : 'held');
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', fileURLToPath(new URL('./export/held.ts', import.meta.url)), String(masks), String(values.format), out]);
    await rm(out, { recursive: true, force: true });
    await rm(join(folder, 'held.report.jsonl'), { force: true });
    return JSON.parse(stdout) as { liveBytes: number; peakBytes: number };
  };
  const heldMany = 10 * count;
  const [heldByFew, heldByMany] = [await held(count), await held(heldMany)];
  say(`live memory after collecting, ${count} small masks`, megabytes(heldByFew.liveBytes), `peak of the process ${megabytes(heldByFew.peakBytes)}`);
  say(`live memory after collecting, ${heldMany} small masks`, megabytes(heldByMany.liveBytes), `peak of the process ${megabytes(heldByMany.peakBytes)}`);
  say('live memory, ten times the masks', (heldByMany.liveBytes / heldByFew.liveBytes).toFixed(2), verdictOf(heldByMany.liveBytes, 1.3 * heldByFew.liveBytes + 64 * heldMany, '1.3, and 64 bytes a mask'));
} finally {
  await rm(folder, { recursive: true, force: true });
}
