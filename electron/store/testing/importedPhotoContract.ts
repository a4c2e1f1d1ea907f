import { describe, expect, it } from 'vitest';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type AssetId, type ImportId, type JobId } from '../../../shared/domain/ids.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import type { ImportedPhoto } from '../../../shared/ports/store/importedPhotoStore.ts';
import { assetLease } from '../../../shared/ports/store/leaseStore.ts';
import { sha256Hex } from '../../base/hash.ts';
import { image1, jobA, modelRevision, productId, verdictInput, videoId } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const importedRevision = (asset: AssetRef): NewRevision => ({ ...modelRevision(asset), origin: 'import', author: 'lea', model: null });
const refOf = ({ asset: { kind, id } }: ImportedPhoto): AssetRef => ({ kind, id });

const imageOf = (id: string, product: string = id, job: JobId = asId('job-new'), source = `source of ${id}`): ImportedPhoto => ({
  job: { jobId: job, industry: 'unknown' },
  owner: { productId: asId(product), jobId: job, src: 'import', asinOrItemId: product, title: null, marketplace: 'us' },
  asset: { kind: 'product_image', id: asId<AssetId>(id), productId: asId(product), localPath: `data/images/imports/${id}.png`, widthPx: 40, heightPx: 20, sourceSha256: sha256Hex(source) },
});
const frameOf = (id: string, timestampS: number, video: string, job: JobId = asId('job-new')): ImportedPhoto => ({
  job: { jobId: job, industry: 'unknown' },
  owner: { videoId: asId(video), jobId: job, platform: 'import', url: `import:${video}`, title: null },
  asset: { kind: 'keyframe', id: asId<AssetId>(id), videoId: asId(video), timestampS, localPath: `data/images/imports/${id}.png`, widthPx: 40, heightPx: 20, sourceSha256: sha256Hex(id) },
});

export const importedPhotoContract = (current: StoreUnderTest): void => {
  describe('photos that come in with masks of other tools', () => {
    const importId: ImportId = asId('import-1');
    const takeIn = async (photos: readonly ImportedPhoto[], id = importId) => {
      const { store } = current.fixture;
      await store.importedPhotos.begin(id, 60_000);
      return store.revisions.addImported(id, photos.map(refOf).map(importedRevision), undefined, photos);
    };
    const all = async () => (await current.fixture.store.assets.list({ limit: 100, sort: 'product' })).assets.map(assetKey).sort();
    const catalogue = async () => {
      const { catalog } = current.fixture.store;
      const jobs = await catalog.jobs();
      const parents = await Promise.all(jobs.flatMap((job) => [catalog.parentsOf(job, 'product_image'), catalog.parentsOf(job, 'keyframe')]));
      return JSON.stringify([jobs, parents, await all(), await current.fixture.store.assets.counts({})]);
    };

    it('come with their masks, and are taken back with all that was made for them', async () => {
      const { store } = current.fixture;
      const before = await catalogue();
      const photos = [imageOf('n1'), imageOf('n2', 'n1'), imageOf('n3', productId, jobA), frameOf('f1', 1, 'v-new'), frameOf('f2', 77, videoId)];
      expect((await takeIn(photos)).added.map(assetKey).sort()).toEqual(photos.map(refOf).map(assetKey).sort());
      expect(await store.importedPhotos.isBegun(importId)).toBe(false);
      expect(await store.assets.get(refOf(photos[0] as ImportedPhoto))).toMatchObject({ state: 'to_review', productId: 'n1', jobIds: ['job-new'], widthPx: 40 });
      await store.revisions.undoImport(importId, 'bo');
      const { removed, kept } = await store.importedPhotos.takeBack(importId);
      expect(kept).toEqual([]);
      expect(removed.map(({ localPath }) => localPath).sort()).toEqual(photos.map(({ asset }) => asset.localPath).sort());
      expect(await catalogue()).toBe(before);
      expect((await store.health()).findings).toEqual([]);
      expect(await store.importedPhotos.takeBack(importId)).toEqual({ removed: [], kept: [] });
      // The ids are free again, for another picture too; the trail still tells of the masks.
      await takeIn([imageOf('n1', 'n1', undefined, 'another picture')], asId('import-2'));
      const trail = await store.audit.page({ sinceMs: null, untilMs: null }, null, 1000);
      expect(trail.filter(({ kind, details }) => kind === 'revision' && details['import_id'] === importId)).toHaveLength(photos.length);
    });

    it('and masks are all there or none: where one id is another picture’s', async () => {
      const { store } = current.fixture;
      const before = await catalogue();
      const taken = imageOf(image1.id, productId, jobA, 'another picture');
      await expect(takeIn([imageOf('n1'), taken])).rejects.toMatchObject({ code: 'invalid_input' });
      expect(await catalogue()).toBe(before);
      expect(await store.importedPhotos.isBegun(importId)).toBe(true);
      await store.importedPhotos.forget(importId);
      expect(await store.importedPhotos.isBegun(importId)).toBe(false);
    });

    it('that were there meanwhile are nobody’s to take back', async () => {
      const { store } = current.fixture;
      await takeIn([imageOf('n1')], asId('import-0'));
      expect((await takeIn([imageOf('n1'), imageOf('n2')])).added.map(({ id }) => id)).toEqual(['n2']);
      await store.revisions.undoImport(importId, 'bo');
      expect((await store.importedPhotos.takeBack(importId)).removed.map(({ asset }) => asset.id)).toEqual(['n2']);
      expect(await all()).toContain('product_image:n1');
    });

    it('stay where somebody has touched them, with the reason, and so do their products', async () => {
      const { store } = current.fixture;
      const photos = ['judged', 'held', 'remade', 'talked', 'matched', 'frozen', 'free'].map((id) => imageOf(id));
      const [judged, held, remade, talked, matched, frozen] = photos.map(refOf) as [AssetRef, AssetRef, AssetRef, AssetRef, AssetRef, AssetRef];
      await takeIn(photos);
      const head = (await store.assets.get(judged))?.headRevisionId ?? null;
      await store.review.recordVerdict(verdictInput(judged, 'approve', head));
      await store.leases.acquire(assetLease(assetKey(held)), 'bo', 60_000);
      await store.revisions.addCandidate(modelRevision(remade));
      await store.comments.add({ commentId: asId('c1'), asset: talked, revisionId: null, pointImagePx: null, author: 'bo', text: 'why?' });
      await store.catalog.addMatch({ matchId: 'm1', jobId: jobA, productId: asId(matched.id), videoId, bestImageId: matched.id, bestFrameId: asId('frame-1'), timestampS: 1, score: 1 });
      const set = await store.sets.save({ setId: asId('3f1b4c7e-0000-4000-8000-000000000001'), name: 'one', filter: { states: ['to_review'], productId: asId(frozen.id) }, createdBy: 'bo' });
      await store.sets.freeze(set.setId, { snapshotId: asId('3f1b4c7e-0000-4000-8000-000000000002'), createdBy: 'bo' });
      await store.revisions.undoImport(importId, 'bo');
      const { removed, kept } = await store.importedPhotos.takeBack(importId);
      expect(removed.map(({ asset }) => asset.id)).toEqual(['free']);
      expect(Object.fromEntries(kept.map(({ asset, reason }) => [asset.id, reason]))).toEqual({ judged: 'person', held: 'person', remade: 'otherMasks', talked: 'comment', matched: 'pipeline', frozen: 'set' });
      expect(await store.catalog.parentsOf(asId('job-new'), 'product_image')).toEqual(['frozen', 'held', 'judged', 'matched', 'remade', 'talked']);
    });

    it('whose import is not heard of any more are given up, and then it can’t go on', async () => {
      const { store } = current.fixture;
      const before = await catalogue();
      await store.importedPhotos.begin(importId, 60_000);
      expect(await store.importedPhotos.abandoned()).toEqual([]);
      await store.importedPhotos.begin(importId, -1);
      expect(await store.importedPhotos.abandoned()).toEqual([importId]);
      const photos = [imageOf('n1')];
      await expect(store.revisions.addImported(importId, photos.map(refOf).map(importedRevision), undefined, photos)).rejects.toMatchObject({ code: 'store_locked' });
      expect(await catalogue()).toBe(before);
      await store.importedPhotos.forget(importId);
      expect(await store.importedPhotos.abandoned()).toEqual([]);
    });
  });
};
