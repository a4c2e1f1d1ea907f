import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areaPx, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { codec, exportTo, openReader, readAll } from '../testing/tryFormat.ts';
import { cocoPanopticExport, cocoPanopticImport } from './index.ts';

const draw = (...rows: readonly string[]): Bitmap => ({ widthPx: rows[0]?.length ?? 0, heightPx: rows.length, data: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 255 : 0)) });
const drawn = ({ widthPx, heightPx, data }: Bitmap): string[] => Array.from({ length: heightPx }, (_, y) => Array.from(data.subarray(y * widthPx, (y + 1) * widthPx), (value) => (value === 255 ? '#' : '.')).join(''));

it('panoptic brings every mask back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryMask, { minLength: 1, maxLength: 3 }), fc.boolean(), async (masks, isSplit) => {
      await inFolder({}, async (folder) => {
        await exportTo(folder, cocoPanopticExport, masks.map((mask, index) => ({ mask, split: isSplit ? ((['train', 'val'] as const)[index % 2] ?? null) : null })));
        const images = await readAll(await openReader(folder, cocoPanopticImport));
        expect(images).toHaveLength(masks.length);
        for (const [index, mask] of masks.entries()) {
          const image = images.find(({ id }) => id === `p${index + 1}`);
          expect(image?.instances.map((instance) => instance.mask)).toEqual(areaPx(mask) === 0 ? [] : [mask]);
        }
      });
    }),
    { numRuns: 40 },
  );
});

it('panoptic is written as COCO has it', async () => {
  await inFolder({}, async (folder) => {
    await exportTo(folder, cocoPanopticExport, [{ mask: draw('.##', '..#'), split: 'val' }]);
    expect(JSON.parse(await readFile(join(folder, 'annotations/panoptic_val.json'), 'utf8'))).toMatchObject({
      categories: [{ id: 1, name: 'product', isthing: 1 }],
      annotations: [{ image_id: 1, file_name: 'product-p1.png', segments_info: [{ id: 0x00c8ff, category_id: 1, area: 3, bbox: [1, 0, 2, 2], iscrowd: 0 }] }],
    });
    const { data } = await codec.decodeRgb(new Uint8Array(await readFile(join(folder, 'annotations/panoptic_val/product-p1.png'))));
    expect([...data.subarray(0, 6)]).toEqual([0, 0, 0, 0xff, 0xc8, 0]);
  });
});

/** After "Data format", 4, on cocodataset.org: several segments, things and stuff, ids of three bytes. */
const foreign = {
  images: [{ id: 139, file_name: '000000000139.jpg', width: 3, height: 2 }, { id: 140, file_name: 'alone.jpg', width: 3, height: 2 }],
  annotations: [
    {
      image_id: 139,
      file_name: '000000000139.png',
      segments_info: [
        { id: 3226956, category_id: 1, iscrowd: 0, bbox: [0, 0, 1, 2], area: 2 },
        { id: 7, category_id: 200, iscrowd: 1, bbox: [1, 0, 2, 1], area: 2 },
      ],
    },
  ],
  categories: [{ supercategory: 'person', isthing: 1, id: 1, name: 'person' }, { supercategory: 'raw-material', isthing: 0, id: 200, name: 'rug-merged' }],
};
const colours = (...ids: readonly number[]): Uint8Array => Uint8Array.from(ids.flatMap((id) => [id & 255, (id >> 8) & 255, id >> 16]));
const files = async (document: unknown = foreign, ids: readonly number[] = [3226956, 7, 7, 3226956, 0, 9]) => ({
  'annotations/panoptic_val2017.json': JSON.stringify(document),
  'annotations/panoptic_val2017/000000000139.png': await codec.encodeRgb({ widthPx: 3, heightPx: ids.length / 3, data: colours(...ids) }),
  'elsewhere/other.png': await codec.encodeRgb({ widthPx: 1, heightPx: 1, data: colours(1) }),
});
const read = async (of: Awaited<ReturnType<typeof files>>) => inFolder(of, async (folder) => readAll(await openReader(folder, cocoPanopticImport)));

it('panoptic of COCO itself is read, and refused with the place where it is broken', async () => {
  expect(await sureness(await files(), cocoPanopticImport)).toBeGreaterThan(0.9);
  const [first, second] = await read(await files());
  expect(first?.instances.map(({ category, mask }) => [category, drawn(mask)])).toEqual([['person', ['#..', '#..']], ['rug-merged', ['.##', '...']]]);
  expect(second?.instances).toEqual([]);
  const with1 = (change: object): unknown => ({ ...foreign, annotations: [{ ...foreign.annotations[0], ...change }] });
  await expect(read(await files(with1({ file_name: 'gone.png' })))).rejects.toThrow('annotations[0]: Its picture "gone.png" is not there.');
  await expect(read(await files(with1({ segments_info: [{ id: 1, category_id: 5 }] })))).rejects.toThrow('segments_info[0]: There is no category with the id 5.');
  await expect(read(await files(with1({ segments_info: [{ id: 2 ** 24, category_id: 1 }] })))).rejects.toThrow(/annotations\[0\]: segments_info.0.id: /);
  await expect(read(await files(foreign, [1, 2, 3]))).rejects.toThrow('annotations[0]: Its picture is 3 x 1, and its image 3 x 2.');
});

it('panoptic broken in any way is read or refused', async () => {
  await fuzzImport(cocoPanopticImport, (folder) => exportTo(folder, cocoPanopticExport, [{ mask: draw('..##', '..#.') }, { mask: draw('#.#') }]), { numRuns: 250 });
});
