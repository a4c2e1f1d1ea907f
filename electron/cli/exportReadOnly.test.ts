import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadConfig } from '../app/config.ts';
import { createApp } from '../app/createApp.ts';
import { digestsOf, ExportRig, finishedOf, oddMask } from '../app/testing/exportRig.ts';
import { asOrdinaryUser } from '../base/testing/asOrdinaryUser.ts';
import type { ExportProgress } from '../../shared/contracts/rpc/exports.ts';
import { runProgram } from './program.ts';

let rig: ExportRig;
let dataDir: string;
beforeEach(async () => {
  rig = await ExportRig.make([1, 2].map((number) => ({ id: `a${number}`, mask: oddMask(number) })));
  dataDir = join(rig.folder, 'data');
  await mkdir(dataDir);
  await chmod(rig.folder, 0o755);
  vi.stubEnv('MASKDESK_DATA', dataDir);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rig.setModes(0o755, 0o644);
  await rig.dispose();
});

test('a store that was opened for reading only is exported from: nothing is written to it, and an interrupted export goes on', async () => {
  const expected = finishedOf(await rig.export('as writer', { withPhotos: true }));
  await rig.app.close();
  const before = await digestsOf(rig.storeDir);
  const app = await createApp(await loadConfig({ storeDir: rig.storeDir, readOnly: true, reviewer: 'ana' }));
  try {
    const { exports } = app.services;
    const stop = new AbortController();
    const begin = async (): Promise<void> => {
      for await (const step of exports.run(rig.request('as reader', { withPhotos: true }), stop.signal)) if (step.kind === 'progress') stop.abort();
    };
    await expect(begin()).rejects.toMatchObject({ kind: 'cancelled' });
    const [held] = await exports.unfinished();
    expect(held).toMatchObject({ setName: 'tried', location: join(rig.folder, 'as reader') });
    expect(await readdir(join(dataDir, 'exports'))).toHaveLength(1);
    const steps: ExportProgress[] = [];
    for await (const step of exports.resume(held?.exportId ?? '')) steps.push(step);
    expect(finishedOf(steps)).toMatchObject({ masks: expected.masks, verified: true });
    expect(await exports.unfinished()).toEqual([]);
  } finally {
    await app.close();
  }
  expect(await digestsOf(rig.storeDir)).toEqual(before);
  expect(await digestsOf(join(rig.folder, 'as reader'))).toEqual(await digestsOf(join(rig.folder, 'as writer')));
  await rig.reopen();
});

test('from the command line whoever may read a store may export from it, and not freeze', async () => {
  await rig.app.close();
  await rig.setModes(0o555, 0o444);
  const before = await digestsOf(rig.storeDir);
  const asked = ['export', '--store', rig.storeDir, '--set', 'tried', '--format', 'coco', '--out', join(rig.folder, 'out.zip'), '--json'];
  const { signal } = new AbortController();
  await asOrdinaryUser(rig.folder, async () => {
    expect(await runProgram(asked, signal)).toBe(0);
    expect(await runProgram([...asked, '--overwrite', '--freeze'], signal)).toBe(1);
  });
  expect(await readdir(rig.folder)).toContain('out.zip');
  expect(await digestsOf(rig.storeDir)).toEqual(before);
  await rig.setModes(0o755, 0o644);
  await rig.reopen();
});
