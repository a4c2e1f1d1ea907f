import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { digestsOf, ExportRig, finishedOf, oddMask } from './testing/exportRig.ts';

const program = fileURLToPath(new URL('./testing/exportUntilKilled.ts', import.meta.url));

/** @param lines after which it is killed. @returns where it took up the work */
const runAndKill = async (rig: ExportRig, place: string, lines: number): Promise<number> => {
  const child = spawn(process.execPath, [program, rig.storeDir, JSON.stringify(rig.request(place))], { stdio: ['ignore', 'pipe', 'inherit'] });
  let resumedAt = -1;
  let told = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('started')) resumedAt = Number(line.split(' ')[1]);
    told++;
    if (told === lines) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return resumedAt;
};

test('killed in the middle, again and again, it goes on where it was and ends with the bytes of an undisturbed run', { timeout: 120_000 }, async () => {
  // Large enough that there is something to be in the middle of.
  const rig = await ExportRig.make(Array.from({ length: 24 }, (_, index) => ({ id: `m${index}`, mask: oddMask(index, 700, 500) })));
  try {
    for (const place of ['out', 'out.zip']) {
      const whole = place.replace('out', 'whole');
      finishedOf(await rig.export(whole));
      const taken: number[] = [];
      for (const lines of [2, 3]) {
        taken.push(await runAndKill(rig, place, lines));
        expect(await digestsOf(join(rig.folder, place)).catch(() => null)).toBeNull();
      }
      const [unfinished] = await rig.app.services.exports.unfinished();
      expect(unfinished).toMatchObject({ total: 24, isRunning: false });
      expect(taken[0]).toBe(0);
      expect(taken[1]).toBeGreaterThan(0);
      finishedOf(await rig.export(place));
      expect(await digestsOf(join(rig.folder, place))).toEqual(await digestsOf(join(rig.folder, whole)));
      expect(await rig.app.services.exports.unfinished()).toEqual([]);
    }
  } finally {
    await rig.dispose();
  }
});
