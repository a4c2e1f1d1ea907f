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
    const takeBack = async (id = importId) => {
      const parts = [];
      for await (const part of current.fixture.store.importedPhotos.takeBack(id)) parts.push(part);
      return { removed: parts.flatMap(({ removed }) => removed), kept: parts.flatMap(({ kept }) => kept) };
    };
    const undo = async (id = importId) => {
      await current.fixture.store.revisions.undoImport(id, 'bo');
      return takeBack(id);
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
      expect(await store.importedPhotos.giveUp(importId)).toBe(false);
      expect(await store.importedPhotos.abandoned()).toEqual([]);
      expect((await store.importedPhotos.standing(importId)).map(assetKey).sort()).toEqual(photos.map(refOf).map(assetKey).sort());
      expect(await store.assets.get(refOf(photos[0] as ImportedPhoto))).toMatchObject({ state: 'to_review', productId: 'n1', jobIds: ['job-new'], widthPx: 40 });
      await store.revisions.undoImport(importId, 'bo');
      const { removed, kept } = await takeBack();
      expect(kept).toEqual([]);
      expect(removed.map(assetKey).sort()).toEqual(photos.map(refOf).map(assetKey).sort());
      // Whose files are to be removed: also by whoever comes after a crash.
      expect([await store.importedPhotos.standing(importId), await store.importedPhotos.abandoned()]).toEqual([[], [importId]]);
      await store.importedPhotos.forget(importId);
      expect(await catalogue()).toBe(before);
      expect((await store.health()).findings).toEqual([]);
      expect(await takeBack()).toEqual({ removed: [], kept: [] });
      // The ids are free again, for another picture too; the trail still tells of the masks.
      await takeIn([imageOf('n1', 'n1', undefined, 'another picture')], asId('import-2'));
      const trail = await store.audit.page({ sinceMs: null, untilMs: null }, null, 1000);
      expect(trail.filter(({ kind, details }) => kind === 'revision' && details['import_id'] === importId)).toHaveLength(photos.length);
    });

    it('leave nothing of an import whose masks are all there by now, also no job that was made for them', async () => {
      const { store } = current.fixture;
      await takeIn([imageOf('n1')]);
      const before = await catalogue();
      const [{ maskSha256 } = { maskSha256: sha256Hex('none') }] = await store.revisions.ofAsset(refOf(imageOf('n1')));
      const [photo, second]: [ImportedPhoto, ImportId] = [imageOf('n1', 'n1', asId('job-of-another-name')), asId('import-2')];
      await store.importedPhotos.begin(second, 60_000);
      const same = { ...importedRevision(refOf(photo)), maskSha256 };
      expect(await store.revisions.addImported(second, [same], undefined, [photo])).toEqual({ becameHead: [], beside: [], same: [refOf(photo)], added: [] });
      expect(await catalogue()).toBe(before);
      expect((await store.revisions.imports(5)).map((one) => one.importId)).toEqual([importId]);
      expect(await store.importedPhotos.giveUp(second)).toBe(true);
      await undo();
      expect((await store.catalog.jobs()).map(String)).not.toContain('job-of-another-name');
    });

    it('and masks are all there or none: where one id is another picture’s', async () => {
      const { store } = current.fixture;
      const before = await catalogue();
      const taken = imageOf(image1.id, productId, jobA, 'another picture');
      await expect(takeIn([imageOf('n1'), taken])).rejects.toMatchObject({ code: 'invalid_input' });
      expect(await catalogue()).toBe(before);
      expect(await store.importedPhotos.abandoned()).toEqual([]);
      expect(await store.importedPhotos.giveUp(importId)).toBe(true);
      expect(await store.importedPhotos.abandoned()).toEqual([importId]);
      await store.importedPhotos.forget(importId);
      expect(await store.importedPhotos.abandoned()).toEqual([]);
    });

    it('that were there meanwhile are nobody’s to take back', async () => {
      const { store } = current.fixture;
      await takeIn([imageOf('n1')], asId('import-0'));
      expect((await takeIn([imageOf('n1'), imageOf('n2')])).added.map(({ id }) => id)).toEqual(['n2']);
      await store.revisions.undoImport(importId, 'bo');
      expect((await takeBack()).removed.map(({ id }) => id)).toEqual(['n2']);
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
      const { removed, kept } = await takeBack();
      expect(removed.map(({ id }) => id)).toEqual(['free']);
      expect(Object.fromEntries(kept.map(({ asset, reason }) => [asset.id, reason]))).toEqual({ judged: 'person', held: 'person', remade: 'otherMasks', talked: 'comment', matched: 'pipeline', frozen: 'set' });
      expect(await store.catalog.parentsOf(asId('job-new'), 'product_image')).toEqual(['frozen', 'held', 'judged', 'matched', 'remade', 'talked']);
    });

    it('whose import is not heard of any more are given up, and then it can’t go on', async () => {
      const { store } = current.fixture;
      const before = await catalogue();
      await store.importedPhotos.begin(importId, 60_000);
      expect(await store.importedPhotos.abandoned()).toEqual([]);
      await store.importedPhotos.goOn(importId, -1);
      expect(await store.importedPhotos.abandoned()).toEqual([importId]);
      await expect(store.importedPhotos.goOn(importId, 60_000)).rejects.toMatchObject({ code: 'store_locked' });
      const photos = [imageOf('n1')];
      await expect(store.revisions.addImported(importId, photos.map(refOf).map(importedRevision), undefined, photos)).rejects.toMatchObject({ code: 'store_locked' });
      expect(await catalogue()).toBe(before);
      await store.importedPhotos.forget(importId);
      expect(await store.importedPhotos.abandoned()).toEqual([]);
      // It wakes long after: its files are gone, so its rows may not come.
      await expect(store.importedPhotos.goOn(importId, 60_000)).rejects.toMatchObject({ code: 'store_locked' });
      await expect(store.revisions.addImported(importId, photos.map(refOf).map(importedRevision), undefined, photos)).rejects.toMatchObject({ code: 'store_locked' });
      expect(await catalogue()).toBe(before);
    });

    it('leave alone what other imports brought into the same videos, products and jobs; the last one taken back leaves nothing', async () => {
      const { store } = current.fixture;
      const before = await catalogue();
      const second: ImportId = asId('import-2');
      await takeIn([frameOf('c1', 1, 'v-c'), imageOf('i1', 'p-c')]);
      const others = [frameOf('c2', 2, 'v-c'), imageOf('i2', 'p-c')];
      await takeIn(others, second);
      expect((await undo()).removed.map(({ id }) => id).sort()).toEqual(['c1', 'i1']);
      for (const other of others) expect(await store.assets.get(refOf(other))).toMatchObject({ jobIds: ['job-new'] });
      expect(await store.catalog.parentsOf(asId('job-new'), 'keyframe')).toEqual(['v-c']);
      await undo(second);
      expect(await catalogue()).toBe(before);
    });

    it('go whichever of two imports of the same is taken back first; masks of one that is taken back keep none', async () => {
      const { store } = current.fixture;
      const before = await catalogue();
      const second: ImportId = asId('import-2');
      const photos = [imageOf('n1'), frameOf('f1', 1, 'v-new')];
      await takeIn(photos);
      await takeIn(photos, second);
      expect((await undo(second)).removed).toEqual([]);
      expect((await undo()).removed).toHaveLength(2);
      expect(await catalogue()).toBe(before);
      // The other way round: the first one's masks wait beside the second's of one of them, whose photo stays for it until that is taken back, too.
      const [third, fourth]: readonly ImportId[] = [asId('import-3'), asId('import-4')];
      if (third === undefined || fourth === undefined) throw new Error('no ids');
      await takeIn([imageOf('n1'), imageOf('n2')], third);
      await takeIn([imageOf('n1')], fourth);
      expect(await undo(third)).toMatchObject({ removed: [{ id: 'n2' }], kept: [{ asset: { id: 'n1' }, reason: 'otherMasks' }] });
      expect((await undo(fourth)).removed.map(({ id }) => id)).toEqual(['n1']);
      expect(await store.importedPhotos.abandoned()).toContain(third);
      expect(await catalogue()).toBe(before);
      expect((await store.health()).findings).toEqual([]);
    });

    it('are taken back some at a time, and what was not yet, when it was stopped, by the next', async () => {
      const { store } = current.fixture;
      const before = await catalogue();
      await takeIn(Array.from({ length: 120 }, (_photo, number) => imageOf(`n${number}`)));
      await store.revisions.undoImport(importId, 'bo');
      const stop = new AbortController();
      const until = async () => {
        for await (const { removed } of store.importedPhotos.takeBack(importId, stop.signal)) {
          expect(removed).toHaveLength(50);
          stop.abort();
        }
      };
      await expect(until()).rejects.toMatchObject({ kind: 'cancelled' });
      expect(await all()).toHaveLength(70 + 4);
      expect((await takeBack()).removed).toHaveLength(70);
      expect(await catalogue()).toBe(before);
    });
  });
};
