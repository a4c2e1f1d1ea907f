import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { NewComment } from '../../../shared/domain/comment.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { humanRevision, image1, image2, modelRevision, publishAll, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const comment = (more: Partial<NewComment> = {}): NewComment => ({
  commentId: asId(randomUUID()),
  asset: image1,
  revisionId: null,
  pointImagePx: { xPx: 3.5, yPx: 7.25 },
  author: 'ada',
  text: 'The handle is missing\nhere “ü”',
  ...more,
});

export const commentContract = (current: StoreUnderTest): void => {
  const openComments = async (asset: AssetRef) => (await current.fixture.store.assets.get(asset))?.openComments;

  describe('comments', () => {
    it('gives back what was said, oldest first, and counts what is open', async () => {
      const { store, clock } = current.fixture;
      const first = comment();
      const second = comment({ pointImagePx: null, author: 'ben', text: 'Agreed' });
      const added = await store.comments.add(first);
      expect(added).toEqual({ ...first, createdAtMs: clock.nowMs(), editedAtMs: null, resolvedAtMs: null, resolvedBy: null });
      clock.advance(10);
      await store.comments.add(second);
      expect(await store.comments.add(first)).toEqual(added);
      expect((await store.comments.ofAsset(image1)).map(({ commentId }) => commentId)).toEqual([first.commentId, second.commentId]);
      expect(await store.comments.ofAsset(image2)).toEqual([]);
      expect(await openComments(image1)).toBe(2);
      expect((await store.assets.list({ limit: 10 })).assets.find(({ id }) => id === image2.id)?.openComments).toBe(0);
      await expect(store.comments.add(comment({ asset: { kind: 'keyframe', id: image1.id } }))).rejects.toMatchObject({ code: 'not_found' });
    });

    it('lets its author alone change and remove it, and anybody settle it', async () => {
      const { store, clock } = current.fixture;
      const { commentId } = await store.comments.add(comment());
      await expect(store.comments.edit(commentId, 'ben', 'no')).rejects.toMatchObject({ code: 'permission_denied' });
      await expect(store.comments.remove(commentId, 'ben')).rejects.toMatchObject({ code: 'permission_denied' });
      clock.advance(5);
      expect(await store.comments.edit(commentId, 'ada', 'changed')).toMatchObject({ text: 'changed', editedAtMs: clock.nowMs() });
      expect(await store.comments.resolve(commentId, 'ben', true)).toMatchObject({ resolvedBy: 'ben', resolvedAtMs: clock.nowMs() });
      expect(await openComments(image1)).toBe(0);
      expect(await store.comments.resolve(commentId, 'ada', false)).toMatchObject({ resolvedBy: null, resolvedAtMs: null });
      expect(await openComments(image1)).toBe(1);
      await store.comments.remove(commentId, 'ada');
      expect(await store.comments.get(commentId)).toBeNull();
      expect(await store.comments.ofAsset(image1)).toEqual([]);
      expect(await openComments(image1)).toBe(0);
      await expect(store.comments.resolve(commentId, 'ben', true)).rejects.toMatchObject({ code: 'not_found' });
    });
  });

  describe('audit trail', () => {
    it('tells everything that happened to an asset, newest first', async () => {
      const { store, clock } = current.fixture;
      const step = () => clock.advance(1000);
      const first = modelRevision(image1);
      const second = modelRevision(image1);
      await store.revisions.addCandidate(first);
      step();
      await store.revisions.addCandidate(second);
      step();
      await store.revisions.moveHead(image1, first.revisionId, second.revisionId, 'ada');
      step();
      await store.revisions.undoMove(image1, 'ada');
      step();
      const approval = { ...verdictInput(image1, 'approve', second.revisionId), newRevision: humanRevision(image1, second.revisionId) };
      await store.review.recordVerdict(approval);
      await publishAll(store);
      step();
      await store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: approval.verdict.verdictId }));
      await publishAll(store);
      step();
      const { commentId } = await store.comments.add(comment());
      step();
      await store.comments.remove(commentId, 'ada');

      const trail = (await store.audit.ofAsset(image1)).filter(({ kind }) => kind !== 'imported');
      expect(
        trail.map((entry) => {
          if (entry.kind === 'comment') return `${entry.kind} ${entry.change} ${entry.who ?? ''} ${entry.comment.text}`;
          if (entry.kind === 'publication') return `${entry.kind} ${entry.outcome}`;
          if (entry.kind === 'verdict') return `${entry.verdict.kind} ${entry.who ?? ''} ${entry.undone?.kind ?? ''}`;
          if (entry.kind === 'head') return `head ${entry.isUndo} ${entry.revisionId === first.revisionId ? 'first' : 'second'} ${entry.who ?? ''}`;
          return `${entry.kind} ${entry.who ?? ''}`;
        }),
      ).toEqual([
        'comment removed ada ',
        'comment added ada ',
        'publication withdrawn',
        'undo ada approve',
        'publication published',
        'approve ada ',
        'mask ada',
        'head true second ada',
        'head false first ada',
        'mask some-model',
        'mask some-model',
      ]);
      expect(trail.map(({ atMs }) => atMs)).toEqual(trail.map(({ atMs }) => atMs).sort((a, b) => b - a));
      await expect(store.audit.ofAsset({ kind: 'keyframe', id: image1.id })).rejects.toMatchObject({ code: 'not_found' });
    });

    it('tells what each comment said at the time, and what was taken back later on', async () => {
      const { store, clock } = current.fixture;
      const first = comment({ text: 'first' });
      const { commentId } = await store.comments.add(first);
      const steps = [
        () => store.comments.edit(commentId, 'ada', 'second'),
        () => store.comments.add(first),
        () => store.comments.resolve(commentId, 'ben', true),
        () => store.comments.resolve(commentId, 'ada', true),
        () => store.comments.resolve(commentId, 'ada', false),
      ];
      for (const step of steps) {
        clock.advance(1000);
        await step();
      }
      const told = async () =>
        (await store.audit.ofAsset(image1)).flatMap((entry) => (entry.kind === 'comment' ? [`${entry.who ?? ''} ${entry.change}: ${entry.comment.text}`] : []));
      expect(await told()).toEqual(['ada reopened: second', 'ben resolved: second', 'ada edited: second', 'ada added: first']);
      clock.advance(1000);
      await store.comments.remove(commentId, 'ada');
      expect(await told()).toEqual(['ada removed: ', 'ada reopened: ', 'ben resolved: ', 'ada edited: ', 'ada added: ']);
    });

    it('knows when the picture came, where its table says so', async () => {
      const imported = (await current.fixture.store.audit.ofAsset(image2)).at(-1);
      expect(imported).toMatchObject({ kind: 'imported', who: null });
      expect(Number.isInteger(imported?.atMs)).toBe(true);
    });
  });
};
