import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportFormatIds, type ExportFormatId } from '../../shared/domain/formatIds.ts';
import { ExportRig, finishedOf, oddMask } from './testing/exportRig.ts';

const products = ['mug', 'yes', 'amazon:B01', '#5', 'a\u0001', 'a\u0002', ' lead ', 'p\nq', 'background'];

let rig: ExportRig;
beforeAll(async () => {
  rig = await ExportRig.make(products.map((productId, index) => ({ id: `m${index}`, mask: oddMask(index), productId })));
});
afterAll(() => rig.dispose());

/** How many of them a format can't hold by their names. */
const renamed: Partial<Record<ExportFormatId, number>> = { cvat: 3, 'label-studio': 2, voc: 7, cityscapes: 7 };

test('categories of any names come back in every format; those that have to be called otherwise are told, mask by mask', { timeout: 60_000 }, async () => {
  for (const format of exportFormatIds) {
    const steps = await rig.export(format, { format, categories: { kind: 'product' } });
    const losses = steps.filter((step) => step.kind === 'loss');
    expect(losses.every(({ sentences, iou }) => sentences.length === 1 && /^Its category “.+” is called “.+”\.$/.test(sentences[0] ?? '') && (iou === 1 || format === 'overlay')), format).toBe(true);
    expect([format, losses.length]).toEqual([format, renamed[format] ?? 0]);
    expect(finishedOf(steps)).toMatchObject({ masks: products.length, lossy: renamed[format] ?? 0, verified: format !== 'overlay' });
  }
  const labels = await readFile(join(rig.folder, 'label-studio', 'label_config.xml'), 'utf8');
  expect(labels).toContain('<Label value="a\ufffd"/>\n    <Label value="a\ufffd 2"/>');
  expect(labels).toContain('<Label value="p&#10;q"/>');
  expect(await readFile(join(rig.folder, 'label-studio', 'tasks.json'), 'utf8')).toContain('"brushlabels":["a\ufffd 2"]');
});
