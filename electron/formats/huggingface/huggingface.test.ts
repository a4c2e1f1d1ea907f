import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { asId } from '../../../shared/domain/ids.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { labelsOf } from '../testing/pictureOf.ts';
import { codec, exportTo, openReader, readAll } from '../testing/tryFormat.ts';
import { huggingfaceExport, huggingfaceImport } from './index.ts';

test('every mask comes back as it was, with its category', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ mask: arbitraryMask, category: fc.constantFrom('mug', 'a\n"b') }), { minLength: 1, maxLength: 3 }), async (items) => {
      await inFolder({}, async (folder) => {
        await exportTo(folder, huggingfaceExport, items);
        const images = await readAll(await openReader(folder, huggingfaceImport));
        expect(images.map(({ file, instances }) => [file, instances])).toEqual(items.map(({ mask, category }, index) => [`product-p${index + 1}.png`, [{ category, mask }]]));
      });
    }),
    { numRuns: 20 },
  );
});

test('splits have the hub’s names, and the card’s head is what it reads', async () => {
  await inFolder({}, async (folder) => {
    await exportTo(folder, huggingfaceExport, [{ mask: labelsOf('#.'), split: 'train' }, { mask: labelsOf('.#'), split: 'val' }]);
    const rows = (await readFile(join(folder, 'data/validation/metadata.jsonl'), 'utf8')).trim().split('\n');
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0] as string)).toMatchObject({ file_name: 'images/product-p2.png', mask_file_name: 'masks/product-p2.png', category: 'product', area: 1, product: 'product-1', reviewer: 'ann' });
    const head = parse((await readFile(join(folder, 'README.md'), 'utf8')).split('---\n')[1] as string) as { dataset_info: { features: { name: string }[] } };
    expect(head).toMatchObject({
      pretty_name: 'tried, snapshot 1',
      task_categories: ['image-segmentation'],
      size_categories: ['n<1K'],
      configs: [{ config_name: 'default', data_files: [{ split: 'train', path: 'data/train/**' }, { split: 'validation', path: 'data/validation/**' }] }],
    });
    const columns = Object.keys(JSON.parse(rows[0] as string) as object).map((name) => name.replace(/^file_name$/, 'image').replace(/_file_name$/, ''));
    expect(head.dataset_info.features.map(({ name }) => name)).toEqual(columns);
  });
});

test('columns have one type in every split, whatever is known: the library refuses the set otherwise', async () => {
  await inFolder({}, async (folder) => {
    await exportTo(folder, huggingfaceExport, [{ mask: labelsOf('#.'), split: 'train' }, { mask: labelsOf('.#'), split: 'val', entry: { productId: null, verdict: null, modelId: null, videoId: asId('v'), timestampS: 12 } }]);
    const typesIn = async (split: string) => Object.entries(JSON.parse((await readFile(join(folder, `data/${split}/metadata.jsonl`), 'utf8')).trim()) as object).map(([name, value]) => [name, typeof value]);
    expect(await typesIn('validation')).toEqual(await typesIn('train'));
  });
});

test('a folder of the hub: rows without a mask, columns of its own', async () => {
  const files = {
    'train/metadata.jsonl': '{"file_name": "0001.png", "mask_file_name": "0001_mask.png", "text": "a cup"}\r\n\r\n{"file_name": "0002.png", "mask_file_name": null}\r\n',
    'train/0001.png': 'not looked at',
    'train/0001_mask.png': await codec.encodeMask(labelsOf('.#')),
  };
  expect(await sureness(files, huggingfaceImport)).toBeGreaterThan(0.9);
  await inFolder(files, async (folder) => {
    const reader = await openReader(folder, huggingfaceImport);
    expect(reader.categories).toEqual(['mask']);
    expect(await readAll(reader)).toMatchObject([{ file: '0001.png', photoPath: 'train/0001.png', instances: [{ mask: labelsOf('.#') }] }, { file: '0002.png', photoPath: null, instances: [] }]);
  });
});

test.each([
  ['{"file_name": "a.png", "mask_file_name": "../../b.png"}', 'metadata.jsonl, line 1, column 1: There is no file ../../b.png beside it.'],
  ['{"file_name": "a.png"}\n{"file_name": 3}', 'metadata.jsonl, line 2, column 1: "file_name"'],
  ['{"file_name": ', 'metadata.jsonl, line 1, column '],
])('names the place: %s', async (text, sentence) => {
  await inFolder({ 'metadata.jsonl': text }, async (folder) => {
    await expect(openReader(folder, huggingfaceImport).then(readAll)).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringContaining(sentence) as string });
  });
});

test('whatever is broken: an error with its place, or what is there', async () => {
  await fuzzImport(huggingfaceImport, async (folder) => void (await exportTo(folder, huggingfaceExport, [{ mask: labelsOf('##.. #..# ####') }, { mask: labelsOf('.#') }])), { numRuns: 300 });
});
