import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ExportFormatId, ImportFormatId } from '../../shared/domain/formatIds.ts';
import { ExportRig, oddMask } from './testing/exportRig.ts';
import { headMasks, look, takeIn } from './testing/maskImports.ts';

let rig: ExportRig;
beforeEach(async () => {
  rig = await ExportRig.make([1, 2, 3].map((number) => ({ id: `a${number}`, mask: oddMask(number, 24, 17) })));
});
afterEach(() => rig.dispose());

/** The file of the export that has the name, or ends like it. */
const fileOf = async (name: RegExp): Promise<string> => {
  const entries = await readdir(join(rig.folder, 'out'), { recursive: true });
  return join(rig.folder, 'out', entries.find((path) => name.test(path)) ?? `no ${name.source}`);
};
type Damage = (text: string) => string;
const inJson = (change: (document: never) => void): Damage => (text) => {
  const document = JSON.parse(text) as never;
  change(document);
  return JSON.stringify(document, null, 1);
};
interface Listed {
  readonly images: Record<string, unknown>[];
  readonly annotations: Record<string, unknown>[];
  readonly items: { annotations: Record<string, unknown>[] }[];
  readonly shapes: Record<string, unknown>[];
}
const cut: Damage = (text) => text.slice(0, -20);

const damages: readonly (readonly [what: string, format: ExportFormatId & ImportFormatId, file: RegExp, damage: Damage | 'bytes', place: RegExp, hasLine: boolean])[] = [
  ['run lengths', 'coco', /\.json$/, inJson(({ annotations }: Listed) => ((annotations[1] as { segmentation: unknown }).segmentation = { size: [17, 24], counts: '1' })), /annotations\[1\]/, true],
  ['a category that is none', 'coco', /\.json$/, inJson(({ annotations }: Listed) => (annotations[1]!['category_id'] = 99)), /annotations\[1\]: There is no category/, true],
  ['an annotation of no image', 'coco', /\.json$/, inJson(({ annotations }: Listed) => (annotations[1]!['image_id'] = 99)), /annotations\[1\]: There is no image/, true],
  ['an image without a name', 'coco', /\.json$/, inJson(({ images }: Listed) => (images[1]!['file_name'] = '')), /images\[1\]: It has no file_name/, true],
  ['an image of no size', 'coco', /\.json$/, inJson(({ images }: Listed) => (images[1]!['width'] = -3)), /images\[1\]: width/, true],
  ['a segment of no category', 'coco-panoptic', /panoptic.*\.json$/, inJson(({ annotations }: Listed) => ((annotations[1]!['segments_info'] as { category_id: number }[])[0]!.category_id = 99)), /annotations\[1\]/, true],
  ['a mask', 'datumaro', /annotations.*\.json$/, inJson(({ items }: Listed) => (items[1]!.annotations[0]!['rle'] = 5)), /items\[1\]: annotations\[0\]/, true],
  ['an annotation of no kind', 'datumaro', /annotations.*\.json$/, inJson(({ items }: Listed) => (items[1]!.annotations[0]!['type'] = 5)), /items\[1\]: annotations\[0\]: type/, true],
  ['a brush', 'label-studio', /\.json$/, inJson((tasks: Record<string, { result: { value: unknown }[] }[]>[]) => (tasks[1]!['annotations']![0]!.result[0]!.value = { format: 'rle', rle: [300] })), /element \[1\]/, true],
  ['a task', 'label-studio', /\.json$/, inJson((tasks: Record<string, unknown>[]) => (tasks[1]!['data'] = {})), /element \[1\]: data: The task names no image/, true],
  ['a file', 'yolo', /a2\.txt$/, () => '0 0.1 none 0.2 0.3\n', /a2\.txt/, true],
  ['a file', 'labelme', /a2\.json$/, cut, /a2\.json/, true],
  ['a shape', 'labelme', /a2\.json$/, inJson(({ shapes }: Listed) => (shapes[0]!['mask'] = 'none')), /a2\.json, shapes\[0\]/, false],
  ['a mask', 'cvat', /\.xml$/, (text) => text.replace(/(\ba2\.[^]*? rle=")[^"]*/, '$15, 5, x'), /line \d+/, true],
  ['an image', 'cvat', /\.xml$/, (text) => text.replace(/name="[^"]*\ba2\.[^"]*"/, ''), /An <image> has no name/, true],
  ['a line', 'huggingface', /metadata\.jsonl$/, (text) => text.replace(/^.*\ba2\..*$/m, '{"file_name"'), /metadata\.jsonl, line 2/, true],
  ['a line', 'cutout', /cutouts\.jsonl$/, (text) => text.replace(/^.*\ba2\..*$/m, '{"file": 4}'), /cutouts\.jsonl, line 2/, true],
  ['a picture', 'mask-png', /masks.*a2\.png$/, 'bytes', /a2\.png/, false],
  ['a picture', 'voc', /SegmentationClass.*a2\.png$/, 'bytes', /a2\.png/, false],
  ['a picture', 'cityscapes', /a2_gtFine_instanceIds\.png$/, 'bytes', /a2_gtFine_instanceIds\.png/, false],
];

describe('one that is broken', () => {
  test.each(damages)('%s of %s is left out where somebody says so, told with its place, and never an empty mask', async (_what, format, file, damage, place, hasLine) => {
    await rig.export('out', { format });
    const path = await fileOf(file);
    if (damage === 'bytes') await writeFile(path, (await readFile(path)).subarray(0, 40));
    else await writeFile(path, damage(await readFile(path, 'utf8')));
    const source = join(rig.folder, 'out');
    const stopped = await look(rig.app, source, {}, format);
    expect(stopped.broken).toMatchObject({ count: 1, examples: [{ sentence: expect.stringMatching(place) as string, file: expect.any(String) as string, line: hasLine ? (expect.any(Number) as number) : null, column: hasLine ? (expect.any(Number) as number) : null }] });
    expect(stopped.outcome.stops.map(({ decision }) => decision)).toEqual(['broken']);
    const before = await headMasks(rig.app);
    const finished = await takeIn(rig.app, source, { broken: 'skip' }, format);
    expect(finished).toMatchObject({ imported: 0, same: 2 });
    expect(await headMasks(rig.app)).toEqual(before);
  });

  test('leaves the other annotations of its image, and the version says so', async () => {
    await rig.export('out', { format: 'coco' });
    const path = await fileOf(/\.json$/);
    const document = JSON.parse(await readFile(path, 'utf8')) as Listed;
    const own = document.annotations[1] as Record<string, unknown>;
    const box = { ...own, segmentation: [[0, 0, 4, 0, 4, 4, 0, 4]] };
    await writeFile(path, JSON.stringify({ ...document, annotations: [{ ...own, id: 90, segmentation: 7 }, { ...box, id: 91 }, { ...own, id: 92, segmentation: { size: [17, 24], counts: [1] } }] }));
    const finished = await takeIn(rig.app, join(rig.folder, 'out'), { broken: 'skip' });
    expect(finished).toMatchObject({ imported: 1, skipped: [{ reason: 'empty', count: 2 }] });
    expect((await headMasks(rig.app)).get('a2')?.data.filter((value) => value === 255)).toHaveLength(16);
    const { store } = rig.app.services;
    const asset = (await store.assets.list({ limit: 5 })).assets.find(({ id }) => id === 'a2');
    expect((await store.revisions.get(asset?.headRevisionId as never))?.importOrigin?.changes).toEqual(['2 annotations of the image were broken, and left out.']);
  });
});

test('a document that can’t be read as a whole is an error, whatever was decided', async () => {
  for (const [format, file] of [['coco', /\.json$/], ['cvat', /\.xml$/], ['label-studio', /\.json$/]] as const) {
    await rig.export('out', { format, overwrite: true });
    const path = await fileOf(file);
    await writeFile(path, cut(await readFile(path, 'utf8')));
    await expect(look(rig.app, join(rig.folder, 'out'), { broken: 'skip' }, format)).rejects.toMatchObject({ code: 'annotations_invalid' });
  }
});

test('where nothing is whole the first fault is the error', async () => {
  await rig.export('out');
  for (const name of ['a1', 'a2', 'a3']) await writeFile(await fileOf(new RegExp(`masks.*${name}\\.png$`)), 'no picture');
  await expect(look(rig.app, join(rig.folder, 'out'), { broken: 'skip' }, 'mask-png')).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringMatching(/a1\.png/) as string });
});

test('what is broken only once it was looked at stops the import', async () => {
  await rig.export('out', { format: 'yolo' });
  const path = await fileOf(/a2\.txt$/);
  await writeFile(path, '0 0.1 0.1 0.5 0.1 0.5 0.5\n');
  const { inspectionId } = await look(rig.app, join(rig.folder, 'out'), { broken: 'skip' }, 'yolo');
  await writeFile(path, '0 none\n');
  const run = async (): Promise<void> => {
    for await (const step of rig.app.services.maskImports.apply(inspectionId, { broken: 'skip' })) expect(step.kind).toBe('progress');
  };
  await expect(run()).rejects.toMatchObject({ code: 'annotations_invalid' });
});
