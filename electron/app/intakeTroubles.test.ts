import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { Segmenter } from '../../shared/ports/segmenter.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { AssetOutcome } from '../services/intake/intakeObserver.ts';
import type { IntakeParts } from '../services/intake/intakeOptions.ts';
import { verdictInput } from '../store/testing/samples.ts';
import { createIntakeRig, framesReady, imageBatch, imageReady, messageOf, recipeId, redSegmenter, type IntakeRig } from './testing/intakeRig.ts';

const never = new AbortController().signal;
let rig: IntakeRig;
beforeEach(async () => {
  rig = await createIntakeRig();
});
afterEach(() => rig.dispose());

const segmentingBy = (segment: Segmenter['segment']): Pick<IntakeParts, 'segmenterOf'> => ({ segmenterOf: () => Promise.resolve({ ...redSegmenter, segment }) });
const until = (signal: AbortSignal | undefined): Promise<never> => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError'))));
const topics = async (): Promise<readonly string[]> => (await rig.events()).map(({ topic }) => topic);
const revisions = async (asset: AssetRef): Promise<number> => (await rig.store.revisions.ofAsset(asset)).length;

/** A gate that a test opens. */
const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

describe('intake in trouble', () => {
  it('gives back what is in hand at the signal; another worker goes on at once', async () => {
    const image = await rig.addImage('a');
    const { open: begun, opened: hasBegun } = gate();
    const worker = rig.worker({
      parts: segmentingBy((_photo, { signal }) => {
        begun();
        return until(signal);
      }),
    });
    const closing = new AbortController();
    const handled = worker.handle(imageReady('job', 'a'), closing.signal);
    await hasBegun;
    closing.abort();
    expect(await handled).toEqual({ kind: 'requeue' });
    await worker.dispose();
    expect((await rig.store.tasks.counts()).running).toBe(0);
    expect(await rig.worker().handle(imageReady('job', 'a'), never)).toEqual({ kind: 'ack' });
    expect([await topics(), await revisions(image)]).toEqual([['products.image.masked'], 1]);
  });

  it('two workers with the same picture: one computes, the other waits for what comes of it', async () => {
    const [frame] = await rig.addFrames('video', ['job', 'other'], ['f1']);
    const { open, opened } = gate();
    const { open: begun, opened: hasBegun } = gate();
    let runs = 0;
    const parts = segmentingBy(async (...given) => {
      runs++;
      begun();
      await opened;
      return redSegmenter.segment(...given);
    });
    const outcomes: AssetOutcome[] = [];
    const observer = { assetSettled: (_facts: unknown, outcome: AssetOutcome) => void outcomes.push(outcome) };
    const first = rig.worker({ parts, observer }).handle(framesReady('job', 'video', ['f1']), never);
    await hasBegun;
    const waits = gate();
    const second = rig.worker({ parts, observer: { ...observer, stage: (stage) => stage === 'queueWait' && waits.open() } }).handle(framesReady('other', 'video', ['f1']), never);
    await waits.opened;
    open();
    expect(await Promise.all([first, second])).toEqual([{ kind: 'ack' }, { kind: 'ack' }]);
    expect([runs, await revisions(frame as AssetRef)]).toEqual([1, 1]);
    expect(outcomes).toEqual([{ kind: 'stored', how: 'computed' }, { kind: 'stored', how: 'known' }]);
    expect(await topics()).toEqual(['video.keyframes.masked', 'video.keyframes.masked']);
  });

  it('what takes too long is a failed asset; the others go on', async () => {
    const slow = await rig.addImage('slow', 1);
    await rig.addImage('quick', 2);
    const { open, opened } = gate();
    const worker = rig.worker({
      settings: { assetDeadlineMs: 20 },
      // Listens to no signal at all.
      parts: segmentingBy((photo, options) => (photo.length > 0 && !isQuick(photo) ? opened.then(() => redSegmenter.segment(photo, options)) : redSegmenter.segment(photo, {}))),
    });
    const quickPhoto = await rig.blobs.get('data/images/products/quick.png');
    const isQuick = (photo: Uint8Array): boolean => Buffer.from(photo).equals(Buffer.from(quickPhoto));
    await worker.handle(imageBatch('job', 2), never);
    await worker.handle(imageReady('job', 'slow'), never);
    open();
    expect(await rig.store.assets.get(slow)).toMatchObject({ state: 'failed', reason: expect.stringContaining('longer than') as string });
    const patient = rig.worker();
    await patient.handle(imageReady('job', 'quick'), never);
    expect(await topics()).toEqual(['products.image.masked', 'products.images.masked.batch']);
    expect((await patient.batches())[0]).toMatchObject({ stored: 1, failed: 1 });
  });

  it('waits for servers that are away, however long, and blames no picture', async () => {
    await rig.addImage('a');
    let away = 8;
    const blobs: BlobStore = {
      ...rig.blobs,
      get: (key) => (away-- > 0 ? Promise.reject(new ExpectedError('blobs_unreachable', 'The object store is away.')) : rig.blobs.get(key)),
    };
    const retried: [code: string, attempt: number][] = [];
    const worker = rig.worker({ parts: { blobs }, observer: { retried: (_facts, { code, attempt }) => retried.push([code, attempt]) } });
    expect(await worker.handle(imageReady('job', 'a'), never)).toEqual({ kind: 'ack' });
    expect(retried).toEqual(Array.from({ length: 8 }, (_, index) => ['blobs_unreachable', index + 1]));
    expect(await topics()).toEqual(['products.image.masked']);
  });

  it('gives a message up whose picture crashes the model each time, and takes it up when it comes out of the dead letters', async () => {
    const image = await rig.addImage('a');
    const worker = rig.worker({ parts: segmentingBy(() => Promise.reject(new ExpectedError('inference_crashed', 'The process died.'))) });
    await worker.handle(imageBatch('job', 1), never);
    expect(await worker.handle(imageReady('job', 'a'), never)).toEqual({ kind: 'deadLetter', reason: 'Given up after 4 tries: The process died.' });
    expect(await rig.store.assets.get(image)).toMatchObject({ state: 'unsegmented' });
    expect(await rig.worker().handle(imageReady('job', 'a'), never)).toEqual({ kind: 'ack' });
    expect(await topics()).toEqual(['products.image.masked', 'products.images.masked.batch']);
  });

  it('a fault of ours is a failed asset after some tries, not a batch that never ends', async () => {
    await rig.addImage('a');
    const worker = rig.worker({ parts: segmentingBy(() => Promise.reject(new TypeError('nobody thought of that'))) });
    await worker.handle(imageBatch('job', 1), never);
    expect(await worker.handle(imageReady('job', 'a'), never)).toEqual({ kind: 'ack' });
    expect(await topics()).toEqual(['products.images.masked.batch']);
  });

  it('takes the mask of a desk that was quicker', async () => {
    const image = await rig.addImage('a');
    const { added } = await rig.store.tasks.enqueue([image], { modelId: recipeId, threshold: 0.5, wantMatte: false });
    const claimed = await rig.store.tasks.claimNext('desk', { leaseMs: 60_000 });
    expect(claimed?.taskId).toBe(added[0]);
    const waits = gate();
    const handled = rig.worker({ observer: { stage: (stage) => stage === 'queueWait' && waits.open() } }).handle(imageReady('job', 'a'), never);
    await waits.opened;
    const { mask, run } = await redSegmenter.segment(await rig.blobs.get('data/images/products/a.png'), {});
    const other = await rig.addImage('b');
    await rig.worker().handle(imageReady('job', 'b'), never);
    const same = (await rig.store.revisions.ofAsset(other))[0];
    await rig.store.revisions.addCandidate({ ...(same as NonNullable<typeof same>), revisionId: asId('8b7c4c7e-26c5-4d1e-9c53-2b1f0a3e9d11'), asset: image, model: run, widthPx: mask.widthPx });
    await rig.store.tasks.finish(added[0] ?? asId(''), 'desk');
    expect(await handled).toEqual({ kind: 'ack' });
    expect(await revisions(image)).toBe(1);
    expect((await rig.store.assets.get(image))?.maskedLocalPath).toBe('data/masks/products/a.png');
  });

  it('beside an approval the recipe’s mask is kept as a proposal, once', async () => {
    const image = await rig.addImage('a');
    await rig.worker().handle(imageReady('job', 'a'), never);
    const head = (await rig.store.assets.get(image))?.headRevisionId ?? null;
    await rig.store.review.recordVerdict({
      verdict: { verdictId: asId('v'), asset: image, revisionId: head, kind: 'approve', reason: null, note: null, reviewer: 'ada', undoesVerdictId: null },
      expectedHead: head,
      newRevision: null,
      endsDraft: false,
      publicationId: asId('p'),
      stablePath: 'data/masks/products/a.png',
      newEventId: () => asId(crypto.randomUUID()),
    });
    // The same photo and recipe: nothing to propose. Another photo: a proposal.
    const worker = rig.worker();
    await worker.handle(imageReady('job', 'a', { event_id: 'same' }), never);
    expect(await revisions(image)).toBe(1);
    await rig.addImage('b', 30);
    await rig.blobs.put('data/images/products/a.png', await rig.blobs.get('data/images/products/b.png'));
    const outcomes: AssetOutcome[] = [];
    await rig.worker({ observer: { assetSettled: (_facts, outcome) => void outcomes.push(outcome) } }).handle(imageReady('job', 'a', { event_id: 'other' }), never);
    expect(outcomes).toEqual([{ kind: 'stored', how: 'approved' }]);
    expect(await revisions(image)).toBe(2);
    expect(await rig.store.assets.get(image)).toMatchObject({ state: 'approved', headRevisionId: head });
  });

  it('an approval outranks the recipe that fails at the same time: counted as stored, its path told', async () => {
    const image = await rig.addImage('a');
    await rig.worker().handle(imageReady('other', 'a'), never);
    const head = (await rig.store.assets.get(image))?.headRevisionId ?? null;
    const outcomes: AssetOutcome[] = [];
    const segmenter: Segmenter = {
      ...redSegmenter,
      weightsSha256: asId('b'.repeat(64)),
      segment: async () => {
        await rig.store.review.recordVerdict({ ...verdictInput(image, 'approve', head), stablePath: 'data/masks/products/a.png' });
        throw new ExpectedError('timeout', 'Too slow.');
      },
    };
    const worker = rig.worker({ parts: { segmenterOf: () => Promise.resolve(segmenter) }, observer: { assetSettled: (_facts, outcome) => void outcomes.push(outcome) } });
    expect(await worker.handle(imageReady('job', 'a'), never)).toEqual({ kind: 'ack' });
    await worker.handle(imageBatch('job', 1), never);
    expect(outcomes).toEqual([{ kind: 'stored', how: 'approved' }]);
    const told = (await rig.events()).filter(({ payload }) => payload['job_id'] === 'job' && payload['total_images'] !== undefined);
    expect(told.map(({ payload }) => payload['total_images'])).toEqual([1]);
    expect((await rig.events()).filter(({ topic, payload }) => topic === 'products.image.masked' && payload['job_id'] === 'job').map(({ payload }) => payload['mask_path'])).toContain('data/masks/products/a.png');
    expect(await rig.store.assets.get(image)).toMatchObject({ state: 'approved' });
  });

  it.each([
    ['a correlation id that no database keeps', { _metadata: { correlation_id: 'a\0b' } }],
    ['a correlation id that AMQP can not carry', { _metadata: { correlation_id: 'é'.repeat(200) } }],
    ['null for it', { _metadata: { correlation_id: null } }],
    ['null for _metadata', { _metadata: null }],
    ['null for event_id', { event_id: null }],
    ['a number for event_id', { event_id: 7 }],
    ['null for metadata', { metadata: null }],
    ['empty metadata', { metadata: {} }],
  ])('takes %s for what it is: nothing', async (_name, more) => {
    await rig.addImage('a');
    expect(await rig.worker().handle(imageReady('job', 'a', more), never)).toEqual({ kind: 'ack' });
    expect((await rig.events()).map(({ topic, correlationId }) => [topic, correlationId])).toEqual([['products.image.masked', 'job']]);
  });

  it('numbers of unknown fields go on as they were written', async () => {
    await rig.addFrames('video', ['job'], ['f1']);
    const frame = '{"frame_id":"f1","ts":0.10000000000000000000005,"local_path":"data/images/frames/f1.png","big":-98765432109876543210}';
    const text = `{"video_id":"video","job_id":"job","crawl_id":12345678901234567890,"far":1e400,"frames":[${frame}]}`;
    expect(await rig.worker().handle(messageOf('videos.keyframes.ready', new TextEncoder().encode(text)), never)).toEqual({ kind: 'ack' });
    const sent = JSON.stringify((await rig.events())[0]?.payload);
    for (const part of ['"crawl_id":12345678901234567890', '"far":1e400', '"big":-98765432109876543210', '"ts":0.1,']) expect(sent).toContain(part);
  });

  it('what the store refuses while it is noted is a dead letter; what breaks each time is one in the end', async () => {
    await rig.addImage('a');
    const failing = (error: Error): Store => ({ ...rig.store, intake: { ...rig.store.intake, accept: () => Promise.reject(error) } });
    const refusing = rig.worker({ parts: { store: failing(new ExpectedError('invalid_input', 'The database does not take it.')) } });
    expect(await refusing.handle(imageReady('job', 'a'), never)).toEqual({ kind: 'deadLetter', reason: 'The database does not take it.' });
    const breaking = rig.worker({ parts: { store: { ...rig.store, intake: { ...rig.store.intake, batch: () => Promise.reject(new Error('broken')) } } } });
    const answers: string[] = [];
    for (let time = 0; time < 4; time++) answers.push((await breaking.handle(imageBatch('job', 0), never)).kind);
    expect(answers).toEqual(['requeue', 'ack', 'ack', 'ack']);
    const worse = rig.worker({ parts: { store: { ...rig.store, intake: { ...rig.store.intake, decide: () => Promise.reject(new ExpectedError('invalid_input', 'No.')) } } } });
    answers.length = 0;
    for (let time = 0; time < 4; time++) answers.push((await worse.handle(imageReady('job', 'a'), never)).kind);
    expect(answers).toEqual(['requeue', 'requeue', 'requeue', 'deadLetter']);
  });

  it('looks for the rows of all frames at once, and goes on with each as it comes', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `f${index}`);
    const looks: number[] = [];
    const adopt: Store['intake']['adopt'] = async (assets) => {
      looks.push(assets.length);
      if (looks.length === 3) await rig.addFrames('video', ['job'], ['f0']);
      return rig.store.intake.adopt(assets);
    };
    const stored: string[] = [];
    const worker = rig.worker({
      settings: { rowWaitMs: 600 },
      parts: { store: { ...rig.store, intake: { ...rig.store.intake, adopt } } },
      observer: { assetSettled: ({ asset }, { kind }) => void (kind === 'stored' && stored.push(asset.id)) },
    });
    expect(await worker.handle(framesReady('job', 'video', ids), never)).toEqual({ kind: 'ack' });
    expect(stored).toEqual(['f0']);
    expect(looks.length).toBeLessThan(ids.length);
    expect(looks.at(-1)).toBe(ids.length - 1);
  });

  it('left-over work that waits out an outage keeps no overdue batch waiting', async () => {
    await rig.addImage('a');
    const closing = new AbortController();
    const { open: begun, opened: hasBegun } = gate();
    const first = rig.worker({
      parts: segmentingBy((_photo, { signal }) => {
        begun();
        return until(signal);
      }),
    });
    const handled = first.handle(imageReady('job', 'a'), closing.signal);
    await hasBegun;
    closing.abort();
    await handled;
    const stopping = new AbortController();
    const { open: waits, opened: isWaiting } = gate();
    const blobs: BlobStore = { ...rig.blobs, get: () => Promise.reject(new ExpectedError('blobs_unreachable', 'The object store is away.')) };
    const sent: string[] = [];
    const worker = rig.worker({ settings: { leftOverAfterMs: 0, batchTimeoutMs: 0 }, parts: { blobs }, observer: { retried: waits, batchSent: ({ jobId }) => void sent.push(jobId) } });
    await worker.sweep(stopping.signal);
    await isWaiting;
    await worker.handle(imageBatch('other', 2), never);
    await worker.sweep(stopping.signal);
    expect(sent).toEqual(['other']);
    stopping.abort();
    await worker.sweptUp();
  });

  it('takes up work whose message is gone', async () => {
    await rig.addImage('a');
    const closing = new AbortController();
    const { open: begun, opened: hasBegun } = gate();
    const first = rig.worker({
      parts: segmentingBy((_photo, { signal }) => {
        begun();
        return until(signal);
      }),
    });
    const handled = first.handle(imageReady('job', 'a'), closing.signal);
    await hasBegun;
    closing.abort();
    await handled;
    await rig.worker({ settings: { leftOverAfterMs: 60_000 } }).sweep();
    expect(await topics()).toEqual([]);
    const taking = rig.worker({ settings: { leftOverAfterMs: 0 } });
    await taking.sweep();
    await taking.sweptUp();
    expect(await topics()).toEqual(['products.image.masked']);
  });
});
