import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { exportFormats } from '../formats/index.ts';
import { ExportRig, finishedOf, oddMask } from './testing/exportRig.ts';
import { headMasks, look, openStore, takeIn, takeInWhatWasSeen } from './testing/maskImports.ts';

/** Masks with holes and islands, an empty one, a full one and one of a single row. */
const masks = [
  { id: 'a', mask: oddMask(1) },
  { id: 'b', mask: emptyBitmap(9, 6) },
  { id: 'c', mask: { ...emptyBitmap(7, 5), data: new Uint8Array(35).fill(255) } },
  { id: 'd', mask: { ...emptyBitmap(6, 1), data: Uint8Array.of(0, 255, 0, 255, 255, 0) } },
  { id: 'frame e', mask: oddMask(2), videoId: 'v' },
];

let rig: ExportRig;
let folder: string;
beforeAll(async () => {
  rig = await ExportRig.make(masks);
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-formats-'));
});
afterAll(async () => {
  await rig.dispose();
  await rm(folder, { recursive: true });
});

const carried = Object.values(exportFormats).filter(({ readBack }) => readBack !== null);

test.each(carried.map((format) => [format.id, format] as const))('%s: what was exported with its photos is recognised, matched, and makes the same store elsewhere', async (id, format) => {
  const finished = finishedOf(await rig.export(`out-${id}`, { format: id, withPhotos: format.photos !== 'never' }));
  const source = join(rig.folder, `out-${id}`);
  const preview = await look(rig.app, source);
  expect([preview.format, preview.images, preview.matched.count, preview.otherSize.count]).toEqual([format.readBack, masks.length, masks.length, 0]);
  if (finished.lossy > 0) return;
  expect(await takeInWhatWasSeen(rig.app, preview.inspectionId)).toMatchObject({ imported: 0, same: masks.length });
  // Cut-outs are made of the photos, which do not come along themselves.
  if (format.photos === 'never' || id === 'cutout') return;
  const other = await openStore(join(folder, id));
  try {
    expect(await takeIn(other, source, { unknown: 'add' })).toMatchObject({ imported: masks.length, added: masks.length });
    expect(await headMasks(other)).toEqual(await headMasks(rig.app));
  } finally {
    await other.close();
  }
});

test('an empty folder is of no format', async () => {
  const empty = await mkdtemp(join(folder, 'empty-'));
  await expect(look(rig.app, empty)).rejects.toMatchObject({ code: 'format_unknown' });
});
