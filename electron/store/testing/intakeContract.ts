import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type JobId, type VideoId } from '../../../shared/domain/ids.ts';
import type { PipelineMessage } from '../../../shared/domain/intake.ts';
import type { OfferedMask } from '../../../shared/ports/store/intakeStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { sha256Hex } from '../../base/hash.ts';
import { frame1, frame2, image1, image2, jobA, jobB, modelRevision, productId, publishAll, verdictInput, videoId } from './samples.ts';
import type { StoreUnderTest } from './storeContract.ts';

const accept = (store: Store, message: PipelineMessage, dedupKey: string = randomUUID()) =>
  store.intake.accept({ message, dedupKey, messageId: randomUUID(), eventId: asId(randomUUID()), batchEventId: asId(randomUUID()), correlationId: 'trace' });

const imageMessage = (asset: AssetRef, jobId: JobId = jobA): PipelineMessage => ({
  kind: 'image',
  jobId,
  parentId: productId,
  incomingEventId: null,
  assets: [{ id: asset.id, localPath: `data/images/${asset.id}.jpg`, timestampS: null, unknown: {} }],
  unknown: { colour: 'blue' },
});

const videoMessage = (assets: readonly AssetRef[], jobId: JobId = jobA, video: VideoId = videoId): PipelineMessage => ({
  kind: 'keyframes',
  jobId,
  parentId: video,
  incomingEventId: 'in',
  assets: assets.map(({ id }, index) => ({ id, localPath: 'x', timestampS: index + 0.5, unknown: { note: index } })),
  unknown: {},
});

const batchMessage = (kind: 'imageBatch' | 'keyframeBatch', expected: number, jobId: JobId = jobA): PipelineMessage => ({ kind, jobId, incomingEventId: 'in', expected, unknown: {} });

const offerOf = async (store: Store, asset: AssetRef): Promise<OfferedMask> => {
  const { revision } = await store.revisions.addCandidate(modelRevision(asset));
  const { revisionId, maskSha256 } = revision;
  return { revisionId, maskSha256, sourceSha256: sha256Hex('photo'), stablePath: `data/masks/${asset.id}.png`, publicationId: asId(randomUUID()) };
};

/** As a worker does it: offered, published, asked again. */
const storeMask = async (store: Store, messageId: string, asset: AssetRef): Promise<OfferedMask> => {
  const offer = await offerOf(store, asset);
  expect(await store.intake.decide(messageId, asset, offer)).toEqual({ kind: 'publish' });
  await publishAll(store);
  return offer;
};

const told = async (store: Store): Promise<readonly unknown[]> => (await store.outbox.list()).map(({ topic, payload }) => ({ topic, ...payload, event_id: undefined }));
const maskOf = async (store: Store, asset: AssetRef): Promise<string | null | undefined> => (await store.assets.get(asset))?.maskedLocalPath;

export const intakeContract = (current: StoreUnderTest): void => {
  describe('intake', () => {
    it('notes a message once, and gives the same answer again', async () => {
      const { store } = current.fixture;
      const first = await accept(store, videoMessage([frame2, frame1]), 'key');
      expect(first).toMatchObject({ isNew: true, message: { state: 'waiting', jobId: jobA, incomingEventId: 'in' }, batch: { arrived: 2, expected: null, missing: 0 } });
      expect(first.message.assets.map(({ asset, timestampS, unknown, state }) => [asset, timestampS, unknown, state])).toEqual([
        [frame2, 0.5, { note: 0 }, 'waiting'],
        [frame1, 1.5, { note: 1 }, 'waiting'],
      ]);
      const again = await accept(store, videoMessage([frame2, frame1]), 'key');
      expect(again).toMatchObject({ isNew: false, message: first.message, batch: { arrived: 2 } });
      expect(await store.intake.message(first.message.messageId)).toEqual(first.message);
    });

    it('two that note the same message at once note it once', async () => {
      const { store } = current.fixture;
      const other = await current.fixture.openAnother();
      const both = await Promise.all([store, other, store, other].map((one) => accept(one, imageMessage(image1), 'key')));
      expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(new Set(both.map(({ message }) => message.eventId)).size).toBe(1);
      expect((await store.intake.batch(jobA, 'product_image'))?.arrived).toBe(1);
    });

    it('enqueues the answer with the mask, and the batch event after the last of it', async () => {
      const { store } = current.fixture;
      await accept(store, batchMessage('keyframeBatch', 3));
      const { message } = await accept(store, videoMessage([frame1, frame2]));
      await storeMask(store, message.messageId, frame1);
      expect(await told(store)).toEqual([]);
      await storeMask(store, message.messageId, frame2);
      const frames = [
        { frame_id: 'frame-1', ts: 0.5, mask_path: 'data/masks/frame-1.png', note: 0 },
        { frame_id: 'frame-2', ts: 1.5, mask_path: 'data/masks/frame-2.png', note: 1 },
      ];
      const answer = { topic: 'video.keyframes.masked', job_id: 'job-a', video_id: 'video-1', frames };
      expect(await told(store)).toEqual([answer]);
      expect((await store.outbox.list())[0]?.eventId).toBe(message.eventId);
      // One that failed counts as settled, and not in the total.
      const late = await accept(store, videoMessage([{ kind: 'keyframe', id: asId('frame-3') }]));
      await store.intake.settleFailed(late.message.messageId, { kind: 'keyframe', id: asId('frame-3') }, { code: 'timeout', message: 'Too long' });
      expect(await told(store)).toEqual([answer, { topic: 'video.keyframes.masked.batch', job_id: 'job-a', total_keyframes: 2 }]);
      expect(await store.intake.batch(jobA, 'keyframe')).toMatchObject({ stored: 2, failed: 1, sentTotal: 2, completedBy: late.message.messageId, isTimedOut: false });
      expect(await store.intake.decide(message.messageId, frame1, null)).toEqual({ kind: 'settled', state: 'stored', by: null });
    });

    it('one batch event, whoever settles the last two at the same time', async () => {
      const { store } = current.fixture;
      const other = await current.fixture.openAnother();
      const messages = await Promise.all([image1, image2].map((image) => accept(store, imageMessage(image))));
      await accept(store, batchMessage('imageBatch', 2));
      await Promise.all(messages.map(({ message }, index) => (index === 0 ? store : other).intake.settleFailed(message.messageId, [image1, image2][index] as AssetRef, { code: 'x', message: 'x' })));
      expect(await told(store)).toEqual([{ topic: 'products.images.masked.batch', job_id: 'job-a', total_images: 0 }]);
    });

    it('two frames of one message, settled at the same time, are answered once', async () => {
      const { store } = current.fixture;
      const other = await current.fixture.openAnother();
      const { message } = await accept(store, videoMessage([frame1, frame2]));
      const offers = await Promise.all([frame1, frame2].map((frame) => offerOf(store, frame)));
      await Promise.all([frame1, frame2].map((frame, index) => (index === 0 ? store : other).intake.decide(message.messageId, frame, offers[index] as OfferedMask)));
      await Promise.all([publishAll(store), publishAll(other)]);
      expect((await store.outbox.list()).map(({ eventId }) => eventId)).toEqual([message.eventId]);
      expect((await store.intake.message(message.messageId))?.state).toBe('settled');
    });

    it('publishes a mask once for the jobs of a video, and answers each of them', async () => {
      const { store } = current.fixture;
      const first = await accept(store, videoMessage([frame1]));
      const second = await accept(store, videoMessage([frame1], jobB));
      const offer = await offerOf(store, frame1);
      for (const { message } of [first, second]) expect(await store.intake.decide(message.messageId, frame1, offer)).toEqual({ kind: 'publish' });
      await publishAll(store);
      expect((await store.outbox.list()).map(({ payload }) => payload['job_id']).sort()).toEqual(['job-a', 'job-b']);
      const third = await accept(store, videoMessage([frame1], asId('job-c')));
      expect(await store.intake.decide(third.message.messageId, frame1, offer)).toEqual({ kind: 'settled', state: 'stored', by: 'known' });
      expect(await store.publications.ofAsset(frame1)).toHaveLength(1);
    });

    it('an approval counts as stored with its own path, and is not replaced', async () => {
      const { store } = current.fixture;
      const head = await offerOf(store, image1);
      await store.review.recordVerdict({ ...verdictInput(image1, 'approve', head.revisionId), stablePath: 'data/masks/approved.png' });
      const { message } = await accept(store, imageMessage(image1));
      expect(await store.intake.decide(message.messageId, image1, null)).toEqual({ kind: 'publish' });
      await publishAll(store);
      expect(await store.intake.decide(message.messageId, image1, null)).toEqual({ kind: 'settled', state: 'stored', by: 'approved' });
      expect((await told(store)).at(-1)).toEqual({ topic: 'products.image.masked', job_id: 'job-a', image_id: 'image-1', mask_path: 'data/masks/approved.png', colour: 'blue' });
      expect((await store.intake.message(message.messageId))?.assets[0]?.wantsProposal).toBe(true);
      await store.intake.endProposal(message.messageId, image1);
      expect((await store.intake.message(message.messageId))?.assets[0]?.wantsProposal).toBe(false);
      // With a mask at hand it is the same.
      const later = await accept(store, imageMessage(image1));
      expect(await store.intake.decide(later.message.messageId, image1, await offerOf(store, image1))).toEqual({ kind: 'settled', state: 'stored', by: 'approved' });
      expect(await store.publications.ofAsset(image1)).toHaveLength(1);
    });

    it('a rejection withdraws what a worker published, its undo brings that back, and while it stands no mask of a model is public', async () => {
      const { store } = current.fixture;
      const { message } = await accept(store, imageMessage(image1));
      const offer = await storeMask(store, message.messageId, image1);
      expect(await maskOf(store, image1)).toBe('data/masks/image-1.png');
      const rejection = await store.review.recordVerdict(verdictInput(image1, 'reject', offer.revisionId));
      await publishAll(store);
      expect(await maskOf(store, image1)).toBeNull();
      const meanwhile = await accept(store, imageMessage(image1));
      expect(await store.intake.decide(meanwhile.message.messageId, image1, null)).toEqual({ kind: 'settled', state: 'failed', by: 'rejected' });
      await store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: rejection.verdict.verdictId }));
      await publishAll(store);
      expect(await maskOf(store, image1)).toBe('data/masks/image-1.png');
      expect((await store.publications.ofAsset(image1)).at(-1)).toMatchObject({ rank: 'model', revisionId: offer.revisionId, state: 'published' });
    });

    it('taking an approval back brings the worker’s mask back; an approval outranks what comes later', async () => {
      const { store } = current.fixture;
      const { message } = await accept(store, imageMessage(image1));
      const offer = await storeMask(store, message.messageId, image1);
      const approval = await store.review.recordVerdict({ ...verdictInput(image1, 'approve', offer.revisionId), stablePath: 'data/masks/approved.png' });
      await publishAll(store);
      expect(await maskOf(store, image1)).toBe('data/masks/approved.png');
      await store.review.recordVerdict(verdictInput(image1, 'undo', null, { undoesVerdictId: approval.verdict.verdictId }));
      await publishAll(store);
      expect(await maskOf(store, image1)).toBe('data/masks/image-1.png');
      // Reopening what nobody judged changes nothing.
      const next = await accept(store, imageMessage(image1));
      await storeMask(store, next.message.messageId, image1);
      const before = await store.publications.ofAsset(image1);
      await store.review.recordVerdict(verdictInput(image1, 'reopen', (await store.assets.get(image1))?.headRevisionId ?? null));
      expect(await store.publications.ofAsset(image1)).toEqual(before);
    });

    it('batches time out once their total is known and nothing waits', async () => {
      const { store, clock } = current.fixture;
      const { message } = await accept(store, imageMessage(image1));
      await accept(store, batchMessage('imageBatch', 3));
      clock.advance(10_000);
      expect(await store.intake.completeOverdue(5_000)).toEqual([]);
      await storeMask(store, message.messageId, image1);
      expect(await store.intake.completeOverdue(5_000)).toEqual([]);
      expect(await store.intake.batches(5_000, 1)).toMatchObject([{ missing: 2, sentAtMs: null }]);
      const [batch] = await store.intake.batches(5_000, 1);
      expect((batch?.deadlineAtMs ?? 0) - (batch?.lastActivityAtMs ?? 0)).toBe(5_000);
      clock.advance(5_001);
      expect(await store.intake.completeOverdue(5_000)).toMatchObject([{ jobId: jobA, sentTotal: 1, isTimedOut: true, missing: 2 }]);
      expect(await store.intake.completeOverdue(5_000)).toEqual([]);
      expect((await told(store)).at(-1)).toEqual({ topic: 'products.images.masked.batch', job_id: 'job-a', total_images: 1 });
      // What comes after all is answered; the batch stays as it was told.
      const late = await accept(store, imageMessage(image2));
      await storeMask(store, late.message.messageId, image2);
      expect((await store.outbox.list()).filter(({ topic }) => topic.endsWith('batch'))).toHaveLength(1);
    });

    it('tells what is left over, and a message out of the dead letters waits again', async () => {
      const { store, clock } = current.fixture;
      const { message } = await accept(store, imageMessage(image1), 'key');
      expect(await store.intake.leftOver(1_000, 10)).toEqual([]);
      clock.advance(1_000);
      expect((await store.intake.leftOver(1_000, 10)).map(({ messageId }) => messageId)).toEqual([message.messageId]);
      await store.intake.touch([message.messageId]);
      expect(await store.intake.leftOver(1_000, 10)).toEqual([]);
      await store.intake.giveUp(message.messageId, 'No row');
      clock.advance(1_000);
      expect(await store.intake.leftOver(1_000, 10)).toEqual([]);
      expect(await accept(store, imageMessage(image1), 'key')).toMatchObject({ isNew: false, message: { state: 'waiting' } });
    });

    it('forgets what is long done with and nothing else; what comes again after that changes no total', async () => {
      const { store, clock } = current.fixture;
      const done = await accept(store, videoMessage([frame1, frame2]), 'done');
      await accept(store, batchMessage('keyframeBatch', 2), 'total');
      for (const asset of [frame1, frame2]) await storeMask(store, done.message.messageId, asset);
      const waiting = await accept(store, imageMessage(image1), 'waiting');
      const dead = await accept(store, imageMessage(image2), 'dead');
      await store.intake.giveUp(dead.message.messageId, 'no row');
      const events = await told(store);
      expect(await store.intake.prune(10_000, 10)).toBe(0);
      clock.advance(10_000);
      const recent = await accept(store, batchMessage('imageBatch', 2), 'recent');
      expect(await store.intake.prune(10_000, 2)).toBe(2);
      expect(await store.intake.prune(10_000, 2)).toBe(1);
      expect(await store.intake.prune(10_000, 2)).toBe(0);
      for (const { message } of [waiting, recent]) expect(await store.intake.message(message.messageId)).not.toBeNull();
      for (const { message } of [done, dead]) expect(await store.intake.message(message.messageId)).toBeNull();

      const again = await accept(store, videoMessage([frame1, frame2]), 'done');
      expect(again).toMatchObject({ isNew: true, batch: { arrived: 2, stored: 2 } });
      for (const asset of [frame1, frame2]) await store.intake.settleFailed(again.message.messageId, asset, { code: 'not_found', message: 'gone' });
      expect(await store.intake.batch(jobA, 'keyframe')).toMatchObject({ arrived: 2, stored: 2, failed: 0 });
      expect(await told(store)).toEqual(events);
    });

    it('of two totals of a batch the larger counts, and what was sent stays sent', async () => {
      const { store } = current.fixture;
      await accept(store, batchMessage('imageBatch', 2));
      expect((await accept(store, batchMessage('imageBatch', 1))).batch).toMatchObject({ expected: 2, sentAtMs: null });
      expect((await accept(store, batchMessage('keyframeBatch', 0))).batch).toMatchObject({ expected: 0, sentTotal: 0 });
      expect((await accept(store, batchMessage('keyframeBatch', 4))).batch).toMatchObject({ expected: 0, sentTotal: 0 });
      expect(await store.outbox.list()).toHaveLength(1);
    });

    it('takes in many frames at once, and says which the pipeline does not have', async () => {
      const { store } = current.fixture;
      const many = Array.from({ length: 1_200 }, (_, index): AssetRef => ({ kind: 'keyframe', id: asId(`none-${index}`) }));
      const { message, batch } = await accept(store, videoMessage([frame1, ...many]));
      expect([message.assets.length, batch.arrived]).toEqual([1_201, 1_201]);
      expect(await store.intake.adopt([frame1, ...many])).toEqual(many);
    });
  });
};
