import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import { asId, type AssetId, type Sha256 } from '../../shared/domain/ids.ts';
import type { SomeDecisions } from '../../shared/domain/importDecisions.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import { ExportRig, fullMask, oddMask } from './testing/exportRig.ts';
import type { IncomingPicture } from '../../shared/contracts/rpc/maskImports.ts';
import { headMasks, look, takeIn } from './testing/maskImports.ts';

let rig: ExportRig;
let source: string;

beforeEach(async () => {
  rig = await ExportRig.make([1, 2, 3].map((number) => ({ id: `a${number}`, mask: oddMask(number, 24, 17) })));
  source = join(rig.folder, 'source');
  await mkdir(source);
});
afterEach(() => rig.dispose());

const writeMask = async (name: string, mask: Bitmap): Promise<void> => writeFile(join(source, name), await rig.app.codec.encodeMask(mask));

/** What the preview says of these decisions, beside what the import then does. */
const bothSay = async (decisions: SomeDecisions = {}): Promise<void> => {
  const { outcome } = await look(rig.app, source, decisions);
  const { imported, becameHead, same, added, skipped } = await takeIn(rig.app, source, decisions);
  expect({ masks: outcome.masks, beside: outcome.beside, same: outcome.same, added: outcome.added, skipped: outcome.skipped }).toEqual({ masks: imported, beside: imported - becameHead, same, added, skipped });
};

test('masks that are there already are told before, as the import will tell them', async () => {
  const standing = await headMasks(rig.app);
  for (const [id, mask] of standing) if (mask !== null && id !== 'a3') await writeMask(`${id}.png`, mask);
  await writeMask('a3.png', fullMask(24, 17));
  const preview = await look(rig.app, source);
  expect(preview.same).toMatchObject({ count: 2, examples: [{ asset: { id: 'a1' } }, { asset: { id: 'a2' } }] });
  expect(preview.outcome).toMatchObject({ masks: 1, same: 2 });
  await bothSay();
  expect((await look(rig.app, source)).outcome).toMatchObject({ masks: 0, same: 3, beside: 0 });
});

test('one that waits beside a person’s work already is no news either; another decision is counted anew', async () => {
  const { review, store } = rig.app.services;
  const asset = { kind: 'product_image' as const, id: asId<AssetId>('a1') };
  await review.approve({ asset, expectedHead: (await store.assets.get(asset))?.headRevisionId ?? null, maskSha256: null });
  await writeMask('a1.png', fullMask(24, 17));
  await bothSay();
  const { inspectionId, outcome } = await look(rig.app, source);
  expect(outcome).toMatchObject({ masks: 0, same: 1, beside: 0 });
  expect((await rig.app.services.maskImports.preview(inspectionId, { workedOn: 'skip' })).outcome).toMatchObject({ masks: 0, same: 0, skipped: [{ reason: 'workedOn', count: 1 }] });
  await bothSay();
});

test('the photo that is chosen for an image decides whether its mask is news', async () => {
  await rig.dispose();
  const mask = oddMask(1, 24, 17);
  rig = await ExportRig.make([
    { id: 'x_front', mask, path: 'x/front.png' },
    { id: 'y_front', mask: { ...mask, data: mask.data.toReversed() }, path: 'y/front.png' },
  ]);
  source = join(rig.folder, 'source');
  await mkdir(source);
  await writeMask('front.png', mask);
  const { inspectionId, unclear } = await look(rig.app, source);
  expect(unclear.count).toBe(1);
  const told = async (id: string): Promise<readonly number[]> => {
    const { masks, same } = (await rig.app.services.maskImports.preview(inspectionId, { chosen: { '0': { kind: 'product_image', id: asId<AssetId>(id) } } })).outcome;
    return [masks, same];
  };
  expect([await told('x_front'), await told('y_front'), await told('x_front')]).toEqual([[0, 1], [1, 0], [0, 1]]);
});

test('a preview that is given up ends, and leaves that of the decision after it as it is', async () => {
  for (const [id, mask] of await headMasks(rig.app)) if (mask !== null) await writeMask(`${id}.png`, mask);
  await writeMask('nobody.png', fullMask(24, 17));
  const { maskImports } = rig.app.services;
  const { inspectionId, samples } = await look(rig.app, source);
  const stop = new AbortController();
  const givenUp = maskImports.preview(inspectionId, { match: ['name'] }, stop.signal);
  stop.abort();
  const after = maskImports.preview(inspectionId, { unknown: 'skip' });
  await expect(givenUp).rejects.toMatchObject({ kind: 'cancelled' });
  expect(await after).toMatchObject({ outcome: { masks: 0, same: 3, skipped: [{ reason: 'unknown', count: 1 }] }, samples });
});

test('resized ones are compared as they would come in', async () => {
  await writeMask('a1.png', fullMask(12, 9));
  await writeMask('a2.png', oddMask(9, 48, 34));
  await bothSay({ otherSize: 'resize' });
  expect((await look(rig.app, source, { otherSize: 'resize' })).outcome).toMatchObject({ masks: 0, same: 2, resized: 0 });
  await bothSay({ otherSize: 'resize' });
});

test('what is open of one image is asked at once', async () => {
  const box = (left: number): number[][] => [[left, 1, left + 3, 1, left + 3, 4, left, 4]];
  await writeFile(
    join(source, 'instances.json'),
    JSON.stringify({
      images: [{ id: 1, file_name: 'a1.jpg', width: 12, height: 8 }],
      categories: [{ id: 1, name: 'shoe' }],
      annotations: [1, 6].map((left, index) => ({ id: index + 1, image_id: 1, category_id: 1, iscrowd: 0, segmentation: box(left) })),
    }),
  );
  const { outcome } = await look(rig.app, source, { several: 'stop' });
  expect(outcome.stops.map(({ decision }) => decision)).toEqual(['several', 'otherSize']);
});

const pictures = async (inspectionId: string, signal?: AbortSignal): Promise<readonly IncomingPicture[]> => {
  const told: IncomingPicture[] = [];
  for await (const picture of rig.app.services.maskImports.pictures(inspectionId, signal)) told.push(picture);
  return told;
};

test('masks are shown over their photos before they come in, with how they lie beside those that are there', async () => {
  const half = fullMask(24, 17);
  half.data.fill(0, 24 * 9);
  await writeMask('a1.png', half);
  await writeMask('a2.png', fullMask(12, 9));
  await writeMask('who.png', fullMask(24, 17));
  const { maskImports } = rig.app.services;
  const preview = await look(rig.app, source);
  // Open ones are shown as they would lie; one of no photo can't be.
  expect(preview.samples).toMatchObject([
    { image: 0, file: 'a1.png', asset: { id: 'a1' }, isAdded: false, photoWidthPx: 24, maskWidthPx: 24 },
    { image: 1, file: 'a2.png', maskWidthPx: 12, maskHeightPx: 9, photoWidthPx: 24, photoHeightPx: 17 },
  ]);
  const made = await pictures(preview.inspectionId);
  const standing = (await headMasks(rig.app)).get('a1');
  const inBoth = standing?.data.reduce((sum, value, index) => sum + (value & (half.data[index] ?? 0)) / 255, 0) ?? 0;
  const inEither = standing?.data.reduce((sum, value, index) => sum + (value | (half.data[index] ?? 0)) / 255, 0) ?? 0;
  expect(made.map(({ image, trouble }) => [image, trouble])).toEqual([[0, null], [1, null]]);
  expect(made[0]?.iou).toBeCloseTo(inBoth / inEither, 10);
  const pictureId = made[0]?.pictureId ?? '';
  const small = maskImports.picture(preview.inspectionId, pictureId, 'small');
  expect(await rig.app.codec.probe(small ?? new Uint8Array())).toMatchObject({ format: 'webp', widthPx: 24, heightPx: 17 });
  expect(maskImports.picture(preview.inspectionId, pictureId, 'large')).not.toEqual(small);
  // Decided otherwise and back, what is made already is not made again; and a stop ends it.
  await maskImports.preview(preview.inspectionId, { otherSize: 'resize' });
  expect(await pictures(preview.inspectionId)).toEqual(made);
  await maskImports.preview(preview.inspectionId, { otherSize: 'skip' });
  expect((await pictures(preview.inspectionId)).map(({ image }) => image)).toEqual([0]);
  const other = await look(rig.app, source);
  await expect(pictures(other.inspectionId, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
  await maskImports.forget(preview.inspectionId);
  expect(maskImports.picture(preview.inspectionId, pictureId, 'small')).toBeNull();
});

test('of a mask that is there and can’t be read it is not said that there is none', async () => {
  const { store } = rig.app.services;
  const head = (await store.assets.get({ kind: 'product_image', id: asId<AssetId>('a1') }))?.headRevisionId ?? null;
  const revision = head === null ? null : await store.revisions.get(head);
  await rig.app.blobs.remove(maskBlobKey(revision?.maskSha256 ?? asId<Sha256>('')));
  await writeMask('a1.png', fullMask(24, 17));
  const { inspectionId } = await look(rig.app, source);
  expect(await pictures(inspectionId)).toMatchObject([{ image: 0, iou: null, present: 'unreadable', trouble: null }]);
});
