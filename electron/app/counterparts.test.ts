import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256Hex } from '../base/hash.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId, type JobId, type ProductId, type VideoId } from '../../shared/domain/ids.ts';
import { ReviewedStore } from './testing/reviewedStore.ts';

let store: ReviewedStore;
const jobId = asId<JobId>('shop');
const image = (id: string): AssetRef => ({ kind: 'product_image', id: asId(id) });
const frame = (id: string): AssetRef => ({ kind: 'keyframe', id: asId(id) });
const facts = (id: string) => ({ localPath: 'data/images/photo.png', widthPx: 40, heightPx: 30, sourceSha256: sha256Hex(id) });

/** Products p0 to p2 with images p0-0, p0-1 ...; videos v0 to v2 with keyframes v0-0 to v0-3 ...; no matches yet. */
beforeEach(async () => {
  store = await ReviewedStore.make();
  const { catalog } = store.app.services.store;
  await catalog.ensureJob({ jobId, industry: 'test' });
  for (const number of [0, 1, 2]) {
    const productId = asId<ProductId>(`p${number}`);
    await catalog.ensureProduct({ productId, jobId, src: 't', asinOrItemId: 't', title: `Boot ${number}`, marketplace: 'us' });
    for (const index of [0, 1]) await catalog.addAsset({ ...facts(`p${number}-${index}`), kind: 'product_image', id: asId(`p${number}-${index}`), productId });
    const videoId = asId<VideoId>(`v${number}`);
    await catalog.ensureVideo({ videoId, jobId, platform: 't', url: 't', title: `Review ${number}` });
    for (const index of [0, 1, 2, 3]) {
      await catalog.addAsset({ ...facts(`v${number}-${index}`), kind: 'keyframe', id: asId(`v${number}-${index}`), videoId, timestampS: index });
    }
  }
});
afterEach(() => store.dispose());

const match = (imageId: string, frameId: string, score: number) =>
  store.app.services.store.catalog.addMatch({
    matchId: `${imageId} ${frameId}`,
    jobId,
    productId: asId(imageId.slice(0, 2)),
    videoId: asId(frameId.slice(0, 2)),
    bestImageId: asId(imageId),
    bestFrameId: asId(frameId),
    timestampS: 0,
    score,
  });
const counterpartOf = async (ref: AssetRef) => (await store.app.services.queue.context(ref)).counterpart?.id;
const offered = async (ref: AssetRef, text = '') =>
  (await store.app.services.queue.counterparts(ref, text)).map(({ asset, score }) => (score === null ? asset.id : `${asset.id} ${score}`));

test('without matches it is what lies at the same place of the same job', async () => {
  expect(await counterpartOf(image('p0-0'))).toBe('v0-0');
  expect(await counterpartOf(image('p0-1'))).toBe('v0-2');
  expect(await counterpartOf(image('p2-0'))).toBe('v2-0');
  expect(await counterpartOf(frame('v1-3'))).toBe('p1-1');
  expect((await offered(image('p1-0'))).length).toBe(12);
});

test('a match comes first, then what the nearest sibling matches, then guesses; nothing twice', async () => {
  await match('p2-1', 'v0-3', 0.7);
  await match('p2-1', 'v1-2', 0.9);
  await match('p2-0', 'v1-0', 0.4);
  expect(await counterpartOf(image('p2-1'))).toBe('v1-2');
  const list = await offered(image('p2-1'));
  expect(list.slice(0, 3)).toEqual(['v1-2 0.9', 'v0-3 0.7', 'v1-0']);
  expect(new Set(list).size).toBe(12);
  // v1-1 lies between two that have matches; v1-3 is next to v1-2.
  expect(await counterpartOf(frame('v1-3'))).toBe('p2-1');
  expect(await counterpartOf(frame('v2-0'))).toBe('p2-0');
});

test('with a text: those that have it, matches first', async () => {
  await match('p0-0', 'v2-1', 0.5);
  expect(await offered(image('p0-0'), 'review 2')).toEqual(['v2-1 0.5', 'v2-0', 'v2-2', 'v2-3']);
  expect(await offered(frame('v0-0'), 'BOOT 1')).toEqual(['p1-0', 'p1-1']);
  expect(await offered(frame('v0-0'), 'nothing like it')).toEqual([]);
});
