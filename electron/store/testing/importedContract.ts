import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type BatchId, type ImportId, type RevisionId } from '../../../shared/domain/ids.ts';
import type { ImportOrigin } from '../../../shared/domain/importOrigin.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import { present } from '../../../shared/errors/errors.ts';
import { assetLease } from '../../../shared/ports/store/leaseStore.ts';
import { frame1, frame2, image1, image2, modelRevision, parameters, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const importOrigin: ImportOrigin = { format: 'coco', source: 'labels.zip', place: 'instances.json, annotations[12]', categories: ['boot', 'обувь'], instances: 2, changes: ['resized from 640 x 480'] };

export const importedRevision = (asset: AssetRef): NewRevision => ({ ...modelRevision(asset), origin: 'import', author: 'lea', model: null, importOrigin });

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
      expect(await store.revisions.addImported(importId, given)).toEqual({ becameHead: [frame1, image1], beside: [frame2, image2], same: [], added: [] });
      expect(await now(image1)).toEqual(['to_review', one?.revisionId]);
      expect(await now(frame1)).toEqual(['to_review', three?.revisionId]);
      expect(await now(image2)).toEqual(['approved', judged.revisionId]);
      expect(await now(frame2)).toEqual(['unsegmented', null]);
      expect(await store.revisions.ofAsset(image1)).toMatchObject([{ ...one, importOrigin, origin: 'import', model: null }, first]);
      expect(first.importOrigin).toBeUndefined();
      const trail = await store.audit.page({ sinceMs: null, untilMs: null }, null, 100);
      expect(trail.filter(({ details }) => details['origin'] === 'import').map(({ who, details }) => [who, details['import_id'], details['import_origin']])).toEqual(given.map(() => ['lea', importId, importOrigin]));
      // Sent again after a lost answer.
      expect(await store.revisions.addImported(importId, given)).toEqual({ becameHead: [frame1, image1], beside: [frame2, image2], same: [], added: [] });
      expect(await store.revisions.ofAsset(image1)).toHaveLength(2);
    });

    it('come in once where two bring the same at once; what brought nothing is no import', async () => {
      const { store } = current.fixture;
      const judged = (await store.revisions.addCandidate(modelRevision(image2))).revision;
      await store.review.recordVerdict(verdictInput(image2, 'approve', judged.revisionId));
      const given = [image1, image2, frame1].map(importedRevision);
      const again = (): NewRevision[] => given.map((revision) => ({ ...revision, revisionId: asId<RevisionId>(randomUUID()) }));
      const more = importedRevision(frame2);
      const [second, third] = [[...again(), more], again()];
      await store.revisions.addImported(importId, given);
      // Looked at before the first was in: its revisions still know the heads of then.
      for (let times = 0; times < 2; times++) expect(await store.revisions.addImported(asId('import-2'), second)).toEqual({ becameHead: [frame2], beside: [], same: [frame1, image1, image2], added: [] });
      expect(await store.revisions.addImported(asId('import-3'), third)).toEqual({ becameHead: [], beside: [], same: [frame1, image1, image2], added: [] });
      expect((await store.revisions.imports(10)).map(({ importId: id, masks }) => [id, masks])).toEqual([['import-2', 1], [importId, 3]]);
      expect([await store.revisions.ofAsset(image1), await store.revisions.ofAsset(image2)].map(({ length }) => length)).toEqual([1, 2]);
      // Taken back it is news again, also beside a person's work.
      await store.revisions.undoImport(importId, 'bo');
      expect(await store.revisions.addImported(asId('import-4'), again())).toEqual({ becameHead: [frame1, image1], beside: [image2], same: [], added: [] });
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
      expect(await store.revisions.undoImport(importId, 'bo')).toEqual({ restored: [frame1, image1], withdrawn: [], covered: 1, kept: 1 });
      expect(await now(image1)).toEqual(['to_review', before]);
      expect(await now(frame1)).toEqual(['failed', null]);
      expect(await store.assets.get(frame1)).toMatchObject({ reason: 'The photo ends early.', headModelId: null, headAreaShare: null, suspicion: null });
      expect((await now(image2))[0]).toBe('rejected');
      expect(await store.revisions.ofAsset(image1)).toHaveLength(3);
      expect(await store.revisions.undoImport(importId, 'bo')).toEqual({ restored: [], withdrawn: [], covered: 0, kept: 1 });
      expect(await store.revisions.undoImport(asId('import-2'), 'bo')).toEqual({ restored: [frame2], withdrawn: [], covered: 0, kept: 0 });
      // That of the import that was taken back before does not come up again.
      expect(await now(frame2)).toEqual(['unsegmented', null]);
      expect((await store.health()).findings).toEqual([]);
      const counts = await store.assets.counts({});
      expect(counts).toMatchObject({ to_review: 1, rejected: 1, failed: 1, unsegmented: 1 });
    });

    it('do not come up again where their import was taken back while others lay over them', async () => {
      const { store } = current.fixture;
      const first = (await store.revisions.addCandidate(modelRevision(image1))).revision.revisionId;
      const under = [image1, image2, frame1].map(importedRevision);
      await store.revisions.addImported(importId, under);
      const over = importedRevision(image1);
      await store.revisions.addImported(asId('import-2'), [over, importedRevision(image2)]);
      const batchId = asId<BatchId>('rerun');
      await store.tasks.enqueue([frame1], parameters, { batchId });
      const task = present(await store.tasks.claimNext('me', { leaseMs: 1000 }), 'a task');
      const rerun = (await store.revisions.addCandidate(modelRevision(frame1), task.taskId)).revision.revisionId;
      await store.tasks.finish(task.taskId, 'me');
      expect(await store.revisions.undoImport(importId, 'bo')).toEqual({ restored: [], withdrawn: [], covered: 3, kept: 0 });
      expect([await now(image1), await now(frame1)]).toEqual([['to_review', over.revisionId], ['to_review', rerun]]);
      expect((await store.revisions.importOf(importId)).undoneBy).toBe('bo');
      // It is taken back already.
      expect(await store.revisions.undoImport(importId, 'bo')).toEqual({ restored: [], withdrawn: [], covered: 0, kept: 0 });
      expect(await store.revisions.undoImport(asId('import-2'), 'bo')).toMatchObject({ restored: [image1, image2], covered: 0 });
      expect(await store.revisions.restoreReplaced(batchId)).toEqual([frame1]);
      expect([await now(image1), await now(image2), await now(frame1)]).toEqual([['to_review', first], ['unsegmented', null], ['unsegmented', null]]);
      expect((await store.revisions.ofAsset(image1)).map(({ beside }) => beside)).toEqual(['undone', 'undone', undefined]);
    });

    it('wait beside a person\'s work until somebody takes or leaves them, and are found by it', async () => {
      const { store, clock } = current.fixture;
      for (const asset of [image1, image2, frame1]) await store.review.recordVerdict(verdictInput(asset, 'approve', (await store.revisions.addCandidate(modelRevision(asset))).revision.revisionId));
      const given = [image1, image2, frame1, frame2].map(importedRevision);
      const [one, two, three] = given.map(({ revisionId }) => revisionId);
      if (one === undefined || two === undefined || three === undefined) throw new Error('no masks');
      await store.revisions.addImported(importId, given);
      const waiting = async (): Promise<string[]> => (await store.assets.list({ filter: { importWaits: true }, sort: 'product', limit: 10 })).assets.map(({ id }) => id);
      const others = async (): Promise<number> => Object.values(await store.assets.counts({ importWaits: false })).reduce((sum, count) => sum + count, 0);
      const marked = async (asset: AssetRef) => (await store.revisions.ofAsset(asset)).map(({ beside }) => beside);
      const headOf = async (asset: AssetRef) => (await store.assets.get(asset))?.headRevisionId ?? null;
      expect(await waiting()).toEqual(['frame-1', 'image-1', 'image-2']);
      expect([await others(), await marked(image1), await marked(frame2)]).toEqual([1, ['waiting', undefined], [undefined]]);
      const facet = async (filter = {}) => (await store.assets.facets(filter)).importWaits;
      expect([await facet(), await facet({ kind: 'keyframe', importWaits: true }), await facet({ states: ['rejected'] })]).toEqual([[{ value: 'true', title: null, count: 3 }], [{ value: 'true', title: null, count: 1 }], []]);
      expect((await store.assets.facets({ importWaits: true })).models).toMatchObject([{ count: 3 }]);
      expect(await store.assets.counts({ importWaits: true, kind: 'product_image' })).toMatchObject({ approved: 2, to_review: 0 });
      expect(await store.assets.position({ filter: { importWaits: true }, sort: 'product', asset: image2 })).toBe(2);

      // Left, thought better of it, left.
      await store.revisions.leaveImported(image1, one, 'bo');
      expect([await waiting(), await marked(image1)]).toEqual([['frame-1', 'image-2'], ['left', undefined]]);
      await expect(store.revisions.leaveImported(image1, one, 'bo')).rejects.toMatchObject({ code: 'not_found' });
      await expect(store.revisions.waitAgain(image1, one, 'ada')).rejects.toMatchObject({ code: 'nothing_to_undo' });
      await expect(store.revisions.waitAgain(image2, one, 'bo')).rejects.toMatchObject({ code: 'nothing_to_undo' });
      await store.revisions.waitAgain(image1, one, 'bo');
      expect(await waiting()).toHaveLength(3);
      await store.revisions.leaveImported(image1, one, 'bo');
      // Taken, thought better of it, taken.
      const head = await headOf(image2);
      clock.advance(10);
      await store.revisions.moveHead(image2, two, head, 'bo');
      expect(await waiting()).toEqual(['frame-1']);
      await store.revisions.undoMove(image2, 'bo');
      expect(await waiting()).toEqual(['frame-1', 'image-2']);
      await store.revisions.moveHead(image2, two, head, 'bo');
      expect(await waiting()).toEqual(['frame-1']);
      // Undoing the choice of one that was left before does not make it wait.
      await store.revisions.moveHead(image1, one, await headOf(image1), 'bo');
      await store.revisions.undoMove(image1, 'bo');
      expect(await waiting()).toEqual(['frame-1']);
      expect((await store.revisions.importOf(importId)).standing).toEqual({ toReview: 2, approved: 0, rejected: 0, waiting: 1, left: 1, replaced: 0, takenBack: 0 });
      // The approval of image2 stands, so its choice stays with it.
      expect(await store.revisions.undoImport(importId, 'lea')).toEqual({ restored: [frame2], withdrawn: [frame1], covered: 0, kept: 1 });
      expect([await waiting(), await marked(frame1)]).toEqual([[], ['undone', undefined]]);
    });

    it('are listed by what they came in with, and with what became of them', async () => {
      const { store, clock } = current.fixture;
      expect(await store.revisions.imports(10)).toEqual([]);
      await expect(store.revisions.importOf(importId)).rejects.toMatchObject({ code: 'not_found' });
      await expect(store.revisions.undoImport(importId, 'bo')).rejects.toMatchObject({ code: 'not_found' });
      const given = [image1, image2, frame1].map(importedRevision);
      await store.revisions.addImported(importId, given);
      const atMs = clock.nowMs();
      await store.review.recordVerdict(verdictInput(image2, 'approve', given[1]?.revisionId ?? null));
      clock.advance(1000);
      await store.revisions.addImported(asId('import-2'), [importedRevision(image2), importedRevision(frame1)]);
      const none = { toReview: 0, approved: 0, rejected: 0, waiting: 0, left: 0, replaced: 0, takenBack: 0 };
      const first = { importId, atMs, by: 'lea', source: 'labels.zip', format: 'coco', masks: 3, standing: { ...none, toReview: 1, approved: 1, replaced: 1 }, undoneAtMs: null, undoneBy: null };
      expect(await store.revisions.imports(10)).toEqual([{ ...first, importId: 'import-2', atMs: clock.nowMs(), masks: 2, standing: { ...none, toReview: 1, waiting: 1 } }, first]);
      expect(await store.revisions.imports(10, asId('import-2'))).toEqual([first]);
      expect(await store.revisions.imports(1)).toMatchObject([{ importId: 'import-2' }]);
      await expect(store.revisions.imports(1, asId('no'))).rejects.toMatchObject({ code: 'not_found' });
      expect(await store.revisions.undoImport(asId('import-2'), 'bo')).toEqual({ restored: [frame1], withdrawn: [image2], covered: 0, kept: 0 });
      expect(await store.revisions.imports(10)).toMatchObject([{ standing: { ...none, takenBack: 2 }, undoneAtMs: clock.nowMs(), undoneBy: 'bo' }, { standing: { ...none, toReview: 2, approved: 1 }, undoneAtMs: null }]);
    });

    it('stay where a person chose them over the mask that was there, however they came to lie beside it', async () => {
      const { store } = current.fixture;
      const model = (await store.revisions.addCandidate(modelRevision(image1))).revision.revisionId;
      await store.leases.acquire(assetLease(assetKey(image1)), 'bo', 60_000);
      const given = importedRevision(image1);
      expect(await store.revisions.addImported(importId, [given])).toMatchObject({ beside: [image1] });
      await store.leases.release(assetLease(assetKey(image1)), 'bo');
      await store.revisions.moveHead(image1, given.revisionId, model, 'bo');
      expect(await store.revisions.undoImport(importId, 'lea')).toEqual({ restored: [], withdrawn: [], covered: 0, kept: 1 });
      expect(await now(image1)).toEqual(['to_review', given.revisionId]);
      // The choice can be taken back still, and the import then.
      await store.revisions.undoMove(image1, 'bo');
      expect(await now(image1)).toEqual(['to_review', model]);
      expect(await store.revisions.undoImport(importId, 'lea')).toEqual({ restored: [], withdrawn: [image1], covered: 0, kept: 0 });
      expect(await now(image1)).toEqual(['to_review', model]);
    });

    it('are put back where a person chose one over the other and thought better of it', async () => {
      const { store } = current.fixture;
      const model = (await store.revisions.addCandidate(modelRevision(image1))).revision.revisionId;
      const given = importedRevision(image1);
      await store.revisions.addImported(importId, [given]);
      await store.revisions.moveHead(image1, model, given.revisionId, 'bo');
      await store.revisions.undoMove(image1, 'bo');
      expect(await store.revisions.undoImport(importId, 'lea')).toEqual({ restored: [image1], withdrawn: [], covered: 0, kept: 0 });
      expect(await now(image1)).toEqual(['to_review', model]);
    });

    it('are given up again where there was no mask before them, and wait as they did', async () => {
      const { store } = current.fixture;
      await store.tasks.enqueue([frame2], parameters, { batchId: asId(randomUUID()), priority: 1 });
      const task = await store.tasks.claimNext('me', { leaseMs: 1000 });
      if (task !== null) await store.tasks.fail(task.taskId, 'me', { code: 'image_unreadable', message: 'The photo ends early.' });
      for (const asset of [frame1, frame2]) {
        await store.leases.acquire(assetLease(assetKey(asset)), 'bo', 60_000);
        const given = importedRevision(asset);
        await store.revisions.addImported(asId(`import ${asset.id}`), [given]);
        await store.revisions.moveHead(asset, given.revisionId, null, 'bo');
        expect(await now(asset)).toEqual(['to_review', given.revisionId]);
        await store.revisions.undoMove(asset, 'bo');
        expect((await store.revisions.ofAsset(asset)).map(({ beside }) => beside)).toEqual(['waiting']);
      }
      expect(await now(frame1)).toEqual(['unsegmented', null]);
      expect(await now(frame2)).toEqual(['failed', null]);
      expect(await store.assets.get(frame2)).toMatchObject({ reason: 'The photo ends early.' });
      // Judged as it is, without a mask: that verdict stands again.
      await store.review.recordVerdict(verdictInput(image1, 'reject', null));
      const given = importedRevision(image1);
      await store.revisions.addImported(importId, [given]);
      await store.revisions.moveHead(image1, given.revisionId, null, 'bo');
      await store.revisions.undoMove(image1, 'bo');
      expect(await now(image1)).toEqual(['rejected', null]);
      expect((await store.health()).findings).toEqual([]);
    });

    it('of an import that was taken back do not wait again', async () => {
      const { store, clock } = current.fixture;
      const heads: RevisionId[] = [];
      for (const asset of [image1, image2, frame1]) {
        const { revisionId } = (await store.revisions.addCandidate(modelRevision(asset))).revision;
        await store.review.recordVerdict(verdictInput(asset, 'approve', revisionId));
        heads.push(revisionId);
      }
      const given = [image1, image2, frame1].map(importedRevision);
      const [left, taken] = given.map(({ revisionId }) => revisionId);
      const [, head] = heads;
      if (left === undefined || taken === undefined || head === undefined) throw new Error('no masks');
      await store.revisions.addImported(importId, given);
      await store.revisions.leaveImported(image1, left, 'bo');
      await store.revisions.moveHead(image2, taken, head, 'bo');
      clock.advance(1000);
      expect(await store.revisions.undoImport(importId, 'lea')).toEqual({ restored: [], withdrawn: [frame1], covered: 0, kept: 1 });
      await expect(store.revisions.waitAgain(image1, left, 'bo')).rejects.toMatchObject({ code: 'nothing_to_undo', message: expect.stringContaining('lea has taken its import back') as string });
      await store.revisions.undoMove(image2, 'bo');
      expect(await now(image2)).toEqual(['approved', head]);
      const beside = async (asset: AssetRef) => (await store.revisions.ofAsset(asset))[0]?.beside;
      expect([await beside(image1), await beside(image2), await beside(frame1)]).toEqual(['left', 'undone', 'undone']);
      expect(Object.values(await store.assets.counts({ importWaits: true })).reduce((sum, count) => sum + count, 0)).toBe(0);
    });

    it('wait again at their own photo alone', async () => {
      const { store } = current.fixture;
      for (const asset of [image1, image2]) await store.review.recordVerdict(verdictInput(asset, 'approve', (await store.revisions.addCandidate(modelRevision(asset))).revision.revisionId));
      const given = importedRevision(image2);
      await store.revisions.addImported(importId, [given]);
      await store.revisions.leaveImported(image2, given.revisionId, 'bo');
      await expect(store.revisions.waitAgain(image1, given.revisionId, 'bo')).rejects.toMatchObject({ code: 'nothing_to_undo' });
      expect((await store.revisions.ofAsset(image2))[0]?.beside).toBe('left');
    });

    it('stay with what a person has made from them, in however many steps', async () => {
      const { store } = current.fixture;
      const given = importedRevision(image1);
      await store.revisions.addImported(importId, [given]);
      let parentId = given.revisionId;
      for (let step = 0; step < 3; step++) {
        const drawn: NewRevision = { ...modelRevision(image1), origin: 'human', author: 'bo', model: null, parentId };
        await store.review.recordVerdict({ ...verdictInput(image1, 'approve', parentId), newRevision: drawn });
        parentId = drawn.revisionId;
      }
      await store.revisions.addImported(importId, [importedRevision(image2)]);
      expect(await store.revisions.undoImport(importId, 'bo')).toEqual({ restored: [image2], withdrawn: [], covered: 0, kept: 1 });
      expect((await store.revisions.importOf(importId)).standing).toMatchObject({ toReview: 0, replaced: 1 });
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
