import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { importedImagePatterns } from '../../shared/domain/blobKeys.ts';
import { asId, type AssetId } from '../../shared/domain/ids.ts';
import type { SomeDecisions } from '../../shared/domain/importDecisions.ts';
import { present } from '../../shared/errors/errors.ts';
import { emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { opaqueGreyPng } from '../imaging/testing/plainPhotos.ts';
import { changeDatabase } from '../store/testing/changeDatabase.ts';
import type { App } from './createApp.ts';
import { ExportRig, fullMask, oddMask } from './testing/exportRig.ts';
import { headMasks, look, openStore, takeIn, takeInWhatWasSeen } from './testing/maskImports.ts';

let rig: ExportRig;
let source: string;

beforeEach(async () => {
  rig = await ExportRig.make([1, 2, 3].map((number) => ({ id: `a${number}`, mask: oddMask(number, 24, 17) })));
  source = join(rig.folder, 'source');
  await mkdir(source);
});
afterEach(() => rig.dispose());

const imageOf = (id: string): AssetRef => ({ kind: 'product_image', id: asId<AssetId>(id) });
const writeMask = async (name: string, mask: Bitmap): Promise<void> => {
  await mkdir(join(source, name, '..'), { recursive: true });
  await writeFile(join(source, name), await rig.app.codec.encodeMask(mask));
};

interface Instance {
  readonly image: number;
  readonly category: number;
  readonly box: readonly [number, number, number, number];
  readonly isCrowd?: boolean;
}

/** A COCO document as another tool writes it: boxes as polygons, crowds as runs. */
const writeCoco = (names: readonly string[], instances: readonly Instance[]): Promise<void> => {
  const polygon = ([x, y, width, height]: Instance['box']): number[][] => [[x, y, x + width, y, x + width, y + height, x, y + height]];
  return writeFile(
    join(source, 'instances.json'),
    JSON.stringify({
      images: names.map((name, index) => ({ id: index + 1, file_name: name, width: 24, height: 17 })),
      categories: [{ id: 1, name: 'shoe' }, { id: 2, name: 'hand' }],
      annotations: instances.map(({ image, category, box, isCrowd = false }, index) => ({
        id: index + 1,
        image_id: image,
        category_id: category,
        bbox: box,
        area: box[2] * box[3],
        iscrowd: isCrowd ? 1 : 0,
        segmentation: isCrowd ? { size: [17, 24], counts: [0, 17 * 24] } : polygon(box),
      })),
    }),
  );
};
const boxOf = async (id: string): Promise<number> => (await headMasks(rig.app)).get(id)?.data.reduce((sum, value) => sum + value / 255, 0) ?? -1;

test('masks by their photos’ names become heads to review, with where they came from; undone they are gone, and imported again they are back', async () => {
  const before = await headMasks(rig.app);
  await writeMask('a1.png', fullMask(24, 17));
  await writeMask('deeper/a2.png', oddMask(9, 24, 17));
  const { revisions, assets } = rig.app.services.store;
  const finished = await takeIn(rig.app, source);
  expect(finished).toMatchObject({ imported: 2, becameHead: 2, added: 0, same: 0, skipped: [] });
  const asset = imageOf('a1');
  const head = await revisions.get((await assets.get(asset))?.headRevisionId ?? asId(''));
  expect(head).toMatchObject({ origin: 'import', author: 'ana', areaPx: 24 * 17, importOrigin: { format: 'mask-png', source: 'source', place: 'a1.png', categories: ['mask'], instances: 1, changes: [] } });
  expect((await assets.get(asset))?.state).toBe('to_review');
  expect(await takeIn(rig.app, source)).toMatchObject({ importId: null, imported: 0, same: 2 });

  expect(await rig.app.services.maskImports.undo(finished.importId ?? asId(''))).toMatchObject({ restored: [{}, {}], withdrawn: [], covered: 0, kept: 0 });
  expect(await headMasks(rig.app)).toEqual(before);
  await expect(rig.app.services.maskImports.undo(finished.importId ?? asId(''))).rejects.toMatchObject({ code: 'nothing_to_undo' });
  expect(await takeIn(rig.app, source)).toMatchObject({ imported: 2 });
});

test('a mask of a photo that a person has worked on waits beside theirs, once; or is left out', async () => {
  const { review, store } = rig.app.services;
  const asset = imageOf('a1');
  const standing = (await store.assets.get(asset))?.headRevisionId ?? null;
  await review.approve({ asset, expectedHead: standing, maskSha256: null });
  await writeMask('a1.png', fullMask(24, 17));
  expect((await look(rig.app, source)).workedOn.count).toBe(1);
  expect(await takeIn(rig.app, source, { workedOn: 'skip' })).toMatchObject({ imported: 0, skipped: [{ reason: 'workedOn', count: 1 }] });
  expect(await takeIn(rig.app, source)).toMatchObject({ imported: 1, becameHead: 0 });
  expect((await store.assets.get(asset))?.headRevisionId).toBe(standing);
  expect(await takeIn(rig.app, source)).toMatchObject({ imported: 0, same: 1 });
});

test('a delivery that was taken back can come in again, also where a person has worked since', async () => {
  const { review, store, maskImports } = rig.app.services;
  await writeMask('a1.png', fullMask(24, 17));
  const { importId } = await takeIn(rig.app, source);
  await maskImports.undo(importId ?? asId(''));
  const asset = imageOf('a1');
  await review.approve({ asset, expectedHead: (await store.assets.get(asset))?.headRevisionId ?? null, maskSha256: null });
  expect((await look(rig.app, source)).outcome).toMatchObject({ masks: 1, same: 0 });
  expect(await takeIn(rig.app, source)).toMatchObject({ imported: 1, becameHead: 0, same: 0 });
  expect(await takeIn(rig.app, source)).toMatchObject({ imported: 0, same: 1 });
});

test('one that is being taken in is not forgotten for newer looks', async () => {
  await rig.export('mine.zip', { withPhotos: true });
  const zip = join(rig.folder, 'mine.zip');
  const other = await openStore(join(rig.folder, 'other'));
  try {
    const { maskImports } = other.services;
    const { inspectionId } = await look(other, zip, { unknown: 'add' });
    const steps: unknown[] = [];
    for await (const step of maskImports.apply(inspectionId, { unknown: 'add' })) {
      if (steps.length === 0) for (let count = 0; count < 5; count++) await look(other, zip, { unknown: 'add' });
      steps.push(step);
    }
    expect(steps.at(-1)).toMatchObject({ kind: 'finished', imported: 3, added: 3 });
  } finally {
    await other.close();
  }
});

test('masks in black and white that have an opaque alpha are read as masks, not as cut-outs of everything', async () => {
  for (const id of ['a1', 'a2', 'a3']) await writeFile(join(source, `${id}.png`), await opaqueGreyPng(24, 17, (x) => (x < 9 ? 255 : 0)));
  expect(await look(rig.app, source)).toMatchObject({ format: 'mask-png', outcome: { masks: 3 } });
  await takeIn(rig.app, source);
  expect(await boxOf('a1')).toBe(9 * 17);
  await expect(look(rig.app, source, {}, 'cutout')).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringMatching(/a1\.png: .*Mask PNGs/) as string });
});

const importsIn = async (storeDir: string) => {
  const app = await openStore(storeDir);
  try {
    return await app.services.store.revisions.imports(5);
  } finally {
    await app.close();
  }
};

describe('one delivery that two people bring in at once comes in once', () => {
  const bringInTwice = async (storeDir: string, delivery: string, decisions: SomeDecisions): Promise<void> => {
    const apps = [await openStore(storeDir), await openStore(storeDir)];
    try {
      const seen: [App, string][] = [];
      for (const app of apps) seen.push([app, (await look(app, delivery, decisions)).inspectionId]);
      const finished = await Promise.all(seen.map(([app, inspectionId]) => takeInWhatWasSeen(app, inspectionId, decisions)));
      expect(finished.map(({ imported, same }) => imported + same)).toEqual([3, 3]);
      expect(finished.reduce((total, { imported }) => total + imported, 0)).toBe(3);
      const kept = await present(apps[0], 'an app').services.store.revisions.imports(5);
      expect(kept.map(({ importId, masks }) => [importId, masks])).toEqual(finished.filter(({ importId }) => importId !== null).map(({ importId, imported }) => [importId, imported]));
    } finally {
      for (const app of apps) await app.close();
    }
  };

  test('photos that are there', async () => {
    for (const name of ['a1.png', 'a2.png', 'a3.png']) await writeMask(name, fullMask(24, 17));
    await bringInTwice(join(rig.folder, 'store'), source, {});
    expect([...(await headMasks(rig.app)).values()]).toEqual([1, 2, 3].map(() => fullMask(24, 17)));
  });

  test('photos that it brings along', async () => {
    await rig.export('mine.zip', { withPhotos: true });
    const other = join(rig.folder, 'other');
    await bringInTwice(other, join(rig.folder, 'mine.zip'), { unknown: 'add' });
    // Of the one that came second nothing is left, also no empty folder.
    const folders = await readdir(join(other, importedImagePatterns.product_image.replace('/{name}', '')));
    const [{ importId } = { importId: '' }] = await importsIn(other);
    expect(folders).toEqual([importId]);
    expect(await readdir(join(other, importedImagePatterns.product_image.replace('{name}', importId)))).toHaveLength(3);
  });

  test('a photo whose row was away gets its mask with it, though that is the one that it had', async () => {
    await rig.export('mine.zip', { withPhotos: true });
    const [zip, storeDir] = [join(rig.folder, 'mine.zip'), join(rig.folder, 'other')];
    const app = await openStore(storeDir);
    try {
      await takeIn(app, zip, { unknown: 'add' });
      changeDatabase(join(storeDir, 'maskdesk.db'), 'delete from product_images');
      await app.services.store.assets.adoptNew();
      expect(await takeIn(app, zip, { unknown: 'add' })).toMatchObject({ imported: 3, becameHead: 3, added: 3, same: 0 });
    } finally {
      await app.close();
    }
  });
});

describe('an import that can do nothing says why', () => {
  test('photos were to be added, and none came along', async () => {
    await writeMask('who.png', fullMask(24, 17));
    await expect(takeIn(rig.app, source, { unknown: 'add' })).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('No photo came along for 1 image: bring the photos in first') as unknown });
    await writeMask('a1.png', fullMask(24, 17));
    expect(await takeIn(rig.app, source, { unknown: 'add' })).toMatchObject({ imported: 1, skipped: [{ reason: 'unknown', count: 1 }] });
  });

  test('another format was named than it is, with and without photos beside it', async () => {
    await writeCoco(['a1.jpg'], [{ image: 1, category: 1, box: [0, 0, 6, 4] }]);
    await expect(look(rig.app, source, {}, 'yolo')).rejects.toMatchObject({ code: 'format_unknown', message: expect.stringMatching(/^Nothing in source is YOLO.*looks like COCO/) as unknown });
    await writeMask('images/a1.png', fullMask(24, 17));
    await expect(look(rig.app, source, {}, 'yolo')).rejects.toMatchObject({ code: 'format_unknown' });
  });

  test('an image with a crowd that is left out and a box alone gets no empty mask', async () => {
    const box = { category_id: 1, image_id: 1, bbox: [1, 2, 6, 5], area: 30 };
    await writeFile(
      join(source, 'crowd.json'),
      JSON.stringify({
        images: [{ id: 1, file_name: 'a1.jpg', width: 24, height: 17 }],
        categories: [{ id: 1, name: 'shoe' }],
        annotations: [{ ...box, id: 1, iscrowd: 1, segmentation: { size: [17, 24], counts: [0, 17 * 24] } }, { ...box, id: 2, iscrowd: 0 }],
      }),
    );
    expect((await look(rig.app, source)).outcome).toMatchObject({ masks: 0, skipped: [{ reason: 'unused', count: 1 }] });
    expect(await takeIn(rig.app, source)).toMatchObject({ imported: 0 });
  });
});

describe('nothing is done unasked', () => {
  test('images of no photo stop an import; skipped they are counted', async () => {
    await writeMask('a1.png', fullMask(24, 17));
    await writeMask('who.png', fullMask(24, 17));
    const preview = await look(rig.app, source);
    expect(preview).toMatchObject({ matched: { count: 1 }, unknown: { count: 1, examples: [{ file: 'who.png', obstacle: 'No photo came along with it.' }] }, outcome: { stops: [{ decision: 'unknown' }] } });
    await expect(takeIn(rig.app, source)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await takeIn(rig.app, source, { unknown: 'skip' })).toMatchObject({ imported: 1, skipped: [{ reason: 'unknown', count: 1 }] });
  });

  test('two images for one photo are both unclear, until somebody chooses', async () => {
    await writeMask('x/a1.png', fullMask(24, 17));
    await writeMask('y/a1.png', oddMask(5, 24, 17));
    expect((await look(rig.app, source)).unclear).toMatchObject({ count: 2, examples: [{ isRival: true, candidates: [{ id: 'a1' }] }, { isRival: true }] });
    await expect(takeIn(rig.app, source)).rejects.toMatchObject({ code: 'invalid_input' });
    const asset = imageOf('a1');
    await takeIn(rig.app, source, { chosen: { '1': asset, '0': null } });
    expect((await headMasks(rig.app)).get('a1')).toEqual(oddMask(5, 24, 17));
  });

  test('masks of another size stop it; resized, turned ones never are', async () => {
    await writeMask('a1.png', fullMask(48, 34));
    await writeMask('a2.png', fullMask(17, 24));
    const preview = await look(rig.app, source);
    expect(preview.otherSize).toMatchObject({ count: 2, examples: [{ isTurned: false, maskWidthPx: 48, photoWidthPx: 24 }, { isTurned: true, canBeTurned: false }] });
    expect(preview.outcome.stops).toMatchObject([{ decision: 'otherSize' }]);
    expect(await takeIn(rig.app, source, { otherSize: 'resize' })).toMatchObject({ imported: 1, skipped: [{ reason: 'otherSize', count: 1 }] });
    expect((await headMasks(rig.app)).get('a1')).toEqual(fullMask(24, 17));
  });

  test('instances are joined, categories taken away, crowds left out; overlaps are told', async () => {
    await writeCoco(['a1.jpg', 'a2.jpg', 'a3.jpg'], [
      { image: 1, category: 1, box: [0, 0, 6, 4] },
      { image: 1, category: 1, box: [4, 0, 6, 4] },
      { image: 1, category: 2, box: [0, 0, 2, 4] },
      { image: 2, category: 1, box: [0, 0, 3, 3] },
      { image: 2, category: 1, box: [0, 0, 9, 9], isCrowd: true },
    ]);
    const preview = await look(rig.app, source);
    expect(preview).toMatchObject({
      format: 'coco',
      several: { count: 1, examples: [{ instances: 3, overlapPx: 16 }] },
      crowd: { count: 1 },
      empty: { count: 1 },
      categories: [{ name: 'shoe', instances: 4 }, { name: 'hand', instances: 1, areaPx: 8 }],
    });
    expect(await takeIn(rig.app, source, { categories: { hand: 'subtract' } })).toMatchObject({ imported: 2, skipped: [{ reason: 'empty', count: 1 }] });
    expect(await boxOf('a1')).toBe(10 * 4 - 8);
    expect(await boxOf('a2')).toBe(9);
    await takeIn(rig.app, source, { several: 'largest', categories: { hand: 'ignore' }, crowd: 'use', empty: 'use' });
    expect([await boxOf('a1'), await boxOf('a2'), await boxOf('a3')]).toEqual([24, 24 * 17, 0]);
    await expect(takeIn(rig.app, source, { several: 'stop' })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

test('what was looked at over a connection that is gone by now is still taken in', async () => {
  await writeCoco(['a1.jpg'], [{ image: 1, category: 1, box: [0, 0, 6, 4] }]);
  const { maskImports } = rig.app.services;
  // As handlers do (untilGone): what a call was given ends with it.
  const call = new AbortController();
  let inspectionId: string | null = null;
  for await (const step of maskImports.inspect({ source, format: 'auto' }, call.signal)) if (step.kind === 'preview') ({ inspectionId } = step.preview);
  call.abort();
  const steps: string[] = [];
  for await (const { kind } of maskImports.apply(present(inspectionId, 'the inspection'), {})) steps.push(kind);
  expect(steps.at(-1)).toBe('finished');
  expect(await boxOf('a1')).toBe(24);
});

test('broken files are an error with their place, and leave nothing', async () => {
  const before = await headMasks(rig.app);
  await writeMask('a1.png', fullMask(24, 17));
  await writeMask('a2.png', oddMask(3, 24, 17));
  const bytes = await readFile(join(source, 'a2.png'));
  await writeFile(join(source, 'a2.png'), bytes.subarray(0, bytes.length - 20));
  expect((await look(rig.app, source)).outcome.stops).toEqual([{ decision: 'broken', sentence: expect.stringMatching(/^1 part of it is broken \(a2\.png: /) as string }]);
  await expect(takeIn(rig.app, source)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await headMasks(rig.app)).toEqual(before);
  await writeFile(join(source, 'a2.png'), bytes);
  const { inspectionId } = await look(rig.app, source);
  await rm(join(source, 'a2.png'));
  const run = async (): Promise<void> => {
    for await (const step of rig.app.services.maskImports.apply(inspectionId, {})) expect(step.kind).toBe('progress');
  };
  await expect(run()).rejects.toMatchObject({ code: 'file_unreadable' });
  expect(await headMasks(rig.app)).toEqual(before);
});

test('cancelled before its transaction it leaves the store as it was', async () => {
  const before = await headMasks(rig.app);
  await writeMask('a1.png', fullMask(24, 17));
  await writeMask('a2.png', fullMask(24, 17));
  const { inspectionId } = await look(rig.app, source);
  const stop = new AbortController();
  const run = async (): Promise<void> => {
    for await (const step of rig.app.services.maskImports.apply(inspectionId, {}, stop.signal)) if (step.kind === 'progress' && step.done === 1) stop.abort();
  };
  await expect(run()).rejects.toMatchObject({ kind: 'cancelled' });
  expect(await headMasks(rig.app)).toEqual(before);
});

describe('into another store', () => {
  let other: App;
  beforeEach(async () => {
    other = await openStore(join(rig.folder, 'other'));
  });
  afterEach(() => other.close());

  test('an export with its photos makes the same assets, products and keyframes with them', async () => {
    const frames = await ExportRig.make([{ id: 'f/1 ü', mask: oddMask(4), videoId: 'v 1' }, { id: 'p', mask: emptyBitmap(5, 7) }]);
    try {
      await frames.export('out.zip', { withPhotos: true });
      expect(await takeIn(other, join(frames.folder, 'out.zip'), { unknown: 'add' })).toMatchObject({ imported: 2, becameHead: 2, added: 2 });
      expect(await headMasks(other)).toEqual(await headMasks(frames.app));
      const { assets } = other.services.store;
      const frame = await assets.get({ kind: 'keyframe', id: asId<AssetId>('f/1 ü') });
      const original = await frames.app.services.store.assets.get({ kind: 'keyframe', id: asId<AssetId>('f/1 ü') });
      expect(frame).toMatchObject({ videoId: 'v 1', timestampS: original?.timestampS, jobIds: ['job'] });
      expect((await assets.get(imageOf('p')))?.productId).toBe('product of p');
    } finally {
      await frames.dispose();
    }
  });

  test('photos without a manifest become products of their own, in a job named after the source', async () => {
    await writeMask('masks/bag.png', fullMask(24, 17));
    await mkdir(join(source, 'images'));
    await writeFile(join(source, 'images/bag.png'), await rig.app.codec.encodeMatte(24, 17, new Uint8Array(24 * 17)));
    expect(await takeIn(other, source, { unknown: 'add' })).toMatchObject({ imported: 1, added: 1 });
    expect(await other.services.store.assets.get(imageOf('bag'))).toMatchObject({ productId: 'bag', jobIds: ['import-source'], state: 'to_review' });
  });
});
