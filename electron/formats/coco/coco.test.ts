import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { boundingBox } from '../../../shared/mask/boundingBox.ts';
import { areaPx } from '../../../shared/mask/bitmap.ts';
import { unite } from '../../../shared/mask/compositing.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { exportTo, openReader, readAll, type ReadImage } from '../testing/tryFormat.ts';
import { cocoExport, cocoImport } from './index.ts';

const draw = (...rows: readonly string[]): Bitmap => ({
  widthPx: rows[0]?.length ?? 0,
  heightPx: rows.length,
  data: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 255 : 0)),
});
const drawn = ({ widthPx, heightPx, data }: Bitmap): string[] => Array.from({ length: heightPx }, (_, y) => Array.from(data.subarray(y * widthPx, (y + 1) * widthPx), (value) => (value === 255 ? '#' : '.')).join(''));
const isSame = (image: ReadImage | undefined, mask: Bitmap): boolean =>
  image !== undefined && (image.instances.length === 0 ? areaPx(mask) === 0 : sameBitmap(image.instances.map((instance) => instance.mask).reduce((a, b) => unite(a, b)), mask));
const read = (files: Readonly<Record<string, string>>) => inFolder(files, async (folder) => readAll(await openReader(folder, cocoImport)));
const withDocument = (document: unknown) => read({ 'annotations/instances_val.json': typeof document === 'string' ? document : JSON.stringify(document, null, 1) });

describe('COCO', () => {
  it('brings every mask back as it was, as run lengths and as exact polygons with bridges', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryMask, { minLength: 1, maxLength: 3 }), fc.constantFrom('rle', 'polygons'), fc.boolean(), async (masks, segmentation, isSplit) => {
        await inFolder({}, async (folder) => {
          const tried = masks.map((mask, index) => ({ mask, category: index % 2 === 0 ? 'bag' : 'shoe', split: isSplit ? (['train', 'val'] as const)[index % 2] ?? null : null }));
          const losses = await exportTo(folder, cocoExport, tried, { options: { segmentation } });
          const images = await readAll(await openReader(folder, cocoImport));
          expect(images).toHaveLength(masks.length);
          for (const [index, { mask, category }] of tried.entries()) {
            const image = images.find(({ file }) => file === `product-p${index + 1}.png`);
            expect(image?.id).toBe(`p${index + 1}`);
            expect(image?.size).toEqual({ widthPx: mask.widthPx, heightPx: mask.heightPx });
            expect(isSame(image, mask)).toBe(true);
            for (const instance of image?.instances ?? []) expect(instance.category).toBe(category);
            expect(losses[index]).toEqual([]);
          }
        });
      }),
      { numRuns: 120 },
    );
  });

  it('says what filled holes and simplified outlines lose, and of nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryMask, fc.constantFrom('bridge', 'fill'), fc.constantFrom(0, 2), async (mask, holes, tolerance) => {
        await inFolder({}, async (folder) => {
          const [losses] = await exportTo(folder, cocoExport, [{ mask }], { options: { segmentation: 'polygons', holes, tolerance } });
          const [image] = await readAll(await openReader(folder, cocoImport));
          expect(losses?.length === 0).toBe(isSame(image, mask));
        });
      }),
      { numRuns: 80 },
    );
  });

  it('is written in its own layout, with area and box as COCO has them', async () => {
    await inFolder({}, async (folder) => {
      const mask = draw('..##', '..#.', '....');
      await exportTo(folder, cocoExport, [{ mask, split: 'train' }, { mask: draw('....'), split: 'val' }], { withPhotos: true });
      expect(JSON.parse(await readFile(join(folder, 'annotations/instances_train.json'), 'utf8'))).toEqual({
        info: { description: 'tried@1, by Maskdesk 0.1.0', url: '', version: '1', year: 2026, contributor: 'ann', date_created: '2026-01-02T03:04:05.000Z' },
        licenses: [{ id: 0, name: '', url: '' }],
        categories: [{ id: 1, name: 'product', supercategory: '' }],
        images: [{ id: 1, width: 4, height: 3, file_name: 'product-p1.png', license: 0, maskdesk: { kind: 'product_image', id: 'p1' } }],
        // Down the columns: 6 outside, 2 inside, 1 outside, 1 inside, 2 outside; from the fourth on differences: 1 - 2, 2 - 1.
        annotations: [{ id: 1, image_id: 1, category_id: 1, segmentation: { size: [3, 4], counts: '621O1' }, area: 3, bbox: [2, 0, 2, 2], iscrowd: 0 }],
      });
      expect(JSON.parse(await readFile(join(folder, 'annotations/instances_val.json'), 'utf8'))).toMatchObject({ images: [{ id: 2 }], annotations: [] });
      const images = await readAll(await openReader(folder, cocoImport));
      expect(images.map(({ photoPath }) => photoPath)).toEqual(['images/train/product-p1.png', 'images/val/product-p2.png']);
    });
  });

  it('has the box of the mask', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryMask, async (mask) => {
        await inFolder({}, async (folder) => {
          await exportTo(folder, cocoExport, [{ mask }]);
          const { annotations } = JSON.parse(await readFile(join(folder, 'annotations/instances.json'), 'utf8')) as { annotations: { bbox: number[]; area: number }[] };
          const box = boundingBox(mask);
          expect(annotations.map(({ bbox, area }) => [...bbox, area])).toEqual(box === null ? [] : [[box.xPx, box.yPx, box.widthPx, box.heightPx, areaPx(mask)]]);
        });
      }),
      { numRuns: 40 },
    );
  });
});

/** After "Data format", 1 and 2, on cocodataset.org (object detection): polygons for one object, uncompressed runs for a crowd; what other tools add or leave out. */
const foreign = {
  info: { description: 'COCO 2017 Dataset', url: 'http://cocodataset.org', version: '1.0', year: 2017, contributor: 'COCO Consortium', date_created: '2017/09/01' },
  annotations: [
    { segmentation: [[1, 0, 3, 0, 3, 2, 1, 2], [4, 1, 6, 1, 6, 3, 4, 3], [0, 0, 1, 1]], area: 8, iscrowd: 0, image_id: 397133, bbox: [1, 0, 5, 3], category_id: 90, id: 1768 },
    { segmentation: { counts: [0, 2, 3, 1, 6], size: [3, 4] }, area: 3, iscrowd: 1, image_id: 'b', bbox: [0, 0, 2, 3], category_id: '1', id: 900100397133 },
    { segmentation: { counts: '621O1', size: [3, 4] }, image_id: 'b', category_id: 1, id: 5, score: 0.7, attributes: { occluded: false } },
    { segmentation: [], area: 4, iscrowd: 0, image_id: 'b', bbox: [0, 0, 2, 2], category_id: 1, id: 6 },
  ],
  images: [
    { license: 4, file_name: 'val2017\\000000397133.jpg', coco_url: 'http://images.cocodataset.org/val2017/000000397133.jpg', height: 3, width: 7, date_captured: '2013-11-14 17:02:52', flickr_url: '', id: 397133 },
    { file_name: 'https://shop.example/pictures/b%20c.jpg?size=2#x', height: 3, width: 4, id: 'b' },
    { file_name: 'alone.jpg', height: 2, width: 2, id: 7 },
  ],
  categories: [{ supercategory: 'indoor', id: 90, name: 'toothbrush' }, { id: 1, name: 'person' }],
};

describe('COCO of other tools', () => {
  it('is read: ids of all kinds in any order, polygons, both kinds of runs, crowds, boxes alone, images alone', async () => {
    const [first, second, third] = await withDocument(foreign);
    expect(first).toMatchObject({ file: 'val2017/000000397133.jpg', id: null, place: 'annotations/instances_val.json, images[0]', photoPath: null });
    expect(first?.instances.map(({ category, mask }) => [category, drawn(mask)])).toEqual([['toothbrush', ['.##....', '.##.##.', '....##.']]]);
    expect(second).toMatchObject({ file: 'pictures/b c.jpg', id: 'b' });
    expect(second?.instances.map(({ category, mask }) => [category, drawn(mask)])).toEqual([
      ['person', ['#...', '#...', '.#..']],
      ['person', ['..##', '..#.', '....']],
      ['person', ['....', '....', '....']],
    ]);
    expect(third?.instances).toEqual([]);
    await inFolder({ 'a.json': JSON.stringify(foreign) }, async (folder) => {
      const reader = await openReader(folder, cocoImport);
      expect([reader.categories, reader.imageCount]).toEqual([['toothbrush', 'person'], 3]);
      const instances = [];
      for await (const image of reader.images()) instances.push(...image.instances);
      expect(instances.map(({ isCrowd }) => isCrowd)).toEqual([false, true, false, false]);
      expect(instances.map(({ remarks }) => remarks)).toEqual([['1 of its polygons have fewer than three corners and enclose nothing.'], [], [], ['It is a box without a shape: its mask is empty.']]);
    });
  });

  it('in several files is one; what is not COCO beside them is left alone', async () => {
    const captions = { images: foreign.images, annotations: [{ image_id: 7, id: 1, caption: 'A brush' }] };
    const images = await read({
      'annotations/instances_train.json': JSON.stringify({ ...foreign, images: [{ id: 1, file_name: 'train.jpg', width: 2, height: 2 }], annotations: [] }),
      'annotations/instances_val.json': JSON.stringify(foreign),
      'annotations/captions_val.json': JSON.stringify(captions),
      'package.json': '{"name": "other"}',
    });
    expect(images.map(({ file }) => file)).toEqual(['train.jpg', 'val2017/000000397133.jpg', 'pictures/b c.jpg', 'alone.jpg']);
  });

  it('that is broken is refused with the place', async () => {
    const changed = (index: number, change: object): unknown => ({ ...foreign, annotations: foreign.annotations.map((annotation, at) => (at === index ? { ...annotation, ...change } : annotation)) });
    const runs = (counts: unknown, size: unknown = [3, 4]): unknown => changed(1, { segmentation: { counts, size } });
    const at = /^annotations\/instances_val.json, line \d+, column 3: annotations\[1\]: /;
    for (const [document, message] of [
      [changed(1, { image_id: 8 }), 'There is no image with the id 8.'],
      [changed(1, { category_id: 8 }), 'There is no category with the id 8.'],
      [runs([0, 2, 3, 1, 7]), 'Run 4 of the mask is 7, after 6 of 12 pixels.'],
      [runs([0, 2, 3]), 'The runs cover 5 of 12 pixels.'],
      [runs([0, -2, 14]), 'Run 1 of the mask is -2'],
      [runs('621O'), 'The runs cover 10 of 12 pixels.'],
      [runs(null), 'neither a text nor a list of numbers.'],
      [runs([12], [4, 3]), 'The segmentation is 3 x 4, and its image 4 x 3.'],
      [runs([12], ['3', 4]), 'is not [height, width].'],
      [changed(1, { segmentation: [[1, 2, 3, 4, 5, 6, 7]] }), 'Polygon 0 has 7 numbers, and a corner has two.'],
      [changed(1, { segmentation: [[1, 2, 'x', 4, 5, 6]] }), 'Polygon 0 is no list of numbers.'],
      [changed(1, { segmentation: [[1, 2, 1e99, 4, 5, 6]] }), 'A polygon has a corner at 1e+99.'],
      [changed(1, { segmentation: 'all' }), 'The segmentation is neither polygons nor runs.'],
    ] as const) {
      const error = await withDocument(document).then(() => null, (thrown: unknown) => thrown);
      expect((error as Error | null)?.message).toMatch(at);
      expect((error as Error).message).toContain(message);
    }
    await expect(withDocument({ ...foreign, images: [...foreign.images, { id: 7, file_name: 'again.jpg' }] })).rejects.toThrow('images[3]: The id "7" is that of images[2] already.');
    await expect(withDocument({ ...foreign, images: undefined })).rejects.toThrow('There is no list “images”.');
    await expect(withDocument({ ...foreign, images: [{ id: 1, file_name: 'a.jpg', width: 1e6, height: 1e6 }], annotations: [] })).rejects.toThrow('It is said to be 1000000 x 1000000; 100000000 pixels are the most.');
    await expect(withDocument([{ image_id: 1 }])).rejects.toThrow('It is a list');
    await expect(withDocument(JSON.stringify(foreign).slice(0, 300))).rejects.toThrow('annotations/instances_val.json, line 1, column 301: The file ends here');
    await expect(read({ 'a.txt': '' })).rejects.toThrow('There is no JSON file in it');
  });

  it('is recognised, and other JSON is not', async () => {
    expect(await sureness({ 'x/instances.json': JSON.stringify(foreign) }, cocoImport)).toBeGreaterThan(0.9);
    for (const text of ['[]', '{}', '{"version": "5.0", "shapes": []}', '{"items": [], "categories": {}, "annotations": [], "images": 1}', JSON.stringify({ images: [], annotations: [{ segments_info: [] }], categories: [] })]) {
      expect(await sureness({ 'a.json': text }, cocoImport)).toBe(0);
    }
  });

  it('broken in any way is read or refused', async () => {
    await fuzzImport(cocoImport, (folder) => exportTo(folder, cocoExport, [{ mask: draw('..##', '..#.', '....') }, { mask: draw('#.#', '.#.') }]), { numRuns: 300 });
    await fuzzImport(cocoImport, (folder) => exportTo(folder, cocoExport, [{ mask: draw('..##', '..#.', '....') }, { mask: draw('###', '#.#', '###') }], { options: { segmentation: 'polygons' } }), { numRuns: 200 });
  });
});
