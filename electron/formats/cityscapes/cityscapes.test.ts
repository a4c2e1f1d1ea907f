import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainNames } from '../labels/plainNames.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { labelsOf, lines, textOf } from '../testing/pictureOf.ts';
import { codec, exportTo, openReader, readAll } from '../testing/tryFormat.ts';
import { cityscapesExport, cityscapesImport } from './index.ts';

test('every mask comes back as it was, with its category', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ mask: arbitraryMask, category: fc.constantFrom('mug', 'a b', 'background') }), { minLength: 1, maxLength: 3 }), fc.boolean(), async (items, withPhotos) => {
      await inFolder({}, async (folder) => {
        await exportTo(folder, cityscapesExport, items, { withPhotos });
        const reader = await openReader(folder, cityscapesImport);
        const images = await readAll(reader);
        const given = [...new Set(items.map(({ category }) => category))].sort();
        const plain = plainNames(given.map((name, place) => ({ number: place + 1, name })), ['background']);
        const nameOf = (category: string): string => plain.get(given.findIndex((name) => name === category) + 1) ?? '';
        expect(reader.categories).toEqual([...plain.values()]);
        expect(images.map(({ file }) => file)).toEqual(items.map((_item, index) => `product-p${index + 1}.png`));
        for (const [index, { mask, category }] of items.entries()) expect(images[index]?.instances).toEqual(mask.data.includes(255) ? [{ category: nameOf(category), mask }] : []);
      });
    }),
    { numRuns: 30 },
  );
});

test('classes, instances and colours are written as Cityscapes has them', async () => {
  await inFolder({}, async (folder) => {
    await exportTo(folder, cityscapesExport, [{ mask: labelsOf('#.'), category: 'cup', split: 'train' }, { mask: labelsOf('.#'), category: 'mug', split: 'val' }], { withPhotos: true });
    const read = (path: string): Promise<Buffer> => readFile(join(folder, path));
    const stem = 'val/maskdesk/product-p2';
    expect([...(await codec.decodeIndexed(await read(`gtFine/${stem}_gtFine_labelIds.png`))).data]).toEqual([0, 2]);
    expect(await codec.decodeIndexed(await read(`gtFine/${stem}_gtFine_instanceIds.png`))).toMatchObject({ bitDepth: 16, data: Uint16Array.of(0, 2000) });
    expect([...(await codec.decodeRgb(await read(`gtFine/${stem}_gtFine_color.png`))).data]).toEqual([0, 0, 0, 0, 128, 0]);
    expect((await read(`leftImg8bit/${stem}_leftImg8bit.png`)).length).toBeGreaterThan(0);
    expect((await read('label_colors.txt')).toString()).toBe('0 0 0 background\n128 0 0 cup\n0 128 0 mug\n');
  });
});

/** A street as the dataset has it (cityscapesScripts, README, "Dataset Structure"): cars told apart, a group of cars, road, nothing. */
const street = labelsOf(`
  1133..
  1144..
  222222`);
const ids = [0, 26000, 7, 26001, 26];
const files = async () => ({
  'gtFine/train/aachen/aachen_000000_000019_gtFine_instanceIds.png': await codec.encodeNumbers(6, 3, Uint16Array.from(street.data, (value) => ids[value] as number)),
  'gtFine/train/aachen/aachen_000000_000019_gtFine_labelIds.png': await codec.encodeNumbers(6, 3, street.data.map((value) => [0, 26, 7, 26, 26][value] as number)),
  'gtFine/train/aachen/aachen_000000_000019_gtFine_polygons.json': '{}',
  'gtCoarse/train/aachen/aachen_000000_000019_gtCoarse_instanceIds.png': await codec.encodeNumbers(6, 3, new Uint16Array(18)),
  'gtFine/val/bonn/bonn_000001_000019_gtFine_labelIds.png': await codec.encodeNumbers(2, 1, Uint8Array.of(24, 40)),
  'leftImg8bit/train/aachen/aachen_000000_000019_leftImg8bit.png': 'not looked at',
});

test('as Cityscapes has it: instances, groups, classes alone, labelIds where there is nothing else', async () => {
  const given = await files();
  expect(await sureness(given, cityscapesImport)).toBeGreaterThan(0.9);
  await inFolder(given, async (folder) => {
    const reader = await openReader(folder, cityscapesImport);
    expect(reader.categories).toEqual(['road', 'person', 'car', 'class 40']);
    const crowds: boolean[] = [];
    for await (const image of reader.images()) crowds.push(...image.instances.map(({ isCrowd }) => isCrowd));
    // A person of labelIds alone is not told apart from other people.
    expect(crowds).toEqual([false, true, false, false, true, false]);
    const [aachen, bonn] = await readAll(reader);
    expect(aachen).toMatchObject({ file: 'aachen_000000_000019.png', id: 'aachen_000000_000019_leftImg8bit', photoPath: 'leftImg8bit/train/aachen/aachen_000000_000019_leftImg8bit.png' });
    expect(aachen?.instances.map(({ category, mask }) => [category, textOf(mask)])).toEqual([
      ['road', lines('...... ...... ######')],
      ['car', lines('...... ..##.. ......')],
      ['car', lines('##.... ##.... ......')],
      ['car', lines('..##.. ...... ......')],
    ]);
    expect(bonn?.instances.map(({ category }) => category)).toEqual(['person', 'class 40']);
  });
});

test('a class that has no name is refused with its file', async () => {
  await inFolder({ ...(await files()), 'label_colors.txt': '0 0 0 background\n1 2 3 cup\n' }, async (folder) => {
    await expect(openReader(folder, cityscapesImport).then(readAll)).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringMatching(/instanceIds\.png: The class 7 is none of the 2/) as string });
  });
});

test('whatever is broken: an error with its place, or what is there', async () => {
  await fuzzImport(cityscapesImport, async (folder) => void (await exportTo(folder, cityscapesExport, [{ mask: labelsOf('##.. #..# ####') }, { mask: labelsOf('.#') }])), { numRuns: 300 });
});
