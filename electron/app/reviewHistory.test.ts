import { afterEach, beforeEach, expect, test } from 'vitest';
import { present } from '../../shared/errors/errors.ts';
import { asId, type CommentId, type RevisionId } from '../../shared/domain/ids.ts';
import type { AppEvent } from '../../shared/contracts/rpc/app.ts';
import { frame, image, heightPx, ReviewedStore, widthPx } from './testing/reviewedStore.ts';

/** Comparison, kept edits and comments through the app's own services, on a real store. */
let store: ReviewedStore;
beforeEach(async () => {
  store = await ReviewedStore.make();
});
afterEach(() => store.dispose());

const headOf = async (): Promise<RevisionId> => present(await store.headOf(image), 'a head');

test('two versions are compared pixel for pixel, both ways', async () => {
  await store.approveRows(image, 10);
  const ten = await headOf();
  await store.approveRows(image, 4);
  const four = await headOf();
  const { comparison } = store.app.services;
  expect(await comparison.compare(ten, four)).toEqual({ iou: 0.4, addedPx: 0, removedPx: 6 * widthPx, areaA: 10 * widthPx, areaB: 4 * widthPx });
  expect(await comparison.compare(four, ten)).toEqual({ iou: 0.4, addedPx: 6 * widthPx, removedPx: 0, areaA: 4 * widthPx, areaB: 10 * widthPx });
  expect((await comparison.compare(ten, ten)).iou).toBe(1);
  await expect(comparison.compare(ten, asId('none'))).rejects.toMatchObject({ code: 'not_found' });
});

test('what a revision has in common with the one before is measured once, kept and told', async () => {
  await store.approveRows(image, 10);
  await store.approveRows(image, 5);
  const { services } = store.app;
  const told = new Promise<AppEvent>((resolve) => {
    const stop = services.events.listen((event) => {
      if (event.kind !== 'assetsChanged') return;
      stop();
      resolve(event);
    });
  });
  const revisions = await services.store.revisions.ofAsset(image);
  expect(revisions.map(({ iouToParent }) => iouToParent)).toEqual([null, null]);
  services.comparison.measureLater(revisions);
  expect(await told).toEqual({ kind: 'assetsChanged', assets: [image] });
  await store.reopen();
  expect((await store.app.services.store.revisions.ofAsset(image)).map(({ iouToParent }) => iouToParent)).toEqual([0.5, null]);
});

test('a version that can not be read leaves the others measured', async () => {
  await store.approveRows(image, 10);
  const lost = await store.approveRows(image, 5);
  await store.approveRows(image, 6);
  await store.approveRows(image, 3);
  const { services, blobs } = store.app;
  await blobs.remove(`data/maskdesk/masks/${lost.slice(0, 2)}/${lost}.png`);
  const told = new Promise((resolve) => services.events.listen(resolve));
  services.comparison.measureLater(await services.store.revisions.ofAsset(image));
  await told;
  expect((await services.store.revisions.ofAsset(image)).map(({ iouToParent }) => iouToParent)).toEqual([0.5, null, null, null]);
});

test('an unfinished edit is kept as a version beside the head, and choosing another one can be taken back', async () => {
  await store.approveRows(image, 10);
  const first = await headOf();
  await store.approveRows(image, 5);
  const second = await headOf();
  const { review, store: data } = store.app.services;
  const kept = await review.keepVersion({ asset: image, expectedHead: second, maskSha256: await store.uploadRows(image, 7) });
  expect(kept).toMatchObject({ becameHead: false, revision: { origin: 'human', author: 'ana', parentId: second } });
  expect(await headOf()).toBe(second);
  await data.revisions.moveHead(image, first, second, 'ana');
  expect(await data.assets.get(image)).toMatchObject({ headRevisionId: first, state: 'to_review' });
  await data.revisions.undoMove(image, 'ana');
  expect(await data.assets.get(image)).toMatchObject({ headRevisionId: second, state: 'approved' });
  await store.app.publisher.drain();
  expect((await store.stableOf(image)).path).not.toBeNull();
});

test('a comment is about its own picture: a place within it, a version of it', async () => {
  await store.approveRows(image, 10);
  const { comments } = store.app.services;
  const add = (pointImagePx: { xPx: number; yPx: number } | null, revisionId: RevisionId | null, asset = image) => comments.add({ asset, revisionId, pointImagePx, text: 'here' });
  await expect(add({ xPx: widthPx + 1, yPx: 1 }, null)).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(add({ xPx: 1, yPx: heightPx + 0.5 }, null)).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(add({ xPx: -1, yPx: 1 }, null)).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(add(null, asId('nothing'))).rejects.toMatchObject({ code: 'not_found' });
  await expect(add(null, await headOf(), frame)).rejects.toMatchObject({ code: 'not_found' });
  await expect(add(null, null, { kind: 'keyframe', id: asId('nobody') })).rejects.toMatchObject({ code: 'not_found' });
  expect(await comments.list(frame)).toEqual([]);
  expect(await add({ xPx: widthPx, yPx: heightPx }, await headOf())).toMatchObject([{ text: 'here' }]);
});

test('comments are trimmed, refused when empty or too long, and told to every window', async () => {
  const { comments, events } = store.app.services;
  const heard: AppEvent[] = [];
  events.listen((event) => heard.push(event));
  const place = { xPx: 12.5, yPx: 3 };
  const [added] = await comments.add({ asset: frame, revisionId: null, pointImagePx: place, text: '  a shadow \n' });
  expect(added).toMatchObject({ author: 'ana', text: 'a shadow', pointImagePx: place, resolvedAtMs: null });
  expect(heard).toEqual([{ kind: 'assetsChanged', assets: [frame] }]);
  const { commentId } = present(added, 'the comment');
  await expect(comments.add({ asset: frame, revisionId: null, pointImagePx: null, text: ' \n ' })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(comments.edit(commentId, 'x'.repeat(4001))).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await comments.resolve(commentId, true)).toMatchObject([{ resolvedBy: 'ana' }]);
  expect(await comments.remove(commentId)).toEqual([]);
  await expect(comments.remove(asId<CommentId>('none'))).rejects.toMatchObject({ code: 'not_found' });
});
