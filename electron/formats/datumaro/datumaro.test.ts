import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areaPx, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { exportTo, openReader, readAll } from '../testing/tryFormat.ts';
import { datumaroExport, datumaroImport } from './index.ts';

const draw = (...rows: readonly string[]): Bitmap => ({ widthPx: rows[0]?.length ?? 0, heightPx: rows.length, data: Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 255 : 0)) });
const drawn = ({ widthPx, heightPx, data }: Bitmap): string[] => Array.from({ length: heightPx }, (_, y) => Array.from(data.subarray(y * widthPx, (y + 1) * widthPx), (value) => (value === 255 ? '#' : '.')).join(''));

it('every mask comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryMask, { minLength: 1, maxLength: 3 }), fc.boolean(), async (masks, isSplit) => {
      await inFolder({}, async (folder) => {
        const tried = masks.map((mask, index) => ({ mask, category: index % 2 === 0 ? 'shoe' : 'bag', split: isSplit ? ((['train', 'test'] as const)[index % 2] ?? null) : null }));
        await exportTo(folder, datumaroExport, tried);
        const images = await readAll(await openReader(folder, datumaroImport));
        expect(images).toHaveLength(masks.length);
        for (const [index, { mask, category }] of tried.entries()) {
          const image = images.find(({ file }) => file === `product-p${index + 1}.png`);
          expect(image?.id).toBe(`p${index + 1}`);
          expect(image?.instances).toEqual(areaPx(mask) === 0 ? [] : [{ category, mask }]);
        }
      });
    }),
    { numRuns: 60 },
  );
});

it('is written as Datumaro has it', async () => {
  await inFolder({}, async (folder) => {
    await exportTo(folder, datumaroExport, [{ mask: draw('..##', '..#.', '....') }], { withPhotos: true });
    expect(JSON.parse(await readFile(join(folder, 'annotations/default.json'), 'utf8'))).toEqual({
      info: { description: 'tried@1, by Maskdesk 0.1.0', date: '2026-01-02T03:04:05.000Z' },
      categories: { label: { labels: [{ name: 'product', parent: '', attributes: [] }], attributes: [] } },
      items: [
        {
          id: 'product-p1',
          annotations: [{ id: 1, type: 'mask', attributes: {}, group: 1, label_id: 0, rle: { counts: '621O1', size: [3, 4] }, z_order: 0 }],
          attr: { maskdesk_kind: 'product_image', maskdesk_id: 'p1' },
          image: { path: 'product-p1.png', size: [3, 4] },
        },
      ],
    });
    const [image] = await readAll(await openReader(folder, datumaroImport));
    expect(image?.photoPath).toBe('images/default/product-p1.png');
  });
});

/** After docs.cvat.ai, "Datumaro": what CVAT exports, with shapes of other kinds; and as newer versions of Datumaro write it, with `media`. */
const foreign = {
  dm_format_version: '1.0',
  info: {},
  categories: { label: { labels: [{ name: 'label_0', parent: '', attributes: [] }, { name: 'label_1', parent: '', attributes: [] }], attributes: [] }, mask: { colormap: [] } },
  items: [
    {
      id: 'folder/img1',
      annotations: [
        { id: 0, type: 'polygon', attributes: { occluded: false }, group: 0, label_id: 1, points: [1.0, 0.0, 3.0, 0.0, 3.0, 2.0, 1.0, 2.0], z_order: 0 },
        { id: 1, type: 'bbox', attributes: {}, group: 1, label_id: 0, z_order: 0, bbox: [0, 0, 2, 2] },
        { id: 2, type: 'mask', attributes: { is_crowd: true }, group: 1, label_id: 0, rle: { counts: [6, 2, 1, 1, 2], size: [3, 4] }, z_order: 0 },
        { id: 3, type: 'mask', attributes: {}, group: 1, label_id: null, rle: { counts: '621O1', size: [3, 4] }, z_order: 0 },
        { id: 4, type: 'label', attributes: {}, group: 0, label_id: 1 },
        { id: 5, type: 'skeleton', attributes: {}, group: 0, label_id: 1, elements: [] },
      ],
      attr: { frame: 0 },
      image: { path: 'folder/img1.jpg', size: [3, 4] },
    },
    { id: 'img2', annotations: [], media: { path: 'img2.jpg' } },
  ],
};
const read = (document: unknown) => inFolder({ 'annotations/subset1.json': typeof document === 'string' ? document : JSON.stringify(document, null, 1) }, async (folder) => readAll(await openReader(folder, datumaroImport)));
const changed = (index: number, change: object): unknown => ({
  ...foreign,
  items: [{ ...foreign.items[0], annotations: foreign.items[0]?.annotations.map((annotation, at) => (at === index ? { ...annotation, ...change } : annotation)) }],
});

it('of other tools is read: masks both compressed and not, polygons, boxes, items without annotations', async () => {
  const [first, second] = await read(foreign);
  expect(first).toMatchObject({ file: 'folder/img1.jpg', id: 'folder/img1', size: { widthPx: 4, heightPx: 3 }, place: 'annotations/subset1.json, items[0]' });
  expect(first?.instances.map(({ category, mask }) => [category, drawn(mask)])).toEqual([
    ['label_1', ['.##.', '.##.', '....']],
    ['label_0', ['....', '....', '....']],
    ['label_0', ['..##', '..#.', '....']],
    ['unlabelled', ['..##', '..#.', '....']],
  ]);
  expect(second).toMatchObject({ file: 'img2.jpg', size: null, instances: [] });
});

it('that is broken is refused with the place; other JSON is not recognised', async () => {
  for (const [document, message] of [
    [changed(3, { rle: { counts: '621O', size: [3, 4] } }), 'items[0]: annotations[3]: The runs cover 10 of 12 pixels.'],
    [changed(3, { rle: { counts: '621O1', size: [4, 3] } }), 'items[0]: annotations[3]: The segmentation is 3 x 4, and its image 4 x 3.'],
    [changed(0, { points: 'no' }), 'annotations[0]: Polygon 0 is no list of numbers.'],
    [changed(0, { label_id: 2 }), 'annotations[0]: There is no label 2; there are 2.'],
    [changed(0, { type: 1 }), 'items[0]: annotations[0]: type: '],
    [{ items: foreign.items }, 'There is no member “categories”.'],
    [{ ...foreign, items: {} }, '“items” is no list.'],
    [JSON.stringify(foreign).slice(0, 400), 'line 1, column 401: The file ends here'],
  ] as const) {
    await expect(read(document)).rejects.toThrow(message);
  }
  expect(await sureness({ 'annotations/default.json': JSON.stringify(foreign) }, datumaroImport)).toBeGreaterThan(0.5);
  for (const text of ['{}', '[]', '{"images": [], "annotations": [], "categories": []}']) expect(await sureness({ 'a.json': text }, datumaroImport)).toBe(0);
});

it('broken in any way is read or refused', async () => {
  await fuzzImport(datumaroImport, (folder) => exportTo(folder, datumaroExport, [{ mask: draw('..##', '..#.', '....') }, { mask: draw('#.#', '.#.') }]), { numRuns: 300 });
});
