import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportFormatIds, importFormatIds } from '../../shared/domain/formatIds.ts';
import { ExportRig, oddMask } from '../app/testing/exportRig.ts';
import { runCli } from './testing/runCli.ts';

let rig: ExportRig;
beforeAll(async () => {
  rig = await ExportRig.make(Array.from({ length: 6 }, (_, index) => ({ id: `m${index}`, mask: oddMask(index), productId: `p${index}` })));
});
afterAll(() => rig.dispose());

const run = (...args: string[]) => runCli(['export', '--store', rig.storeDir, ...args], {});

test('a frozen set as lines of JSON; errors and usage by their codes', { timeout: 60_000 }, async () => {
  const out = join(rig.folder, 'out.zip');
  const { exitCode, records } = await run('--set', 'tried@1', '--format', 'coco', '--out', out, '--split', '4/1/1', '--seed', '7', '--category', 'shoe');
  expect(exitCode).toBe(0);
  expect(records.filter(({ step }) => step !== 'progress')).toMatchObject([
    { step: 'snapshot', set: 'tried', number: 1, masks: 6 },
    { step: 'started', total: 6, resumed_at: 0, splits: { train: 4, val: 1, test: 1 } },
    { step: 'finished', location: out, masks: 6, lossy: 0, verified: true, least_iou: 1 },
  ]);
  expect(await readdir(rig.folder)).toEqual(['out.report.jsonl', 'out.zip', 'store']);
  const again = await run('--set', 'tried', '--format', 'coco', '--out', out);
  expect([again.exitCode, again.records.at(-1)]).toEqual([1, { error: { code: 'target_exists', message: expect.stringContaining('--overwrite') as unknown } }]);
  // What is refused freezes nothing.
  expect((await run('--set', 'tried', '--freeze', '--format', 'coco', '--out', out)).records).toEqual([{ error: { code: 'target_exists', message: expect.stringContaining('(--overwrite).') as unknown } }]);
  expect(await rig.app.services.sets.snapshots()).toHaveLength(1);
  // Nobody has done anything since: the number is a new one for all that, and what it holds is told.
  const frozen = await run('--set', 'tried', '--freeze', '--format', 'coco', '--out', join(rig.folder, 'new.zip'));
  expect([frozen.exitCode, frozen.records[0]]).toMatchObject([0, { step: 'snapshot', number: 2, same_as: 1 }]);
  const wrong = await run('--set', 'tried', '--format', 'coco', '--out', out, '--split', '80-10');
  expect([wrong.exitCode, wrong.records]).toEqual([2, [{ error: { code: 'usage', message: expect.stringContaining('80/10/10') as unknown } }]]);
});

test('formats are listed without any store', async () => {
  const nowhere = ['--store', join(rig.folder, 'nowhere')];
  const [out, into] = await Promise.all([runCli(['export', '--list-formats', ...nowhere], {}), runCli(['import-masks', '--list-formats', ...nowhere], {})]);
  expect([out.exitCode, out.records.map(({ format }) => format).sort()]).toEqual([0, [...exportFormatIds].sort()]);
  expect(out.records.find(({ format }) => format === 'coco')).toMatchObject({ photos: 'optional', hasCategories: true, options: expect.arrayContaining([expect.objectContaining({ name: 'segmentation', choices: expect.any(Array) as unknown })]) as unknown, limits: expect.any(Array) as unknown });
  expect([into.exitCode, into.records.map(({ format }) => format).sort()]).toEqual([0, [...importFormatIds].sort()]);
  expect(await runCli(['import-masks', ...nowhere], {})).toMatchObject({ exitCode: 2, records: [{ error: { code: 'usage' } }] });
});
