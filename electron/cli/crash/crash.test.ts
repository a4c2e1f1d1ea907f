import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verdictKinds } from '../../../shared/domain/verdict.ts';
import { runCrashProgram } from './runCrashProgram.ts';

test('20 kills at random instants of a loop of verdicts lose nothing and leave nothing half-written', { timeout: 180_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-crash-'));
  const report = await runCrashProgram({ storeDir: join(folder, 'store'), kills: 20, seed: 20_261_120 });
  expect(report.faults).toEqual([]);
  expect(report.kills).toBe(20);
  // How many there are depends on the machine; none of a kind would mean that its kind was not tried.
  for (const kind of verdictKinds) expect(report.acknowledged[kind], kind).toBeGreaterThan(0);
  expect(report.withdrawals).toBeGreaterThan(0);
  await rm(folder, { recursive: true, force: true });
});
