import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { labelsOf, lines, textOf } from '../testing/pictureOf.ts';
import { exportTo, openReader, readAll } from '../testing/tryFormat.ts';
import { imageNameOf, uploadedNameOf } from './imageName.ts';
import { labelStudioExport, labelStudioImport } from './index.ts';
import { packMask } from './rlePack.ts';

test('every mask comes back as it was, with its category', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ mask: arbitraryMask, category: fc.constantFrom('mug', '"<a> & b\n'), split: fc.constantFrom('train' as const, 'val' as const) }), { minLength: 1, maxLength: 3 }), fc.constantFrom('local', 'name'), async (items, images) => {
      await inFolder({}, async (folder) => {
        expect(await exportTo(folder, labelStudioExport, items, { options: { images } })).toEqual(items.map(() => []));
        const read = new Map((await readAll(await openReader(folder, labelStudioImport))).map((image) => [image.file.replace(/^.*\//, ''), image.instances]));
        expect(read.size).toBe(items.length);
        for (const [index, { mask, category }] of items.entries()) expect(read.get(`product-p${index + 1}.png`)).toEqual(mask.data.includes(255) ? [{ category, mask }] : []);
      });
    }),
    { numRuns: 30 },
  );
});

test('tasks and the labelling interface', async () => {
  await inFolder({}, async (folder) => {
    await exportTo(folder, labelStudioExport, [{ mask: labelsOf('#.'), category: 'a<b' }], { withPhotos: true });
    const tasks = JSON.parse(await readFile(join(folder, 'tasks.json'), 'utf8')) as unknown;
    expect(tasks).toEqual([
      {
        id: 1,
        data: { image: '/data/local-files/?d=images/product-p1.png', asset: 'p1', revision: '00000000-0000-4000-8000-000000000000' },
        annotations: [{ result: [{ id: 'mask-1', type: 'brushlabels', from_name: 'tag', to_name: 'image', original_width: 2, original_height: 1, image_rotation: 0, value: { format: 'rle', rle: [...packMask(labelsOf('#.'))], brushlabels: ['a<b'] } }] }],
      },
    ]);
    expect(await readFile(join(folder, 'label_config.xml'), 'utf8')).toContain('<Label value="a&lt;b"/>');
    expect((await readAll(await openReader(folder, labelStudioImport)))[0]).toMatchObject({ photoPath: 'images/product-p1.png', size: { widthPx: 2, heightPx: 1 } });
  });
});

const brush = (text: string): number[] => [...packMask(labelsOf(text))];
const size = { original_width: 8, original_height: 4, image_rotation: 0, from_name: 'tag', to_name: 'image', origin: 'manual' };

const prediction = { model_version: 'v1', score: 0.4, result: [{ ...size, type: 'ellipselabels', value: { x: 50, y: 50, radiusX: 25, radiusY: 50, rotation: 0, ellipselabels: ['Cup'] } }] };

/** As the tool's JSON export has it (its docs: "Export annotations", raw JSON format; "Brush segmentation", "Polygon"), with what it adds of its own. */
const exported = [
  {
    id: 7,
    annotations: [
      {
        id: 3,
        completed_by: 1,
        was_cancelled: false,
        lead_time: 12.5,
        result: [
          { ...size, id: 'a', type: 'brushlabels', value: { format: 'rle', rle: brush('##...... ##...... ........ ........'), brushlabels: ['Cup', 'Mug'] } },
          { ...size, id: 'b', type: 'polygonlabels', value: { points: [[50, 0], [100, 0], [100, 50], [50, 50]], closed: true, polygonlabels: ['Plate'] } },
          { ...size, id: 'c', type: 'rectanglelabels', value: { x: 0, y: 50, width: 25, height: 50, rotation: 0, rectanglelabels: ['Box'] } },
          { ...size, id: 'd', type: 'brush', value: { format: 'rle', rle: brush('........ ........ ........ .......#') } },
          { ...size, id: 'd', type: 'labels', value: { format: 'rle', labels: ['Spoon'] } },
          { from_name: 'kind', to_name: 'image', type: 'choices', value: { choices: ['kitchen'] } },
        ],
      },
      { id: 4, was_cancelled: true, result: [{ ...size, type: 'brushlabels', value: { format: 'rle', rle: [1], brushlabels: ['Skipped'] } }] },
    ],
    predictions: [prediction],
    file_upload: '1a2b3c4d-cup_1.jpg',
    data: { image: '/data/upload/1/1a2b3c4d-cup_1.jpg' },
    meta: {},
    created_at: '2026-01-02T03:04:05.678Z',
  },
  { id: 8, annotations: [], predictions: [12], data: { picture: 's3://bucket/photos/mug%202.png' } },
  { id: 9, annotations: [{ was_cancelled: true, result: [] }], predictions: [12, prediction], data: { image: 'c.jpg' } },
];

test('of several versions of a task one counts: the ground truth, else the newest, else the last', async () => {
  const version = (text: string, more: object) => ({ ...more, result: [{ ...size, type: 'brushlabels', value: { format: 'rle', rle: brush(text), brushlabels: ['Cup'] } }] });
  const [first, second] = ['#....... ........ ........ ........', '.#...... ........ ........ ........'] as const;
  const taken = async (...annotations: readonly object[]): Promise<readonly [string | undefined, readonly string[] | undefined]> =>
    inFolder({ 'tasks.json': JSON.stringify([{ data: { image: 'a.jpg' }, annotations, predictions: [prediction] }]) }, async (folder) => {
      const reader = await openReader(folder, labelStudioImport);
      for await (const { instances } of reader.images()) {
        expect(instances).toHaveLength(1);
        const mask = await instances[0]?.mask();
        return [mask === undefined ? undefined : textOf(mask), instances[0]?.remarks] as const;
      }
      return [undefined, undefined] as const;
    });
  const [newest, truth] = [['Of 2 annotations of the task: the newest; the others are left out.'], ['Of 2 annotations of the task: the ground truth; the others are left out.']];
  expect(await taken(version(first, { updated_at: '2026-02-01T00:00:00Z' }), version(second, { updated_at: '2026-01-01T00:00:00Z' }))).toEqual([lines(first), newest]);
  expect(await taken(version(first, { ground_truth: true }), version(second, { updated_at: '2026-01-01T00:00:00Z' }))).toEqual([lines(first), truth]);
  expect(await taken(version(first, {}), version(second, {}))).toEqual([lines(second), newest]);
  expect(await taken(version(first, {}), version(second, { was_cancelled: true }))).toEqual([lines(first), []]);
});

test('as Label Studio has it: brushes, polygons, boxes, labels apart, predictions, skipped and empty tasks', async () => {
  const files = { 'project-1.json': JSON.stringify(exported) };
  expect(await sureness(files, labelStudioImport)).toBeGreaterThan(0.9);
  await inFolder(files, async (folder) => {
    const reader = await openReader(folder, labelStudioImport);
    expect(reader.categories).toEqual(['Cup', 'Plate', 'Box', 'Spoon']);
    const [cup, mug, predicted] = await readAll(reader);
    expect(cup).toMatchObject({ file: 'cup_1.jpg', size: { widthPx: 8, heightPx: 4 } });
    expect(mug).toMatchObject({ file: 'photos/mug 2.png', size: null, instances: [] });
    expect(cup?.instances.map(({ category, mask }) => [category, textOf(mask)])).toEqual([
      ['Cup', lines('##...... ##...... ........ ........')],
      ['Plate', lines('....#### ....#### ........ ........')],
      ['Box', lines('........ ........ ##...... ##......')],
      ['Spoon', lines('........ ........ ........ .......#')],
    ]);
    expect(predicted?.instances.map(({ mask }) => textOf(mask))).toEqual([lines('...##... ..####.. ..####.. ...##...')]);
    const remarks: (readonly string[])[] = [];
    for await (const image of reader.images()) remarks.push(...image.instances.map((instance) => instance.remarks));
    expect(remarks).toEqual([['It has 2 labels; the first one counts.'], [], ['A box without a shape: all of it is taken.'], [], ['An ellipse: all of it is taken.', 'A model’s prediction, not an annotation.']]);
  });
});

describe('what is broken is named with its place', () => {
  const withRegion = (region: object): unknown => [{ data: { image: 'a.jpg' }, annotations: [{ result: [{ ...size, type: 'brushlabels', value: { format: 'rle', rle: brush('#'), brushlabels: ['Cup'] }, ...region }] }] }];
  test.each([
    ['a turned picture', withRegion({ image_rotation: 90 }), /^tasks\.json, line 1, column 2: element \[0\]: annotations\[0\]\.result\[0\]: The picture was turned by 90 degrees in Label Studio/],
    ['a size that is not the mask’s', withRegion({}), /rle\[0\]: the run lengths are of 4 values, and 8 x 4 pixels have 128\.$/],
    ['a size without end', withRegion({ original_width: 1e9 }), /It claims 1000000000 x 4 pixels/],
    ['bytes that are none', withRegion({ value: { format: 'rle', rle: [300], brushlabels: ['Cup'] } }), /"rle" must be a list of bytes/],
    ['a polygon of two points', withRegion({ type: 'polygonlabels', value: { points: [[1, 2], [3, 4]] } }), /at least three "points"/],
    ['JSON-MIN', [{ image: 'a.jpg', tag: [] }], /this is JSON-MIN, which has lost them/],
    ['a task without an image', [{ data: { text: 'hello' } }], /element \[0\]: data: The task names no image/],
    ['results that are no list', [{ data: { image: 'a.jpg' }, annotations: [{ result: 'none' }] }], /element \[0\]: annotations\[0\]\.result: It is no Label Studio task/],
    ['no list', { data: {} }, /A list of tasks was expected/],
  ])('%s', async (_what, document, message) => {
    await inFolder({ 'tasks.json': JSON.stringify(document) }, async (folder) => {
      await expect(openReader(folder, labelStudioImport).then(readAll)).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringMatching(message) as string });
    });
  });

  test('cut off, with line and column', async () => {
    await inFolder({ 'tasks.json': JSON.stringify(exported, null, 1).slice(0, 900) }, async (folder) => {
      await expect(openReader(folder, labelStudioImport)).rejects.toMatchObject({ message: expect.stringMatching(/^tasks\.json, line \d+, column \d+: /) as string });
    });
  });

  test('whatever else', async () => {
    await fuzzImport(labelStudioImport, async (folder) => void (await exportTo(folder, labelStudioExport, [{ mask: labelsOf('##.. #..# ####') }, { mask: labelsOf('.#'), split: null }])), { numRuns: 400 });
  });
});

test.each([
  ['/data/upload/12/1a2b3c4d-my_photo.jpg', 'my_photo.jpg'],
  ['1a2b3c4d-my_photo.jpg', '1a2b3c4d-my_photo.jpg', 'my_photo.jpg'],
  ['/data/local-files/?d=photos/1a2b3c4d-a%20b.jpg', 'photos/1a2b3c4d-a b.jpg'],
  ['https://example.org/files/100%.png?token=1', 'files/100%.png'],
  ['s3://bucket/a/b.png', 'a/b.png'],
  ['C:\\photos\\b.png', 'C:/photos/b.png'],
  ['plain.png', 'plain.png'],
  ['product-%20lead.png', 'product-%20lead.png'],
])('%s is the photo %s', (image, name, uploaded?: string) => {
  expect([imageNameOf(image), uploadedNameOf(image)]).toEqual([name, uploaded]);
});
