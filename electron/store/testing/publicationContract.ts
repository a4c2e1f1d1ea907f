import { describe, expect, it } from 'vitest';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Publication } from '../../../shared/domain/publication.ts';
import type { PublishedAsset, StandingMask } from '../../../shared/ports/store/publicationStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { frame1, humanRevision, image1, image2, modelRevision, plainEvents, publishAll, verdictInput } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const approve = async (store: Store, asset: AssetRef): Promise<Publication> => {
  const { revision } = await store.revisions.addCandidate(modelRevision(asset));
  const head = (await store.assets.get(asset))?.headRevisionId ?? revision.revisionId;
  const { publication } = await store.review.recordVerdict(verdictInput(asset, 'approve', head));
  if (publication === null) throw new Error('approving publishes');
  return publication;
};

const standing = async (store: Store): Promise<StandingMask[]> => {
  const masks: StandingMask[] = [];
  for await (const mask of store.publications.standing()) masks.push(mask);
  return masks;
};

const nothing = async (): Promise<void> => undefined;

export const publicationContract = (current: StoreUnderTest): void => {
  describe('publications', () => {
    it('shows path and event only once the mask has been placed', async () => {
      const { store } = current.fixture;
      const publication = await approve(store, frame1);
      const seen: PublishedAsset[] = [];
      const outcome = await store.publications.publishNext({
        place: async (placing) => {
          expect(placing).toEqual(publication);
          expect(await store.assets.get(frame1)).toMatchObject({ maskedLocalPath: null });
          expect(await store.outbox.list()).toEqual([]);
        },
        eventsOf: (placed, asset) => {
          seen.push(asset);
          return plainEvents(placed);
        },
      });
      expect(outcome).toEqual({ kind: 'published', publication: { ...publication, state: 'published' } });
      expect(seen).toEqual([{ ref: frame1, videoId: 'video-1', timestampS: 4.5 }]);
      expect((await store.assets.get(frame1))?.maskedLocalPath).toBe('data/masks/frame-1.png');
      expect((await store.outbox.list()).map((entry) => entry.eventId)).toEqual(publication.events.map((event) => event.eventId));
      expect(await store.publications.publishNext({ place: nothing, eventsOf: plainEvents })).toBeNull();
      expect(await store.publications.pendingCount()).toBe(0);
      expect(await store.publications.get(publication.publicationId)).toMatchObject({ state: 'published' });
    });

    it('changes nothing when placing fails, and does it at the next attempt', async () => {
      const { store } = current.fixture;
      const publication = await approve(store, image1);
      const error = new Error('The disk is full');
      const failing = { place: () => Promise.reject(error), eventsOf: plainEvents };
      expect(await store.publications.publishNext(failing)).toEqual({ kind: 'failed', publication, error });
      expect(await store.outbox.list()).toEqual([]);
      expect((await store.assets.get(image1))?.maskedLocalPath).toBeNull();
      const health = await store.health();
      expect(health.ok).toBe(false);
      expect(health.findings.join()).toContain('The disk is full');
      expect((await publishAll(store)).map((done) => done.publicationId)).toEqual([publication.publicationId]);
      expect((await store.health()).ok).toBe(true);
    });

    it('goes oldest first, or for one asset, or past those that are to wait', async () => {
      const { store } = current.fixture;
      const first = await approve(store, image1);
      const second = await approve(store, image2);
      const third = await approve(store, frame1);
      const steps = { place: nothing, eventsOf: plainEvents };
      expect((await store.publications.publishNext({ ...steps, only: frame1 }))?.publication.publicationId).toBe(third.publicationId);
      expect((await store.publications.publishNext({ ...steps, except: new Set([assetKey(image1)]) }))?.publication.publicationId).toBe(second.publicationId);
      expect(await store.publications.publishNext({ ...steps, except: new Set([assetKey(image1)]) })).toBeNull();
      expect((await store.publications.publishNext(steps))?.publication.publicationId).toBe(first.publicationId);
    });

    it('keeps the order of an asset: approve, withdraw, approve', async () => {
      const { store } = current.fixture;
      const head = (await store.revisions.addCandidate(modelRevision(image1))).revision.revisionId;
      for (const kind of ['approve', 'reject', 'approve'] as const) await store.review.recordVerdict(verdictInput(image1, kind, head));
      const done = await publishAll(store);
      expect(done.map((publication) => publication.revisionId)).toEqual([head, null, head]);
      expect(await store.outbox.unsentCount()).toBe(2);
      expect((await store.publications.ofAsset(image1)).map((publication) => publication.state)).toEqual(['published', 'published', 'published']);
    });

    it('passes over what can never be placed once a newer one waits, and keeps it as long as none does', async () => {
      const { store } = current.fixture;
      const broken = await approve(store, image1);
      const error = new Error('The mask file is damaged');
      const place = (publication: Publication) => (publication.maskSha256 === broken.maskSha256 ? Promise.reject(error) : Promise.resolve());
      const steps = { place, eventsOf: plainEvents, isLasting: (reason: unknown) => reason === error };
      expect(await store.publications.publishNext(steps)).toEqual({ kind: 'failed', publication: broken, error });

      const newRevision = humanRevision(image1, broken.revisionId);
      const { publication: newer } = await store.review.recordVerdict({ ...verdictInput(image1, 'approve', broken.revisionId), newRevision });
      expect(await store.publications.publishNext({ ...steps, isLasting: () => false })).toMatchObject({ kind: 'failed' });
      expect(await store.publications.publishNext(steps)).toEqual({ kind: 'superseded', publication: { ...broken, state: 'superseded' }, error });
      expect(await store.publications.publishNext(steps)).toMatchObject({ kind: 'published', publication: { publicationId: newer?.publicationId } });
      expect(await store.publications.pendingCount()).toBe(0);
      expect((await store.outbox.list()).map((entry) => entry.eventId)).toEqual(newer?.events.map((event) => event.eventId));
    });

    it('clears the path before the file of a withdrawn mask is removed, and removes it again until that was done', async () => {
      const { store } = current.fixture;
      const { revisionId, stablePath } = await approve(store, image1);
      await publishAll(store);
      await store.review.recordVerdict(verdictInput(image1, 'reject', revisionId));
      const another = await current.fixture.openAnother();
      const seen: (string | null | undefined)[] = [];
      const place = (fails: boolean) => async (publication: Publication) => {
        expect(publication).toMatchObject({ revisionId: null, stablePath });
        // Through another connection: what a reader sees, and a crash at this point would leave, is what was committed.
        seen.push((await another.assets.get(image1))?.maskedLocalPath);
        if (fails) throw new Error('no permission');
      };
      expect(await store.publications.publishNext({ place: place(true), eventsOf: plainEvents })).toMatchObject({ kind: 'failed' });
      expect(await standing(store)).toEqual([]);
      expect(await store.publications.publishNext({ place: place(false), eventsOf: plainEvents })).toMatchObject({ kind: 'published' });
      expect(seen).toEqual([null, null]);
      expect(await store.publications.pendingCount()).toBe(0);
    });

    it('knows what should stand', async () => {
      const { store } = current.fixture;
      const gone = await approve(store, image1);
      const stays = await approve(store, image2);
      await approve(store, frame1);
      await publishAll(store);
      await store.review.recordVerdict(verdictInput(image1, 'reject', gone.revisionId));
      await publishAll(store);
      const expected = { asset: image2, stablePath: stays.stablePath, maskSha256: stays.maskSha256, recordedPath: stays.stablePath };
      expect((await standing(store)).map((mask) => mask.asset.id)).toEqual(['image-2', 'frame-1']);
      expect((await standing(store))[0]).toEqual(expected);
      const seen: (StandingMask | null)[] = [];
      const look = async (mask: StandingMask | null) => {
        seen.push(mask);
        return mask !== null;
      };
      expect(await store.publications.withStanding(image2, look)).toBe(false);
      expect(await store.publications.withStanding(image1, look)).toBe(false);
      expect(seen).toEqual([expected, null]);
    });

    it('lets other calls go on or wait while a mask is placed, never into its transaction', async () => {
      const { store } = current.fixture;
      await approve(store, image1);
      const order: string[] = [];
      const waiting = Promise.withResolvers<void>();
      const publishing = store.publications.publishNext({
        place: async () => {
          await waiting.promise;
          order.push('placed');
          throw new Error('not today');
        },
        eventsOf: plainEvents,
      });
      await new Promise((resolve) => setImmediate(resolve));
      const writing = store.settings.set('kept', true).then(() => order.push('written'));
      // Where one at a time writes, it is not there yet; where several do, it may be, and stays there whatever becomes of the other.
      const early = await store.settings.get('kept');
      waiting.resolve();
      expect((await publishing)?.kind).toBe('failed');
      await writing;
      expect(order.toSorted()).toEqual(['placed', 'written']);
      expect([undefined, true]).toContain(early);
      expect(await store.settings.get('kept')).toBe(true);
    });
  });

  describe('outbox', () => {
    it('delivers in order, each once, and keeps what could not be sent', async () => {
      const { store } = current.fixture;
      await approve(store, frame1);
      await approve(store, image1);
      await publishAll(store);
      await expect(store.outbox.deliverNext(() => Promise.reject(new Error('no broker')))).rejects.toThrow('no broker');
      expect(await store.outbox.unsentCount()).toBe(3);
      // Nothing but events of the topic "masked" is there.
      expect(await store.outbox.deliverNext(async () => undefined, new Set(['masked']))).toBe(false);
      const sent: string[] = [];
      while (await store.outbox.deliverNext(async (event) => void sent.push(event.eventId))) expect(sent.length).toBeLessThan(9);
      const entries = await store.outbox.list();
      expect(sent).toEqual(entries.map((entry) => entry.eventId));
      expect(entries.every((entry) => entry.sentAtMs === current.fixture.clock.nowMs())).toBe(true);
      expect(entries[0]).toMatchObject({ topic: 'masked', correlationId: 'job-a', payload: { job_id: 'job-a', mask_path: 'data/masks/frame-1.png' } });
      expect((await store.outbox.list({ afterSequence: entries[0]?.sequence ?? 0, limit: 1 }))[0]?.eventId).toBe(sent[1]);
    });
  });
};
