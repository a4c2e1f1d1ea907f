import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCrashProgram } from './runCrashProgram.ts';

test('20 kills at random instants of an approve loop lose nothing and leave nothing half-written', { timeout: 180_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-crash-'));
  const report = await runCrashProgram({ storeDir: join(folder, 'store'), kills: 20, seed: 20_261_120 });
  expect(report.faults).toEqual([]);
  expect(report.kills).toBe(20);
  expect(report.acknowledged).toBeGreaterThan(20);
  await rm(folder, { recursive: true, force: true });
});
