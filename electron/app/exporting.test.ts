import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestsOf, ExportRig, finishedOf, oddMask } from './testing/exportRig.ts';

let rig: ExportRig;
beforeAll(async () => {
  rig = await ExportRig.make([
    { id: 'a', mask: oddMask(1), productId: 'p1' },
    { id: 'A', mask: oddMask(2), productId: 'p2' },
    { id: 'con', mask: oddMask(3), productId: 'p2' },
    { id: 'füß/ß "x"', mask: oddMask(4), productId: 'p3' },
    { id: 'f1', mask: oddMask(5), videoId: 'v1' },
  ]);
});
afterAll(() => rig.dispose());

test('a snapshot becomes a folder that is read back, with manifest, data card and report', async () => {
  const steps = await rig.export('out');
  expect(steps[0]).toEqual({ kind: 'started', total: 5, resumedAt: 0, splits: [], advice: [], empty: 0, exportId: expect.any(String) as string });
  expect(finishedOf(steps)).toMatchObject({ location: join(rig.folder, 'out'), masks: 5, lossy: 0, verified: true, leastIou: 1, files: 5 + 3 });
  const files = Object.keys(await digestsOf(join(rig.folder, 'out')));
  expect(files).toEqual([
    'DATACARD.md',
    'manifest.jsonl',
    'manifest.parquet',
    'masks/frame-f1.png',
    'masks/product-%63on.png',
    'masks/product-A~38c2f9aa3915.png',
    'masks/product-a~6409f02379d8.png',
    'masks/product-f%C3%BC%C3%9F%2F%C3%9F%20%22x%22.png',
    'report.jsonl',
  ]);
  const lines = (await readFile(join(rig.folder, 'out/manifest.jsonl'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map((line) => line['asset_id'])).toEqual(['A', 'a', 'con', 'füß/ß "x"', 'f1']);
  const parquet = await readFile(join(rig.folder, 'out/manifest.parquet'));
  const rows = await parquetReadObjects({ file: parquet.buffer.slice(parquet.byteOffset, parquet.byteOffset + parquet.length) });
  expect(rows).toEqual(lines);
  expect(await readFile(join(rig.folder, 'out/report.jsonl'), 'utf8')).toBe('{"verified":true,"masks":5,"lossy":0,"least_iou":1}\n');
  const card = await readFile(join(rig.folder, 'out/DATACARD.md'), 'utf8');
  expect(card).toContain('# tried, snapshot 1');
  expect(card).toContain(rig.snapshot.digest);
  expect(await readdir(rig.folder)).toEqual(['out', 'store']);
  expect(await rig.app.services.exports.unfinished()).toEqual([]);
});

test('what must be known to use an export is told at its beginning and stands in its card', async () => {
  const steps = await rig.export('tasks', { format: 'label-studio' });
  const { advice } = steps[0] as Extract<(typeof steps)[number], { kind: 'started' }>;
  expect(advice.join(' ')).toContain('LOCAL_FILES_DOCUMENT_ROOT');
  const card = await readFile(join(rig.folder, 'tasks/DATACARD.md'), 'utf8');
  for (const sentence of advice) expect(card).toContain(`- ${sentence}\n`);
});
