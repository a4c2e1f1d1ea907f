import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sameBitmap } from '../../shared/mask/bitmap.ts';
import { ExportRig, oddMask } from './testing/exportRig.ts';
import { headMasks, look, takeIn } from './testing/maskImports.ts';

let rig: ExportRig;
beforeAll(async () => {
  rig = await ExportRig.make([1, 2].map((number) => ({ id: `a${number}`, mask: oddMask(number, 24, 17) })));
});
afterAll(() => rig.dispose());

/** Everything of the second image is a box; the first has a box and a shape. */
const writeCoco = async (folder: string): Promise<void> => {
  const box = { category_id: 1, bbox: [1, 2, 6, 5], area: 30, iscrowd: 0 };
  await writeFile(
    join(folder, 'boxes.json'),
    JSON.stringify({
      images: [1, 2].map((id) => ({ id, file_name: `a${id}.jpg`, width: 24, height: 17 })),
      categories: [{ id: 1, name: 'shoe' }],
      annotations: [{ ...box, id: 1, image_id: 1, segmentation: [[1, 2, 7, 2, 7, 7, 1, 7]] }, { ...box, id: 2, image_id: 1 }, { ...box, id: 3, image_id: 2, segmentation: [] }, { ...box, id: 4, image_id: 2 }],
    }),
  );
};

const writeYolo = async (folder: string): Promise<void> => {
  await mkdir(join(folder, 'labels'));
  const box = '0 0.5 0.5 0.25 0.25\n';
  await writeFile(join(folder, 'data.yaml'), 'names: [shoe]\n');
  await writeFile(join(folder, 'labels/a1.txt'), `0 0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75\n${box}`);
  await writeFile(join(folder, 'labels/a2.txt'), box + box);
};

test.each([
  ['coco', writeCoco],
  ['yolo', writeYolo],
] as const)('%s: an image with boxes alone has no mask, not an empty one; beside a shape boxes count for nothing', async (format, write) => {
  const source = join(rig.folder, format);
  await mkdir(source);
  await write(source);
  const before = await headMasks(rig.app);
  const preview = await look(rig.app, source, { empty: 'use', several: 'stop' });
  expect(preview).toMatchObject({ format, images: 2, several: { count: 0 }, empty: { count: 0 }, shapeless: { count: 1, examples: [{ file: expect.stringContaining('a2') as unknown }] } });
  expect(preview.remarks.count).toBe(3);
  expect(preview.outcome).toMatchObject({ masks: 1, skipped: [{ reason: 'shapeless', count: 1 }], stops: [] });
  expect(await takeIn(rig.app, source, { empty: 'use', several: 'stop' })).toMatchObject({ imported: 1, skipped: [{ reason: 'shapeless', count: 1 }] });
  const after = await headMasks(rig.app);
  expect(after.get('a2')).toEqual(before.get('a2'));
  const [one, other] = [before.get('a1'), after.get('a1')];
  expect(one != null && other != null && sameBitmap(one, other)).toBe(false);
});
