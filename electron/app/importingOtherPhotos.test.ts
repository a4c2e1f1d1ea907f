import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asId } from '../../shared/domain/ids.ts';
import { encodeJpeg } from '../imaging/index.ts';
import type { App } from './createApp.ts';
import { ExportRig, oddMask, type RigMask } from './testing/exportRig.ts';
import { headMasks, look, openStore, takeIn } from './testing/maskImports.ts';

let folder: string;
const opened: { dispose(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-other-photos-'));
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.dispose();
  await rm(folder, { recursive: true });
});

const rigOf = async (masks: readonly RigMask[]): Promise<ExportRig> => {
  const rig = await ExportRig.make(masks);
  opened.push(rig);
  return rig;
};
const freshStore = async (): Promise<App> => {
  const app = await openStore(join(folder, 'fresh'));
  opened.push({ dispose: () => app.close() });
  return app;
};

/** A JPEG of one shade of its own, with an EXIF orientation. */
const jpegOf = async (widthPx: number, heightPx: number, shade: number, orientation = 1): Promise<Uint8Array> => {
  const jpeg = Buffer.from(await encodeJpeg({ widthPx, heightPx, data: new Uint8Array(widthPx * heightPx * 3).map((_, at) => (at * shade) % 251) }, 90));
  // APP1 with one tag.
  const exif = Buffer.from(`ffe100224578696600004d4d002a0000000800010112000300000001000${orientation}000000000000`, 'hex');
  return new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]));
};

describe('an export of a store whose photos are others under the same ids', () => {
  test('is not taken in silently: it says so, with the sizes, and a person decides', async () => {
    const here = await rigOf([1, 2, 3].map((number) => ({ id: `${number}`, mask: oddMask(number, 24, 17) })));
    const there = await rigOf([
      { id: '1', mask: oddMask(7, 24, 17), photo: await jpegOf(24, 17, 3) },
      { id: '2', mask: oddMask(8, 30, 20), photo: await jpegOf(30, 20, 5) },
      // The very same photo.
      { id: '3', mask: oddMask(9, 24, 17) },
    ]);
    await there.export('out', { withPhotos: true });
    await there.export('coco.zip', { withPhotos: true, format: 'coco' });
    const source = join(there.folder, 'out');
    const preview = await look(here.app, source);
    expect(preview.otherPhoto).toMatchObject({
      count: 2,
      examples: [
        { asset: { id: '1' }, photoWidthPx: 24, photoHeightPx: 17, exportedWidthPx: 24, exportedHeightPx: 17 },
        { asset: { id: '2' }, photoWidthPx: 24, photoHeightPx: 17, exportedWidthPx: 30, exportedHeightPx: 20 },
      ],
    });
    expect(preview.outcome.stops.map(({ decision, sentence }) => [decision, sentence])).toContainEqual(['otherPhoto', expect.stringMatching(/^For 2 images of this export another photo has the id here/)]);
    expect((await look(here.app, join(there.folder, 'coco.zip'))).otherPhoto.count).toBe(2);
    const before = await headMasks(here.app);
    await expect(takeIn(here.app, source)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await headMasks(here.app)).toEqual(before);

    expect(await takeIn(here.app, source, { otherPhoto: 'skip' })).toMatchObject({ imported: 1, skipped: [{ reason: 'otherPhoto', count: 2 }] });
    expect((await headMasks(here.app)).get('1')).toEqual(before.get('1'));
    expect((await headMasks(here.app)).get('3')).toEqual(oddMask(9, 24, 17));
    expect(await takeIn(here.app, source, { otherPhoto: 'use', otherSize: 'resize' })).toMatchObject({ imported: 2, same: 1 });
  });

  test('what a person chose is theirs to know; a photo that can’t be read is judged by nobody', async () => {
    const here = await rigOf([1, 2].map((number) => ({ id: `${number}`, mask: oddMask(number, 24, 17) })));
    const there = await rigOf(await Promise.all([1, 2].map(async (number) => ({ id: `${number}`, mask: oddMask(number + 5, 24, 17), photo: await jpegOf(24, 17, number + 2) }))));
    await there.export('out', { withPhotos: true });
    const { localPath } = (await here.app.services.store.assets.get({ kind: 'product_image', id: asId('2') })) ?? { localPath: '' };
    await here.app.blobs.remove(here.app.blobs.keyOfPath(localPath));
    const source = join(there.folder, 'out');
    expect((await look(here.app, source)).otherPhoto).toMatchObject({ count: 1, examples: [{ asset: { id: '1' } }] });
    expect((await look(here.app, source, { chosen: { '0': { kind: 'product_image', id: asId('1') } } })).otherPhoto.count).toBe(0);
  });
});

describe('no false alarm', () => {
  const masks = async (): Promise<RigMask[]> => [
    { id: 'plain', mask: oddMask(1, 24, 17) },
    // Stored lying, and 17 x 24 once it is turned upright: every way out or in writes it anew.
    { id: 'turned', mask: oddMask(2, 17, 24), photo: await jpegOf(24, 17, 3, 6), path: 'turned.jpg' },
  ];

  for (const withPhotos of [true, false]) {
    test(`${withPhotos ? 'with' : 'without'} photos into the very store that it came from`, async () => {
      const rig = await rigOf(await masks());
      await rig.export('out', { withPhotos });
      expect(await look(rig.app, join(rig.folder, 'out'))).toMatchObject({ matched: { count: 2 }, otherPhoto: { count: 0 }, outcome: { same: 2, stops: [] } });
    });
  }

  test('into a store that its photos were added to, again, and back from there', async () => {
    const rig = await rigOf(await masks());
    await rig.export('out', { withPhotos: true });
    await rig.export('out.zip', { withPhotos: true, format: 'coco' });
    const fresh = await freshStore();
    expect(await takeIn(fresh, join(rig.folder, 'out'), { unknown: 'add' })).toMatchObject({ imported: 2, added: 2 });
    for (const again of ['out', 'out.zip']) expect(await look(fresh, join(rig.folder, again))).toMatchObject({ matched: { count: 2 }, otherPhoto: { count: 0 }, outcome: { same: 2, stops: [] } });

    const sets = fresh.services.sets;
    const set = await sets.save({ name: 'back', filter: { states: ['to_review'] } });
    const snapshot = await sets.freeze(set.setId);
    const back = join(folder, 'back');
    for await (const _ of fresh.services.exports.run({ ...rig.request('back', { withPhotos: true, snapshotId: snapshot.snapshotId }), target: { kind: 'folder', path: back } })) void _;
    expect(await look(rig.app, back)).toMatchObject({ matched: { count: 2 }, otherPhoto: { count: 0 }, outcome: { same: 2, stops: [] } });
  });
});
