import { describe, expect, it } from 'vitest';
import { asId } from '../../../shared/domain/ids.ts';
import type { AuditRecord } from '../../../shared/domain/auditTrail.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { image1, image2, modelRevision, publishAll, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const everything = { sinceMs: null, untilMs: null };
const trailOf = (store: Store): Promise<readonly AuditRecord[]> => store.audit.page(everything, null, 1000);
const told = (records: readonly AuditRecord[]) => records.map(({ kind, who, asset, details }) => [kind, who, asset?.id ?? null, details]);

export const auditContract = (current: StoreUnderTest): void => {
  describe('audit trail', () => {
    it('has each version, verdict, choice, publication and comment, with who and when', async () => {
      const { store, clock } = current.fixture;
      const startMs = clock.nowMs();
      const first = (await store.revisions.addCandidate(modelRevision(image1))).revision.revisionId;
      clock.advance(10);
      const approve = verdictInput(image1, 'approve', first);
      await store.review.recordVerdict(approve);
      await publishAll(store);
      clock.advance(10);
      const second = (await store.revisions.addCandidate(modelRevision(image1, 0.5, first))).revision.revisionId;
      await store.revisions.moveHead(image1, second, first, 'ben');
      await store.revisions.undoMove(image1, 'ben');
      await store.comments.add({ commentId: asId('c1'), asset: image1, revisionId: first, pointImagePx: null, author: 'ben', text: 'a secret' });
      await store.comments.remove(asId('c1'), 'ben');
      const trail = await trailOf(store);
      expect(told(trail)).toMatchObject([
        ['revision', 'some-model', image1.id, { revision_id: first, origin: 'model', parent_id: null }],
        ['head', null, image1.id, { from_revision_id: null, to_revision_id: first }],
        ['verdict', 'ada', image1.id, { verdict: 'approve', revision_id: first, verdict_id: approve.verdict.verdictId }],
        ['publication', null, image1.id, { outcome: 'published', revision_id: first, path: approve.stablePath, rank: 'human' }],
        ['revision', 'some-model', image1.id, { revision_id: second }],
        ['choice', 'ben', image1.id, { from_revision_id: first, to_revision_id: second }],
        ['head', null, image1.id, { to_revision_id: second }],
        ['choice_undone', 'ben', image1.id, { from_revision_id: second, to_revision_id: first }],
        ['head', null, image1.id, { to_revision_id: first }],
        ['comment', 'ben', image1.id, { comment_id: 'c1', change: 'added' }],
        ['comment', 'ben', image1.id, { comment_id: 'c1', change: 'removed' }],
      ]);
      expect(trail.map(({ atMs }) => atMs - startMs)).toEqual([0, 0, 10, 10, 20, 20, 20, 20, 20, 20, 20]);
      expect(JSON.stringify(trail)).not.toContain('secret');
    });

    it('has takings over, and what it is told', async () => {
      const { store } = current.fixture;
      const terms = (reviewer: string) => ({ holder: { owner: `${reviewer}'s desk`, reviewer }, purpose: 'open' as const, durationMs: 1000 });
      await store.itemLeases.takeOver(image1, terms('ada'));
      await store.itemLeases.takeOver(image1, terms('ben'));
      await store.audit.append({ kind: 'import', who: 'ada', asset: null, details: { added: 3 } });
      expect(told(await trailOf(store))).toMatchObject([
        ['take_over', 'ben', image1.id, { from: 'ada' }],
        ['import', 'ada', null, { added: 3 }],
      ]);
    });

    it('is read in pages and by time', async () => {
      const { store, clock } = current.fixture;
      const startMs = clock.nowMs();
      for (let place = 0; place < 9; place++) {
        await store.audit.append({ kind: 'export', who: null, asset: null, details: { place } });
        if (place % 3 === 2) clock.advance(100);
      }
      const span = { sinceMs: startMs + 100, untilMs: startMs + 300 };
      expect(await store.audit.count(span)).toBe(6);
      const places: unknown[] = [];
      let last: AuditRecord | null = null;
      for (;;) {
        const page: readonly AuditRecord[] = await store.audit.page(span, last, 4);
        places.push(...page.map(({ details }) => details['place']));
        last = page.at(-1) ?? null;
        if (page.length < 4) break;
      }
      expect(places).toEqual([3, 4, 5, 6, 7, 8]);
    });

    it('a refused verdict leaves nothing in it', async () => {
      const { store } = current.fixture;
      await store.revisions.addCandidate(modelRevision(image2));
      const before = await trailOf(store);
      await expect(store.review.recordVerdict(verdictInput(image2, 'reject', asId('unseen')))).rejects.toMatchObject({ code: 'stale_revision' });
      expect(await trailOf(store)).toEqual(before);
    });
  });
};
