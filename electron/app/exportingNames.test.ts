import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportFormatIds } from '../../shared/domain/formatIds.ts';
import { exportFormats } from '../formats/index.ts';
import { digestsOf, ExportRig, finishedOf, oddMask } from './testing/exportRig.ts';

const paths = ['shoe/front.png', 'car/front.png', 'car/side_mask.png', 'car/side view.png', 'deep/car/FRONT.png', 'one.more.png', 'other/manifest.png'];

let rig: ExportRig;
beforeAll(async () => {
  rig = await ExportRig.make(paths.map((path, index) => ({ id: `p${index}`, mask: oddMask(index), path, ...(index % 3 === 2 ? { videoId: 'v' } : {}) })));
});
afterAll(() => rig.dispose());

test('files are called as the photos are, in every format, and come back; twice the same bytes', { timeout: 60_000 }, async () => {
  for (const format of exportFormatIds) {
    const given = { format, names: 'original', withPhotos: exportFormats[format].photos !== 'never' } as const;
    finishedOf(await rig.export(`${format} one`, given));
    finishedOf(await rig.export(`${format} two`, given));
    const digests = await digestsOf(join(rig.folder, `${format} one`));
    expect(await digestsOf(join(rig.folder, `${format} two`)), format).toEqual(digests);
    expect(Object.keys(digests).some((path) => basename(path).startsWith('side%20view')), format).toBe(true);
  }
  const rows = (await readFile(join(rig.folder, 'coco one', 'manifest.jsonl'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, string>);
  const fileOf = Object.fromEntries(rows.map(({ asset_id = '', file = '' }) => [asset_id, file]));
  // data/images/car/front and deep/car/FRONT have a folder in common too, where case does not count: these go one folder further up.
  expect(paths.map((_, index) => fileOf[`p${index}`])).toEqual(['shoe_front', 'images_car_front', 'side_mask', 'side%20view', 'deep_car_FRONT', 'one.more', 'manifest']);
  expect(await readFile(join(rig.folder, 'coco one', 'DATACARD.md'), 'utf8')).toMatch(/file names \| as the photos are: 4; with folders before it, since several have one name: 3;/);
});

test('other names are another export: what an interrupted one left is not taken up', async () => {
  const stop = new AbortController();
  const interrupted = async (): Promise<void> => {
    for await (const step of rig.app.services.exports.run(rig.request('stopped'), stop.signal)) if (step.kind === 'started') stop.abort();
  };
  await expect(interrupted()).rejects.toThrow();
  await expect(rig.export('stopped', { names: 'original' })).rejects.toMatchObject({ code: 'target_exists' });
  finishedOf(await rig.export('stopped'));
});
