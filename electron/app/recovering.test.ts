import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ReviewedStore, frame, image, imageStablePath } from './testing/reviewedStore.ts';

let store: ReviewedStore;
beforeEach(async () => {
  store = await ReviewedStore.make();
});
afterEach(() => store.dispose());

/** An approval whose mask rots before it was published. */
const approveDamaged = async (): Promise<void> => {
  const maskSha256 = await store.uploadRows(image, 7);
  await writeFile(store.blobFile(maskSha256), 'damaged');
  await store.app.services.review.approve({ asset: image, expectedHead: await store.headOf(image), maskSha256 });
};

describe('what a crash or a careless hand leaves', () => {
  test('an acknowledged approval that was not published is published at the next start', async () => {
    const maskSha256 = await store.uploadRows(image, 5);
    await store.app.publisher.dispose(); // as if the process had died right after the acknowledgement
    await store.app.services.review.approve({ asset: image, expectedHead: null, maskSha256 });
    expect(await store.stableOf(image)).toEqual({ path: null, sha256: null });
    await store.reopen();
    expect(await store.app.replay()).toMatchObject({ published: 1, delivered: 1, problems: [] });
    expect(await store.stableOf(image)).toMatchObject({ sha256: maskSha256 });
  });

  test('recover mends a stable file that was changed, and a revision blob that was lost', async () => {
    const maskSha256 = await store.approveRows(image, 3);
    const { path } = await store.stableOf(image);
    await writeFile(join(store.storeDir, String(path)), 'not a mask');
    expect(await store.app.recover()).toMatchObject({ repaired: [path], lost: [] });
    expect(await store.stableOf(image)).toMatchObject({ sha256: maskSha256 });
    const blobKey = `data/maskdesk/masks/${maskSha256.slice(0, 2)}/${maskSha256}.png`;
    await store.app.blobs.remove(blobKey);
    expect(await store.app.recover()).toMatchObject({ blobsRestored: [blobKey], lost: [] });
    expect(await store.app.blobs.sha256(blobKey)).toBe(maskSha256);
    await store.app.blobs.remove(blobKey);
    await writeFile(join(store.storeDir, String(path)), 'not a mask');
    expect((await store.app.recover()).lost).toEqual([path, blobKey]);
  });

  test('a damaged revision blob is not published: it stays pending with a sentence', async () => {
    await store.approveRows(image, 3);
    const before = await store.stableOf(image);
    await approveDamaged();
    const report = await store.app.publisher.drain();
    expect(report.problems.join()).toContain('damaged');
    expect(await store.app.services.store.publications.pendingCount()).toBe(1);
    expect(await store.stableOf(image)).toEqual(before);
  });

  test('an approval that can never be published gives way to a newer one, and says that its event is not sent', async () => {
    await approveDamaged();
    const notices: string[] = [];
    store.app.services.events.listen((event) => void (event.kind === 'notice' && notices.push(event.message)));
    const newer = await store.uploadRows(image, 9);
    await store.app.services.review.approve({ asset: image, expectedHead: await store.headOf(image), maskSha256: newer });
    // The background's drain and this one take turns: whichever comes first tells.
    await store.app.publisher.drain();
    expect(await store.app.services.store.publications.pendingCount()).toBe(0);
    expect(await store.stableOf(image)).toEqual({ path: imageStablePath, sha256: newer });
    expect(await store.eventsFile()).toHaveLength(1);
    expect(notices.filter((notice) => notice.includes('gave way to a newer decision'))).toHaveLength(1);
  });

  test('an approval that can never be published does not keep its asset from being rejected', async () => {
    const good = await store.approveRows(image, 3);
    await approveDamaged();
    const expectedHead = await store.headOf(image);
    await store.app.services.review.reject({ asset: image, expectedHead, reason: 'holes', note: null });
    await store.app.publisher.drain();
    expect(await store.app.services.store.publications.pendingCount()).toBe(0);
    expect(await store.stableOf(image)).toEqual({ path: imageStablePath, sha256: good });
  });

  test('recover writes a path that somebody cleared, and goes on past a folder in the place of a mask', async () => {
    await store.approveRows(image, 3);
    await store.approveRows(frame, 3);
    const { path } = await store.stableOf(frame);
    store.changeDatabase('update product_images set masked_local_path = null; update video_frames set masked_local_path = null');
    await rm(join(store.storeDir, imageStablePath));
    await mkdir(join(store.storeDir, imageStablePath));
    const report = await store.app.recover();
    expect(report).toMatchObject({ standingChecked: 2, pathsRestored: [path], repaired: [], lost: [] });
    expect(report.problems).toEqual([expect.stringContaining('is a folder')]);
    expect((await store.stableOf(image)).path).toBeNull();
    expect((await store.stableOf(frame)).path).toBe(path);

    await rm(join(store.storeDir, imageStablePath), { recursive: true });
    expect(await store.app.recover()).toMatchObject({ pathsRestored: [imageStablePath], repaired: [imageStablePath], problems: [], lost: [] });
    expect(await store.app.recover()).toMatchObject({ pathsRestored: [], repaired: [], problems: [] });
  });

  test('recover leaves a withdrawn mask withdrawn while its file can not be removed', async () => {
    await store.approveRows(image, 3);
    await rm(join(store.storeDir, imageStablePath));
    await mkdir(join(store.storeDir, imageStablePath));
    await store.app.services.review.reject({ asset: image, expectedHead: await store.headOf(image), reason: 'holes', note: null });
    expect((await store.app.recover()).problems).toHaveLength(1);
    expect((await store.stableOf(image)).path).toBeNull();
    await rm(join(store.storeDir, imageStablePath), { recursive: true });
    expect(await store.app.recover()).toMatchObject({ published: 1, repaired: [], pathsRestored: [], problems: [] });
    expect(await store.app.blobs.has(imageStablePath)).toBe(false);
  });

  test('publishing goes on by itself once a store that failed works again', { timeout: 60_000 }, async () => {
    const maskSha256 = await store.uploadRows(image, 4);
    store.changeDatabase('alter table maskdesk_outbox rename to hidden');
    const notices: string[] = [];
    store.app.services.events.listen((event) => void (event.kind === 'notice' && notices.push(event.message)));
    await store.app.services.review.approve({ asset: image, expectedHead: null, maskSha256 });
    await vi.waitFor(() => expect(notices.join()).toContain('tried again'), { timeout: 20_000 });
    store.changeDatabase('alter table hidden rename to maskdesk_outbox');
    await vi.waitFor(async () => expect(await store.eventsFile()).toHaveLength(1), { timeout: 20_000 });
    expect(await store.stableOf(image)).toMatchObject({ sha256: maskSha256 });
  });
});
