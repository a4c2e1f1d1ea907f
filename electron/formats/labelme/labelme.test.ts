import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPx, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { labelsOf, lines, textOf } from '../testing/pictureOf.ts';
import { codec, exportTo, openReader, readAll } from '../testing/tryFormat.ts';
import { labelmeExport, labelmeImport } from './index.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
/** As labelme writes masks: 0 and 1. */
const onesPng = async (rows: string): Promise<string> => {
  const { widthPx, heightPx, data } = labelsOf(rows);
  return base64(await codec.encodeNumbers(widthPx, heightPx, data.map((value) => (value === 0 ? 0 : 1))));
};
const shape = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> => ({ label: 'cup', points: [], group_id: null, shape_type: 'polygon', flags: {}, ...fields });
const document = (shapes: readonly unknown[], fields: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ version: '5.4.1', flags: { checked: true }, shapes, imagePath: 'a.jpg', imageData: null, imageHeight: 3, imageWidth: 5, ...fields });

const messageOf = async (json: string): Promise<string> =>
  inFolder({ 'a.json': json }, async (folder) =>
    openReader(folder, labelmeImport).then(readAll).then(
      () => 'nothing',
      (error: unknown) => (error as Error).message,
    ),
  );

describe('labelme', () => {
  it('gives every mask back as it was, as masks and as polygons', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ mask: arbitraryMask, category: fc.constantFrom('mug', '"Ä"\n😀') }), { minLength: 1, maxLength: 3 }), fc.constantFrom('masks', 'polygons'), async (items, shapes) => {
        await inFolder({}, async (folder) => {
          expect((await exportTo(folder, labelmeExport, items, { options: { shapes } })).flat()).toEqual([]);
          const images = await readAll(await openReader(folder, labelmeImport));
          for (const [index, { mask, category }] of items.entries()) {
            const { widthPx, heightPx } = mask;
            expect(images[index]).toMatchObject({ file: `product-p${index + 1}.png`, size: { widthPx, heightPx } });
            expect(images[index]?.instances).toEqual(mask.data.includes(255) ? [{ category, mask }] : []);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('is written beside its photo, as labelme has it', async () => {
    await inFolder({}, async (folder) => {
      const mask = labelsOf('.... .##. ..#.');
      await exportTo(folder, labelmeExport, [{ mask, split: 'val', category: 'cup' }], { withPhotos: true });
      const written = JSON.parse(await readFile(join(folder, 'val/product-p1.json'), 'utf8')) as { shapes: [{ mask: string }] };
      expect(Object.keys(written)).toEqual(['version', 'flags', 'shapes', 'imagePath', 'imageData', 'imageHeight', 'imageWidth']);
      const [{ mask: encoded, ...rest }] = written.shapes;
      expect(rest).toEqual({ label: 'cup', points: [[1, 1], [2, 2]], group_id: null, description: '', shape_type: 'mask', flags: {} });
      expect(textOf(await codec.decodeMask(Buffer.from(encoded, 'base64')))).toBe(lines('## .#'));
      expect((await readAll(await openReader(folder, labelmeImport)))[0]?.photoPath).toBe('val/product-p1.png');
    });
  });

  it('says what polygons lose', async () => {
    await inFolder({}, async (folder) => {
      const mask = labelsOf('####. #..#. ####.');
      expect(await exportTo(folder, labelmeExport, [{ mask }], { options: { shapes: 'polygons', holes: 'fill' } })).toEqual([['1 hole is filled.']]);
      const [image] = await readAll(await openReader(folder, labelmeImport));
      expect(textOf(image?.instances[0]?.mask as Bitmap)).toBe(lines('####. ####. ####.'));
    });
  });

  // By hand after labelme/label_file.py and labelme/shape.py of https://github.com/wkentaro/labelme: masks of 0 and 1, groups, all kinds, old files, Windows' paths.
  it('reads what labelme writes and we do not', async () => {
    const shapes = [
      shape({ shape_type: 'mask', points: [[1, 0], [3.0, 1.0]], mask: await onesPng('#.# .#.'), description: 'spout' }),
      shape({ label: 'dog', points: [[0, 0], [2, 0], [2, 2], [0, 2]], group_id: 3 }),
      shape({ label: 'dog', shape_type: 'rectangle', points: [[5, 3], [4, 1]], group_id: 3 }),
      shape({ points: [[0, 0], [1, 0], [1, 1]], group_id: 3 }),
      shape({ shape_type: 'circle', points: [[2.5, 1.5], [2.5, 0.5]], other: [1] }),
      shape({ shape_type: 'line', points: [[0, 0], [1, 1]] }),
      shape({ shape_type: 'point', points: [[0, 0]] }),
    ];
    const old = JSON.stringify({ version: '3.16.2', flags: {}, shapes: [{ label: 'cup', line_color: null, points: [[0, 0], [2, 0], [2, 1], [0, 1]] }], lineColor: [0, 255, 0, 128], imagePath: '..\\photos\\b.JPG', imageData: base64(await codec.encodeMatte(2, 2, new Uint8Array(4))) });
    const files = { 'in/a.json': document(shapes), 'in/a.jpg': 'not looked at', 'in/b.json': old, 'photos/b.JPG': 'not looked at', 'in/settings.json': '{"theme": "dark"}' };
    expect(await sureness({ 'in/a.json': document(shapes) }, labelmeImport)).toBeGreaterThan(0.9);
    await inFolder(files, async (folder) => {
      const reader = await openReader(folder, labelmeImport);
      expect([reader.categories, reader.imageCount]).toEqual([['cup', 'dog'], 2]);
      const remarks: string[] = [];
      for await (const { instances } of reader.images()) remarks.push(...instances.flatMap((instance) => instance.remarks));
      expect(remarks).toEqual(['A shape of the kind line is no region, and gives no mask.', 'A shape of the kind point is no region, and gives no mask.']);
      const [a, b] = await readAll(reader);
      expect(a).toMatchObject({ file: 'a.jpg', photoPath: 'in/a.jpg', size: { widthPx: 5, heightPx: 3 }, place: 'in/a.json' });
      expect(a?.instances.map(({ category, mask }) => `${category}\n${textOf(mask)}`)).toEqual([
        `cup\n${lines('.#.#. ..#.. .....')}`,
        `dog\n${lines('##... ##..# ....#')}`,
        `cup\n${lines('#.... ..... .....')}`,
        `cup\n${lines('..#.. .###. ..#..')}`,
        `cup\n${lines('..... ..... .....')}`,
        `cup\n${lines('..... ..... .....')}`,
      ]);
      expect(b).toMatchObject({ file: '../photos/b.JPG', photoPath: 'photos/b.JPG', size: { widthPx: 2, heightPx: 2 } });
      expect(areaPx(b?.instances[0]?.mask as Bitmap)).toBe(2);
    });
  });

  it('says where a file is broken', async () => {
    const mask = await onesPng('## ##');
    expect(await messageOf(document([shape({ shape_type: 'mask', points: [[0, 0], [2, 1]], mask })]))).toBe('a.json, shapes[0]: Its mask is a picture of 2 x 2 pixels, which its points don\'t say.');
    expect(await messageOf(document([shape({ shape_type: 'mask', points: [[4, 0], [5, 1]], mask })]))).toBe('a.json, shapes[0]: Its mask is 2 x 2 pixels at 4, 0, which is not inside of the image\'s 5 x 3.');
    expect(await messageOf(document([shape({ shape_type: 'mask', points: [[0, 0], [1, 1]], mask: 'aGVsbG8=' })]))).toContain('a.json, shapes[0]: Its mask is no PNG that can be read');
    expect(await messageOf(document([shape({ shape_type: 'mask', points: [[0, 0], [1, 1]] })]))).toBe('a.json, shapes[0]: It is of the kind mask and has none.');
    expect(await messageOf(document([shape({ points: [[0, 0], [1, 1]] })]))).toBe('a.json, shapes[0]: A polygon has three or more points.');
    expect(await messageOf(document([shape({ points: [[0, 0], [1, 'x'], [2, 2]] })]))).toMatch(/^a\.json, shapes\[0\]\.points\[1\]\[1\]: It is no label file of labelme: /);
    expect(await messageOf(document([shape({ shape_type: 'circle', points: [[0, 0]] })]))).toBe('a.json, shapes[0]: A circle has two points, and this one 1.');
    expect(await messageOf(document([], { imageWidth: 1e9, imageHeight: 1e9 }))).toContain('The image is said to be 1000000000 x 1000000000');
    expect(await messageOf(document([], { imageWidth: null, imageHeight: 2 }))).toContain('imageWidth and imageHeight: The size of the image is not two whole numbers');
    expect(await messageOf(document([shape({ points: [[0, 0], [1, 1], [2, 0]] })], { imageWidth: null, imageHeight: null }))).toContain('It does not say how large the image is');
    expect(await messageOf('{"shapes": [')).toBe('a.json, line 1, column 13: The file ends here, in the middle of a value; it was cut off.');
  });

  it('leaves the source by no path', async () => {
    await inFolder({ 'in/a.json': document([], { imagePath: '../../../etc/passwd' }) }, async (folder) => {
      expect((await readAll(await openReader(folder, labelmeImport)))[0]).toMatchObject({ file: '../../../etc/passwd', photoPath: null });
    });
  });

  it('answers broken sources with errors of its own', async () => {
    const mask = labelsOf('..#.. .#.#. ..#.. #...#');
    for (const shapes of ['masks', 'polygons']) await fuzzImport(labelmeImport, (folder) => exportTo(folder, labelmeExport, [{ mask }, { mask, category: 'cup' }], { options: { shapes } }), { numRuns: 150 });
  });
});
