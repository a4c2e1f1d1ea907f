import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { areaPx, emptyBitmap, sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { countOverlap } from '../../../shared/metrics/overlap.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { labelsOf, lines, textOf } from '../testing/pictureOf.ts';
import { codec, exportTo, openReader, readAll, type ReadImage } from '../testing/tryFormat.ts';
import { imageRing, shareText } from './labelLine.ts';
import { yoloExport, yoloImport } from './index.ts';

const photo = (widthPx: number, heightPx: number): Promise<Uint8Array> => codec.encodeMatte(widthPx, heightPx, new Uint8Array(widthPx * heightPx));

const joined = ({ instances }: ReadImage, { widthPx, heightPx }: Bitmap): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  for (const instance of instances) for (const [at, value] of instance.mask.data.entries()) if (value === 255) mask.data[at] = 255;
  return mask;
};

describe('YOLO', () => {
  it('gives every mask back as it was, in lines or in one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryMask, { minLength: 1, maxLength: 3 }), fc.constantFrom('lines', 'bridge'), async (masks, islands) => {
        await inFolder({}, async (folder) => {
          const losses = await exportTo(folder, yoloExport, masks.map((mask) => ({ mask })), { options: { islands } });
          const images = await readAll(await openReader(folder, yoloImport));
          expect(images.map(({ file }) => file)).toEqual(masks.map((_mask, index) => `images/train/product-p${index + 1}.png`));
          for (const [index, mask] of masks.entries()) {
            expect(losses[index]).toEqual([]);
            expect(sameBitmap(joined(images[index] as ReadImage, mask), mask)).toBe(true);
            if (islands === 'bridge') expect(images[index]?.instances).toHaveLength(areaPx(mask) > 0 ? 1 : 0);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('loses exactly what it says when outlines are simplified and holes filled', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryMask, fc.integer({ min: 1, max: 12 }), async (mask, quarters) => {
        await inFolder({}, async (folder) => {
          const [losses = []] = await exportTo(folder, yoloExport, [{ mask }], { options: { tolerance: quarters / 4, holes: 'fill' } });
          const [image] = await readAll(await openReader(folder, yoloImport));
          const again = joined(image as ReadImage, mask);
          const said = losses.find((loss) => loss.startsWith('The outline'));
          const { firstPx, secondPx, bothPx } = countOverlap(mask, again);
          if (losses.length === 0) expect(sameBitmap(again, mask)).toBe(true);
          else if (losses.length === 1 && said !== undefined) expect(said).toContain(`: ${firstPx + secondPx - 2 * bothPx} pixel`);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('writes places with digits enough for the same sixteenth of a pixel', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (sidePx, share) => {
        const place = Math.round(share * sidePx * 16) / 16;
        expect(imageRing(Float64Array.of(Number(shareText(place, sidePx)), 0), sidePx, 1)[0]).toBe(place);
      }),
    );
  });

  it('has the layout that Ultralytics reads, with names and splits', async () => {
    await inFolder({}, async (folder) => {
      const mask = labelsOf(`
        .....
        .##..
        .....
        .....`);
      await exportTo(folder, yoloExport, [{ mask, split: 'train', category: 'mug: "big"' }, { mask, split: 'test', category: 'Ä' }, { mask: emptyBitmap(3, 3), split: 'train', category: 'Ä' }]);
      const text = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
      expect(await text('data.yaml')).toBe('# tried 1\ntrain: images/train\nval: images/test\ntest: images/test\nnames:\n  0: "mug: \\"big\\""\n  1: "Ä"\n');
      // Counter-clockwise from the corner where the library begins: the order of corners is the same in each run.
      expect((await text('labels/train/product-p1.txt')).trim().split(' ')).toHaveLength(9);
      expect(await text('labels/train/product-p3.txt')).toBe('');
      const reader = await openReader(folder, yoloImport);
      expect(reader.categories).toEqual(['mug: "big"', 'Ä']);
      const images = await readAll(reader);
      expect(images.map(({ file, instances }) => [file, instances.length])).toEqual([['images/test/product-p2.png', 1], ['images/train/product-p1.png', 1], ['images/train/product-p3.png', 0]]);
      expect(images[0]).toMatchObject({ photoPath: 'images/test/product-p2.png', size: { widthPx: 5, heightPx: 4 }, place: 'labels/test/product-p2.txt' });
    });
  });

  it('names are text to programs that read YAML 1.1', async () => {
    await inFolder({}, async (folder) => {
      const names = ['yes', 'No', 'on', 'y', '12:30', '1_000', '0o7', '~', 'null', '2026-01-02', '# x', '1e3', 'a\nb', '=', '<<'];
      await exportTo(folder, yoloExport, names.map((category) => ({ mask: labelsOf('##'), category })));
      const text = await readFile(join(folder, 'data.yaml'), 'utf8');
      expect(Object.values((parse(text, { version: '1.1' }) as { names: Record<string, unknown> }).names).sort()).toEqual([...names].sort());
      // The library that we read with knows fewer of them than PyYAML does.
      expect(text.split('\n').filter((line) => /^ {2}\d+:/.test(line) && !/^ {2}\d+: ".*"$/.test(line))).toEqual([]);
      expect((await openReader(folder, yoloImport)).categories.toSorted()).toEqual([...names].sort());
    });
  });

  // Lines and YAML as https://docs.ultralytics.com/datasets/segment/ and /datasets/detect/ describe them, the folders as Roboflow packs them.
  it('reads what other tools write: boxes, several objects, six digits, confidences, photos without labels', async () => {
    const files = {
      'data.yaml': 'train: ../train/images\nval: ../valid/images\nnc: 2\nnames: [\'cat\', "dog"] # two\nroboflow:\n  license: CC BY 4.0\n',
      'train/images/a.b.png': await photo(6, 4),
      'train/images/none.png': await photo(2, 2),
      'train/labels/a.b.txt': '1 0.166667 0.25 0.500000 0.25 0.5 0.75 0.1666667 0.75 \r\n\r\n0 0.5 0.5 0.2 0.2\n0 0 0 0.5 0 0.5 0.5 0 0.5 0.93',
      'valid/labels/unknown.txt': '0 0 0 1 0 1 1',
    };
    expect(await sureness(files, yoloImport)).toBeGreaterThan(0.9);
    await inFolder(files, async (folder) => {
      const reader = await openReader(folder, yoloImport, new Map([['valid/labels/unknown.txt', { widthPx: 3, heightPx: 3 }]]));
      expect(reader.categories).toEqual(['cat', 'dog']);
      expect(reader.imageCount).toBe(3);
      const remarks: (readonly string[])[] = [];
      for await (const { instances } of reader.images()) remarks.push(...instances.map((instance) => instance.remarks));
      expect(remarks).toEqual([[], ['It is a box without a shape, and gives no mask.'], ['Its last number is taken for how sure a model was.'], []]);
      const [image, none, unknown] = await readAll(reader);
      expect(image?.instances.map(({ category }) => category)).toEqual(['dog', 'cat', 'cat']);
      expect(textOf(image?.instances[0]?.mask as Bitmap)).toBe(lines('...... .##... .##... ......'));
      expect(areaPx(image?.instances[1]?.mask as Bitmap)).toBe(0);
      expect(textOf(image?.instances[2]?.mask as Bitmap)).toBe(lines('###... ###... ...... ......'));
      expect(none).toMatchObject({ file: 'train/images/none.png', instances: [] });
      expect(unknown).toMatchObject({ file: 'valid/labels/unknown.txt', photoPath: null, size: { widthPx: 3, heightPx: 3 } });
    });
  });

  it('reads label files beside photos, with classes.txt, and without any names', async () => {
    const files = { 'a.png': await photo(2, 2), 'a.txt': '1 0 0 1 0 1 1 0 1\n', 'b.png': await photo(2, 2) };
    expect(await sureness({ ...files, 'classes.txt': 'cup\nmug\n' }, yoloImport)).toBeGreaterThan(0.9);
    await inFolder({ ...files, 'classes.txt': 'cup\nmug\n' }, async (folder) => expect((await openReader(folder, yoloImport)).categories).toEqual(['cup', 'mug']));
    await inFolder(files, async (folder) => {
      const reader = await openReader(folder, yoloImport);
      expect(reader.categories).toEqual(['class 1']);
      expect((await readAll(reader)).map(({ instances }) => instances.map(({ mask }) => areaPx(mask)))).toEqual([[4], []]);
    });
  });

  it('takes labels of photos called test, classes or README for labels, and other files of these names for what they are', async () => {
    const stems = ['README', 'classes', 'test', 'val'];
    const exported: Record<string, Uint8Array | string> = { 'data.yaml': 'names: [cup]', 'README.txt': 'Ours' };
    for (const stem of stems) {
      exported[`images/train/${stem}.png`] = await photo(2, 2);
      exported[`labels/train/${stem}.txt`] = stem === 'val' ? '' : '0 0 0 1 0 1 1\n';
    }
    await inFolder(exported, async (folder) => {
      const reader = await openReader(folder, yoloImport);
      expect(reader.categories).toEqual(['cup']);
      expect((await readAll(reader)).map(({ file, place, instances }) => [file, place, instances.length])).toEqual(stems.map((stem) => [`images/train/${stem}.png`, `labels/train/${stem}.txt`, stem === 'val' ? 0 : 1]));
    });
    const files = { 'test.png': await photo(2, 2), 'test.txt': '0 0 0 1 0 1 1\n', 'classes.png': await photo(2, 2), 'classes.txt': 'cup\n', 'README.txt': 'Ours\n', 'sub/val.txt': '0 0 0 1 0 1 1\n' };
    await inFolder(files, async (folder) => {
      const reader = await openReader(folder, yoloImport, new Map([['sub/val.txt', { widthPx: 3, heightPx: 3 }]]));
      expect(reader.categories).toEqual(['cup']);
      expect((await readAll(reader)).map(({ file, instances }) => [file, instances.length])).toEqual([['classes.png', 0], ['test.png', 1], ['sub/val.txt', 1]]);
    });
  });

  it('is not taken for lists of names', async () => {
    expect(await sureness({ 'ImageSets/Segmentation/other.txt': '2007_000032\n', 'x.txt': 'hello 1 2 3 4' }, yoloImport)).toBe(0);
  });

  it('says where a file is broken', async () => {
    const message = async (label: string, yaml = 'names: [cup]'): Promise<string> =>
      inFolder({ 'data.yaml': yaml, 'images/a.png': await photo(2, 2), 'labels/a.txt': label }, async (folder) =>
        openReader(folder, yoloImport).then(readAll).then(
          () => 'nothing',
          (error: unknown) => (error as Error).message,
        ),
      );
    expect(await message('0 0 0 1 0 1 1\n0 0.1 zero 1 1 1 1')).toBe('labels/a.txt, line 2, column 7: There is “zero” where a number was expected.');
    expect(await message('0 0.1 0.2 0.3')).toBe('labels/a.txt, line 1, column 14: After the class there are 3 numbers; a polygon has three or more pairs, a box four numbers.');
    expect(await message('0 12 0 1 0 1 1')).toBe('labels/a.txt, line 1, column 3: 12 is beyond the image: places are shares of its width and height, from 0 to 1.');
    expect(await message('2 0 0 1 0 1 1')).toBe('labels/a.txt, line 1, column 1: Class 2 has no name in data.yaml.');
    expect(await message('1.5 0 0 1 0 1 1')).toContain('line 1, column 1: A line begins with the number of its class');
    expect(await message('0 0 0 1 0 1 1', 'names: [a\nb: c')).toMatch(/^data\.yaml, line 2, column \d+: It is no YAML: /);
    expect(await message('0 0 0 1 0 1 1', 'names: {cup: 1}')).toMatch(/^data\.yaml, names.*: `names` should list/);
    expect(await message('0 0 0 1 0 1 1', `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${String.fromCharCode(97 + at)}`).join(', ')}]`).join('\n')}\nnames: *i`)).toBe('data.yaml: Its aliases can’t be resolved.');
  });

  it('answers broken sources with errors of its own', async () => {
    await fuzzImport(yoloImport, async (folder) => {
      const mask = labelsOf('..#.. .#.#. ..#.. #...#');
      await exportTo(folder, yoloExport, [{ mask }, { mask, category: 'cup' }]);
    });
  });
});
