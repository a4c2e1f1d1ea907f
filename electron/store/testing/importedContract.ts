import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type ImportId } from '../../../shared/domain/ids.ts';
import type { ImportOrigin } from '../../../shared/domain/importOrigin.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import { assetLease } from '../../../shared/ports/store/leaseStore.ts';
import { frame1, frame2, image1, image2, modelRevision, parameters, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const importOrigin: ImportOrigin = { format: 'coco', source: 'labels.zip', place: 'instances.json, annotations[12]', categories: ['boot', 'обувь'], instances: 2, changes: ['resized from 640 x 480'] };

const importedRevision = (asset: AssetRef): NewRevision => ({ ...modelRevision(asset), origin: 'import', author: 'lea', model: null, importOrigin });

export const importedContract = (current: StoreUnderTest): void => {
  describe('masks of other tools', () => {
    const importId: ImportId = asId('import-1');
    const now = async (asset: AssetRef) => {
      const found = await current.fixture.store.assets.get(asset);
      return [found?.state, found?.headRevisionId ?? null];
    };

    it('are kept with where they came from, and become head where no person has been', async () => {
      const { store } = current.fixture;
      const first = (await store.revisions.addCandidate(modelRevision(image1))).revision;
      const judged = (await store.revisions.addCandidate(modelRevision(image2))).revision;
      await store.review.recordVerdict(verdictInput(image2, 'approve', judged.revisionId));
      await store.leases.acquire(assetLease(assetKey(frame2)), 'bo', 60_000);
      const given = [image1, image2, frame1, frame2].map(importedRevision);
      const [one, , three] = given;
      expect(await store.revisions.addImported(importId, given)).toEqual({ becameHead: [frame1, image1], beside: [frame2, image2], added: [] });
      expect(await now(image1)).toEqual(['to_review', one?.revisionId]);
      expect(await now(frame1)).toEqual(['to_review', three?.revisionId]);
      expect(await now(image2)).toEqual(['approved', judged.revisionId]);
      expect(await now(frame2)).toEqual(['unsegmented', null]);
      expect(await store.revisions.ofAsset(image1)).toMatchObject([{ ...one, importOrigin, origin: 'import', model: null }, first]);
      expect(first.importOrigin).toBeUndefined();
      const trail = await store.audit.page({ sinceMs: null, untilMs: null }, null, 100);
      expect(trail.filter(({ details }) => details['origin'] === 'import').map(({ who, details }) => [who, details['import_id'], details['import_origin']])).toEqual(given.map(() => ['lea', importId, importOrigin]));
      // Sent again after a lost answer.
      expect(await store.revisions.addImported(importId, given)).toEqual({ becameHead: [frame1, image1], beside: [frame2, image2], added: [] });
      expect(await store.revisions.ofAsset(image1)).toHaveLength(2);
    });

    it('are added all or none', async () => {
      const { store } = current.fixture;
      const missing: AssetRef = { kind: 'keyframe', id: asId('none') };
      await expect(store.revisions.addImported(importId, [image1, missing, image2].map(importedRevision))).rejects.toMatchObject({ code: 'not_found' });
      await expect(store.revisions.addImported(importId, [image1, image2].map(importedRevision), AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
      for (const asset of [image1, image2]) {
        expect(await store.revisions.ofAsset(asset)).toEqual([]);
        expect(await now(asset)).toEqual(['unsegmented', null]);
      }
    });

    it('are taken back together where nobody has touched them since; the versions stay', async () => {
      const { store } = current.fixture;
      const before = (await store.revisions.addCandidate(modelRevision(image1))).revision.revisionId;
      await store.tasks.enqueue([frame1], parameters, { batchId: asId(randomUUID()), priority: 1 });
      const task = await store.tasks.claimNext('me', { leaseMs: 1000 });
      if (task !== null) await store.tasks.fail(task.taskId, 'me', { code: 'image_unreadable', message: 'The photo ends early.' });
      // Two of one asset: the second takes the place of the first.
      const given = [image1, image1, image2, frame1, frame2].map(importedRevision);
      await store.revisions.addImported(importId, given);
      await store.revisions.addImported(asId('import-2'), [importedRevision(frame2)]);
      await store.review.recordVerdict(verdictInput(image2, 'reject', given[2]?.revisionId ?? null));
      expect(await store.revisions.undoImport(importId)).toEqual([frame1, image1]);
      expect(await now(image1)).toEqual(['to_review', before]);
      expect(await now(frame1)).toEqual(['failed', null]);
      expect(await store.assets.get(frame1)).toMatchObject({ reason: 'The photo ends early.', headModelId: null, headAreaShare: null, suspicion: null });
      expect((await now(image2))[0]).toBe('rejected');
      expect(await store.revisions.ofAsset(image1)).toHaveLength(3);
      expect(await store.revisions.undoImport(importId)).toEqual([]);
      expect(await store.revisions.undoImport(asId('import-2'))).toEqual([frame2]);
      expect(await now(frame2)).toEqual(['to_review', given[4]?.revisionId]);
      expect((await store.health()).findings).toEqual([]);
      const counts = await store.assets.counts({});
      expect(counts).toMatchObject({ to_review: 2, rejected: 1, failed: 1, unsegmented: 0 });
    });

    it('count as neither made by a model nor corrected', async () => {
      const { store } = current.fixture;
      await store.revisions.addImported(importId, [importedRevision(image1)]);
      await store.revisions.addCandidate(modelRevision(image2));
      const found = async (history: 'as_made' | 'corrected') => (await store.assets.list({ filter: { history }, limit: 10 })).assets.map(({ id }) => id);
      expect([await found('as_made'), await found('corrected')]).toEqual([[image2.id], []]);
    });
  });
};
