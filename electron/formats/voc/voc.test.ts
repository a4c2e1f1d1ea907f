import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vocColours, vocPalette } from '../labels/vocColours.ts';
import { plainNames } from '../labels/plainNames.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { labelsOf, lines, textOf } from '../testing/pictureOf.ts';
import { codec, exportTo, openReader, readAll } from '../testing/tryFormat.ts';
import { vocExport, vocImport } from './index.ts';

const indexed = ({ widthPx, heightPx, data }: ReturnType<typeof labelsOf>): Promise<Uint8Array> => codec.encodeIndexed(widthPx, heightPx, data, vocPalette);

test('every mask comes back as it was, with its category', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ mask: arbitraryMask, category: fc.constantFrom('mug', 'a: b', 'background', '#1') }), { minLength: 1, maxLength: 3 }), async (items) => {
      await inFolder({}, async (folder) => {
        await exportTo(folder, vocExport, items);
        const reader = await openReader(folder, vocImport);
        const images = await readAll(reader);
        expect(reader.imageCount).toBe(items.length);
        const given = [...new Set(items.map(({ category }) => category))].sort();
        const plain = plainNames(given.map((name, place) => ({ number: place + 1, name })), ['background']);
        const nameOf = (category: string): string => plain.get(given.findIndex((name) => name === category) + 1) ?? '';
        expect(reader.categories).toEqual([...plain.values()]);
        expect(images.map(({ file }) => file)).toEqual(items.map((_item, index) => `product-p${index + 1}.jpg`));
        for (const [index, { mask, category }] of items.entries()) {
          const { widthPx, heightPx } = mask;
          expect(images[index]?.size).toEqual({ widthPx, heightPx });
          expect(images[index]?.instances).toEqual(mask.data.includes(255) ? [{ category: nameOf(category), mask }] : []);
        }
      });
    }),
    { numRuns: 40 },
  );
});

test('files, lists and labels are where VOC has them', async () => {
  await inFolder({}, async (folder) => {
    const mask = { widthPx: 2, heightPx: 1, data: Uint8Array.of(255, 0) };
    await exportTo(folder, vocExport, [{ mask, split: 'train', category: 'cup' }, { mask, split: 'val', category: 'mug' }, { mask, split: 'test', category: 'mug' }], { withPhotos: true });
    const text = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
    expect(await Promise.all(['train', 'val', 'trainval', 'test'].map((list) => text(`ImageSets/Segmentation/${list}.txt`)))).toEqual(['product-p1\n', 'product-p2\n', 'product-p1\nproduct-p2\n', 'product-p3\n']);
    expect(await text('labelmap.txt')).toBe('# label:color_rgb:parts:actions\nbackground:0,0,0::\ncup:128,0,0::\nmug:0,128,0::\n');
    const classes = await codec.decodeIndexed(await readFile(join(folder, 'SegmentationClass/product-p2.png')));
    expect([[...classes.data], [...(classes.palette as Uint8Array).subarray(0, 9)]]).toEqual([[2, 0], [0, 0, 0, 128, 0, 0, 0, 128, 0]]);
    expect((await readAll(await openReader(folder, vocImport)))[0]).toMatchObject({ file: 'product-p1.png', photoPath: 'JPEGImages/product-p1.png' });
  });
});

test('the colour map is the development kit’s', () => {
  // The kit's documentation and its VOClabelcolormap(256): aeroplane, person, tvmonitor, void.
  expect([1, 15, 20, 255].map((index) => vocColours[index])).toEqual([[128, 0, 0], [192, 128, 128], [0, 64, 128], [224, 224, 192]]);
});

const classes = labelsOf(`
  ##########
  #ffff#444#
  #ffff#4.4#
  #ffff#444#
  ##########`);
const objects = labelsOf(`
  ##########
  #1122#333#
  #1122#3.3#
  #1122#333#
  ##########`);

test('as VOC 2012 has it: objects, void borders, no names (VOCdevkit/VOC2012)', async () => {
  const files = {
    'VOCdevkit/VOC2012/SegmentationClass/2007_000032.png': await indexed(classes),
    'VOCdevkit/VOC2012/SegmentationObject/2007_000032.png': await indexed(objects),
    'VOCdevkit/VOC2012/JPEGImages/2007_000032.jpg': 'not looked at',
    'VOCdevkit/VOC2012/ImageSets/Segmentation/train.txt': '2007_000032\n2007_000999\n',
    'VOCdevkit/VOC2012/Annotations/2007_000032.xml': '<annotation/>',
  };
  await inFolder(files, async (folder) => {
    expect(await sureness(files, vocImport)).toBeGreaterThan(0.9);
    const reader = await openReader(folder, vocImport);
    expect(reader.categories).toEqual(['boat', 'person']);
    const [image, other] = await readAll(reader);
    expect(image).toMatchObject({ file: '2007_000032.jpg', size: { widthPx: 10, heightPx: 5 }, photoPath: 'VOCdevkit/VOC2012/JPEGImages/2007_000032.jpg' });
    expect(image?.instances.map(({ category, mask }) => [category, textOf(mask)])).toEqual([
      ['person', lines('.......... .##....... .##....... .##....... ..........')],
      ['person', lines('.......... ...##..... ...##..... ...##..... ..........')],
      ['boat', lines('.......... ......###. ......#.#. ......###. ..........')],
    ]);
    expect(other).toMatchObject({ file: '2007_000999.jpg', size: null, instances: [] });
    for await (const { instances } of reader.images()) for (const { remarks } of instances) expect(remarks).toEqual(['The border that VOC leaves open (void) is taken as outside.']);
  });
});

test('as CVAT has it: colours of a labelmap.txt, in RGB or with another order of indices', async () => {
  const map = '# label:color_rgb:parts:actions\r\nbackground:0,0,0::\r\nthe cup:10,20,30:handle:\r\nplate:250,250,0::\r\n';
  const rgb = await codec.encodeRgb({ widthPx: 3, heightPx: 1, data: Uint8Array.of(250, 250, 0, 0, 0, 0, 10, 20, 30) });
  const own = await codec.encodeIndexed(3, 1, Uint8Array.of(0, 2, 1), Uint8Array.of(250, 250, 0, 10, 20, 30, 0, 0, 0));
  await inFolder({ 'labelmap.txt': map, 'SegmentationClass/a.png': rgb, 'SegmentationClass/b.png': own }, async (folder) => {
    const reader = await openReader(folder, vocImport);
    expect(reader.categories).toEqual(['the cup', 'plate']);
    const found = (await readAll(reader)).map(({ instances }) => instances.map(({ category, mask }) => [category, textOf(mask)]));
    expect(found).toEqual([[['the cup', '..#'], ['plate', '#..']], [['the cup', '..#'], ['plate', '#..']]]);
  });
});

test.each([
  ['a colour that is no label', { 'SegmentationClass/a.png': codec.encodeRgb({ widthPx: 1, heightPx: 1, data: Uint8Array.of(1, 2, 3) }) }, /^SegmentationClass\/a\.png: The colour 1, 2, 3 is none of the labels/],
  ['a size that differs', { 'SegmentationClass/a.png': indexed(labelsOf('1')), 'SegmentationObject/a.png': indexed(labelsOf('11')) }, /^SegmentationObject\/a\.png: It is 2 x 1 pixels/],
  ['no PNG', { 'SegmentationClass/a.png': Promise.resolve(new TextEncoder().encode('GIF89a')) }, /^SegmentationClass\/a\.png: This is a GIF/],
  ['a colour of 300', { 'labelmap.txt': Promise.resolve(new TextEncoder().encode('background:0,0,0::\ncup:1,2,300::\n')), 'SegmentationClass/a.png': indexed(labelsOf('1')) }, /^labelmap\.txt, line 2, column 5: A colour is three numbers/],
])('names the place: %s', async (_what, files, message) => {
  const made = Object.fromEntries(await Promise.all(Object.entries(files).map(async ([path, bytes]) => [path, await bytes] as const)));
  await inFolder(made, async (folder) => {
    await expect(openReader(folder, vocImport).then(readAll)).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringMatching(message) as string });
  });
});

test('whatever is broken: an error with its place, or what is there', async () => {
  await fuzzImport(vocImport, async (folder) => void (await exportTo(folder, vocExport, [{ mask: labelsOf('##.. #..# ####') }, { mask: labelsOf('.#') }])), { numRuns: 300 });
});
