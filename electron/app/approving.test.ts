import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReviewedStore, frame, heightPx, image, imageStablePath, widthPx } from './testing/reviewedStore.ts';
import { asId, type RevisionId } from '../../shared/domain/ids.ts';
import { encodeMatte, matteOfPixels } from '../../shared/edits/matte.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';

let store: ReviewedStore;
beforeEach(async () => {
  store = await ReviewedStore.make();
});
afterEach(() => store.dispose());

describe('approving', () => {
  test('puts the PNG at its stable path, sets the path and sends one event', async () => {
    const maskSha256 = await store.approveRows(image, 3);
    expect(await store.stableOf(image)).toEqual({ path: imageStablePath, sha256: maskSha256 });
    const png = await readFile(join(store.storeDir, imageStablePath));
    // IHDR: width, height, 8 bits, greyscale
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]).toEqual([widthPx, heightPx, 8, 0]);
    const mask = await store.app.codec.decodeMask(png);
    expect(mask.data.filter((value) => value === 255).length).toBe(3 * widthPx);
    expect(await store.eventsFile()).toMatchObject([{ job_id: 'job a', image_id: image.id, mask_path: imageStablePath, _metadata: { topic: 'products.image.masked' } }]);
  });

  test('a keyframe sends one event for each job of its video', async () => {
    await store.approveRows(frame, 2);
    const events = await store.eventsFile();
    expect(events.map((event) => event['job_id']).sort()).toEqual(['job a', 'job b']);
    expect(new Set(events.map((event) => event['event_id'])).size).toBe(2);
    expect(events[0]).toMatchObject({ video_id: 'v', frames: [{ frame_id: 'frame 1', ts: 1.5, mask_path: 'data/masks/frames/frame%201.png' }] });
  });

  test('a head that moved meanwhile is refused and nothing is written', async () => {
    const first = await store.approveRows(image, 3);
    const eventsBefore = await store.eventsFile();
    const stale = asId<RevisionId>('00000000-0000-4000-8000-000000000000');
    await expect(store.app.services.review.approve({ asset: image, expectedHead: stale, maskSha256: null })).rejects.toMatchObject({ code: 'stale_revision' });
    await store.app.publisher.drain();
    expect(await store.stableOf(image)).toMatchObject({ sha256: first });
    expect(await store.eventsFile()).toEqual(eventsBefore);
  });

  test('soft coverage is kept beside the draft and then beside the approved mask', async () => {
    const { pixels, review } = store.app.services;
    const mask = emptyBitmap(widthPx, heightPx);
    mask.data.fill(255, 0, widthPx);
    const alpha = mask.data.map((value, at) => (value === 0 ? 0 : 200 + (at % 50)));
    const sent = encodeMatte(matteOfPixels(widthPx, heightPx, alpha));
    const { matteSha256 } = await pixels.uploadMatte(image, sent);
    expect(await pixels.matteTiles(matteSha256)).toEqual(sent);
    const { maskSha256 } = await pixels.uploadMask(image, encodeRle(mask));
    const mattes = { applied: 1, mattes: [{ step: 1, matteSha256, madeSha256: maskSha256 }] };
    await pixels.saveDraft(image, null, encodeRle(mask), { mattes });
    expect(await pixels.draft(image)).toMatchObject({ mattes });
    const { head } = await review.approve({ asset: image, expectedHead: null, maskSha256, matteSha256 });
    expect(head).toMatchObject({ maskSha256, matteSha256 });
    // The same mask with another soft edge is another version; without one nothing is new.
    const again = await review.approve({ asset: image, expectedHead: head?.revisionId ?? null, maskSha256 });
    expect(again.head?.revisionId).toBe(head?.revisionId);
    const softer = (await pixels.uploadMatte(image, encodeMatte(matteOfPixels(widthPx, heightPx, alpha.map((value) => value >> 1))))).matteSha256;
    const third = await review.approve({ asset: image, expectedHead: head?.revisionId ?? null, maskSha256, matteSha256: softer });
    expect(third.head).toMatchObject({ maskSha256, matteSha256: softer });
    await expect(pixels.uploadMatte(image, encodeMatte(matteOfPixels(1, 1, Uint8Array.of(9))))).rejects.toMatchObject({ code: 'mask_size_mismatch' });
  });

  test('a mask of another size is refused', async () => {
    await expect(store.app.services.pixels.uploadMask(image, encodeRle(emptyBitmap(heightPx, widthPx)))).rejects.toMatchObject({ code: 'mask_size_mismatch' });
  });

  test('undo goes back to the approval before with a new event, and with none left takes path and file away', async () => {
    const first = await store.approveRows(image, 3);
    await store.approveRows(image, 5);
    await store.app.services.review.undo({});
    await store.app.publisher.drain();
    expect(await store.stableOf(image)).toMatchObject({ sha256: first });
    const events = await store.eventsFile();
    expect(new Set(events.map((event) => event['event_id'])).size).toBe(3);
    await store.app.services.review.undo({});
    await store.app.publisher.drain();
    expect(await store.stableOf(image)).toEqual({ path: null, sha256: null });
    expect(await store.app.blobs.has(imageStablePath)).toBe(false);
    expect(await store.eventsFile()).toHaveLength(3);
    await expect(store.app.services.review.undo({})).rejects.toMatchObject({ code: 'nothing_to_undo' });
  });

  test('rejecting something published withdraws it, and undoing that publishes it again', async () => {
    const maskSha256 = await store.approveRows(frame, 4);
    const head = (await store.app.services.store.assets.get(frame))?.headRevisionId ?? null;
    const rejected = await store.app.services.review.reject({ asset: frame, expectedHead: head, reason: 'holes', note: null });
    await store.app.publisher.drain();
    expect(rejected.asset.state).toBe('rejected');
    expect(await store.stableOf(frame)).toEqual({ path: null, sha256: null });
    const undone = await store.app.services.review.undo({});
    await store.app.publisher.drain();
    expect(undone.asset.state).toBe('approved');
    expect(await store.stableOf(frame)).toMatchObject({ sha256: maskSha256 });
  });

  test('a head whose mask is gone or rotten can not be approved, and nothing is written', async () => {
    const maskSha256 = await store.approveRows(image, 3);
    await store.approveRows(frame, 5);
    const { review } = store.app.services;
    const head = await store.headOf(image);
    await review.reject({ asset: image, expectedHead: head, reason: 'holes', note: null });
    const verdicts = await store.app.services.store.review.verdictsOf(image);
    await writeFile(store.blobFile(maskSha256), 'rotten');
    await expect(review.approve({ asset: image, expectedHead: head, maskSha256: null })).rejects.toMatchObject({ code: 'blob_corrupt' });
    await expect(review.approve({ asset: image, expectedHead: head, maskSha256 })).rejects.toMatchObject({ code: 'blob_corrupt' });
    await rm(store.blobFile(maskSha256));
    await expect(review.approve({ asset: image, expectedHead: head, maskSha256: null })).rejects.toMatchObject({ code: 'blob_missing' });
    // A newer head is the first thing to say: whether the old one can be read is no longer of interest.
    await expect(review.approve({ asset: image, expectedHead: await store.headOf(frame), maskSha256: null })).rejects.toMatchObject({ code: 'stale_revision' });
    expect(await store.app.services.store.review.verdictsOf(image)).toEqual(verdicts);
  });
});
