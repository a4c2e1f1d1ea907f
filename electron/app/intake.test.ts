import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId } from '../../shared/domain/ids.ts';
import type { OutgoingEvent } from '../../shared/ports/broker.ts';
import { createIntakeRig, frameBatch, framesReady, imageBatch, imageReady, messageOf, photoOf, type IntakeRig } from './testing/intakeRig.ts';

const never = new AbortController().signal;
let rig: IntakeRig;
beforeEach(async () => {
  rig = await createIntakeRig();
});
afterEach(() => rig.dispose());

const short = (events: readonly OutgoingEvent[]): readonly unknown[] =>
  events.map(({ topic, payload }) => [topic, payload['image_id'] ?? payload['video_id'] ?? payload['total_images'] ?? payload['total_keyframes']]);

const masks = async (asset: AssetRef): Promise<number> => (await rig.store.revisions.ofAsset(asset)).length;

describe('intake', () => {
  it('masks an image, sets its path and tells of it', async () => {
    const image = await rig.addImage('a', 5);
    const settlement = await rig.worker().handle(imageReady('job', 'a', { event_id: 'in-1', colour: 'blue', _metadata: { correlation_id: 'trace' } }), never);
    expect(settlement).toEqual({ kind: 'ack' });
    const asset = await rig.store.assets.get(image);
    expect(asset).toMatchObject({ state: 'to_review', maskedLocalPath: 'data/masks/products/a.png' });
    const [event, ...rest] = await rig.events();
    expect(rest).toEqual([]);
    expect(event).toMatchObject({ topic: 'products.image.masked', correlationId: 'trace' });
    // Unknown fields survive; what was only true of the incoming event does not.
    expect(event?.payload).toEqual({ event_id: event?.eventId, job_id: 'job', image_id: 'a', mask_path: 'data/masks/products/a.png', colour: 'blue' });
    expect((await rig.store.revisions.ofAsset(image))[0]).toMatchObject({ origin: 'model', areaPx: 6 });
    expect(await rig.blobs.has('data/masks/products/a.png')).toBe(true);
  });

  it.each(['first', 'middle', 'last'] as const)('sends the batch event after all of its assets when the batch comes %s', async (when) => {
    for (const id of ['a', 'b', 'c']) await rig.addImage(id);
    const messages = [imageReady('job', 'a'), imageReady('job', 'b'), imageReady('job', 'c')];
    messages.splice({ first: 0, middle: 1, last: 3 }[when], 0, imageBatch('job', 3, { hint: 7 }));
    const worker = rig.worker();
    for (const message of messages) expect(await worker.handle(message, never)).toEqual({ kind: 'ack' });
    const events = await rig.events();
    expect(short(events).slice(0, 3)).toEqual([['products.image.masked', 'a'], ['products.image.masked', 'b'], ['products.image.masked', 'c']]);
    expect(events.slice(3).map(({ payload }) => payload)).toEqual([{ event_id: events[3]?.eventId, job_id: 'job', total_images: 3, hint: 7 }]);
    expect(await worker.batches()).toMatchObject([{ jobId: 'job', kind: 'product_image', expected: 3, arrived: 3, stored: 3, failed: 0, missing: 0, sentTotal: 3 }]);
  });

  it('completes an empty batch at once', async () => {
    const worker = rig.worker();
    await worker.handle(imageBatch('job', 0), never);
    await worker.handle(frameBatch('job', 0), never);
    expect(short(await rig.events())).toEqual([['products.images.masked.batch', 0], ['video.keyframes.masked.batch', 0]]);
  });

  it('answers a video with one event for its frames, to each of its jobs, and segments once', async () => {
    const [first] = await rig.addFrames('video', ['job', 'other'], ['f1', 'f2', 'f3']);
    const worker = rig.worker();
    await worker.handle(framesReady('job', 'video', ['f1', 'f2', 'f3']), never);
    await worker.handle({ ...framesReady('other', 'video', ['f1', 'f2', 'f3']), topic: 'video.keyframes.ready' }, never);
    const events = await rig.events();
    expect(events.map(({ payload }) => [payload['job_id'], payload['frames']])).toEqual(
      ['job', 'other'].map((job) => [job, ['f1', 'f2', 'f3'].map((id, index) => ({ frame_id: id, ts: index, mask_path: `data/masks/frames/${id}.png` }))]),
    );
    expect(await masks(first as AssetRef)).toBe(1);
    expect(await rig.store.publications.ofAsset(first as AssetRef)).toHaveLength(1);
  });

  it('counts a corrupt photo as failed, and stops nobody else for it', async () => {
    const broken = await rig.addImage('broken');
    await rig.addImage('good');
    await rig.blobs.put('data/images/products/broken.png', new TextEncoder().encode('no picture'));
    const worker = rig.worker();
    await worker.handle(imageBatch('job', 2), never);
    expect(await Promise.all(['broken', 'good'].map((id) => worker.handle(imageReady('job', id), never)))).toEqual([{ kind: 'ack' }, { kind: 'ack' }]);
    expect(short(await rig.events())).toEqual([['products.image.masked', 'good'], ['products.images.masked.batch', 1]]);
    expect(await rig.store.assets.get(broken)).toMatchObject({ state: 'failed', maskedLocalPath: null });
    expect((await worker.batches())[0]).toMatchObject({ stored: 1, failed: 1 });
  });

  it('changes nothing for what comes again, by either spelling', async () => {
    await rig.addImage('a');
    const worker = rig.worker();
    await worker.handle(imageBatch('job', 1), never);
    const outcomes: string[] = [];
    const again = rig.worker({ observer: { settled: (_facts, outcome) => outcomes.push(outcome) } });
    await worker.handle(imageReady('job', 'a'), never);
    await again.handle({ ...imageReady('job', 'a'), topic: 'products.images.ready' }, never);
    await again.handle(imageBatch('job', 1), never);
    await again.handle(imageBatch('job', 1, { event_id: 'another' }), never);
    expect(outcomes).toEqual(['duplicate', 'duplicate', 'ack']);
    expect(short(await rig.events())).toEqual([['products.image.masked', 'a'], ['products.images.masked.batch', 1]]);
  });

  it.each([
    ['not JSON', new Uint8Array([0xff, 0x00])],
    ['a list', []],
    ['no job', { product_id: 'p', image_id: 'a', local_path: 'x' }],
    ['a number for an id', { product_id: 'p', image_id: 7, local_path: 'x', job_id: 'job' }],
    ['an id that no database keeps', { product_id: 'p', image_id: 'a\0', local_path: 'x', job_id: 'job' }],
    ['an id that is too long', { product_id: 'p', image_id: 'x'.repeat(256), local_path: 'x', job_id: 'job' }],
  ])('gives poison to the dead letters with a reason: %s', async (_name, body) => {
    const settlement = await rig.worker().handle(messageOf('products.image.ready', body), never);
    expect(settlement).toMatchObject({ kind: 'deadLetter', reason: expect.stringContaining('products.image.ready') as string });
    expect(await rig.events()).toEqual([]);
    expect(await rig.worker().batches()).toEqual([]);
  });

  it('waits for a row that comes late; what never comes goes to the dead letters and is taken up when it is sent from there', async () => {
    const worker = rig.worker();
    expect(await worker.handle(imageReady('job', 'late'), never)).toMatchObject({ kind: 'deadLetter', reason: expect.stringContaining('never came') as string });
    const patient = rig.worker({ settings: { rowWaitMs: 10_000 } });
    const handled = patient.handle(imageReady('job', 'late'), never);
    await rig.addImage('late');
    expect(await handled).toEqual({ kind: 'ack' });
    expect(short(await rig.events())).toEqual([['products.image.masked', 'late']]);
  });

  it('of several frames one without a row is a failed asset', async () => {
    await rig.addFrames('video', ['job'], ['f1']);
    const worker = rig.worker();
    await worker.handle(frameBatch('job', 2), never);
    expect(await worker.handle(framesReady('job', 'video', ['f1', 'nowhere']), never)).toEqual({ kind: 'ack' });
    expect(short(await rig.events())).toEqual([['video.keyframes.masked', 'video'], ['video.keyframes.masked.batch', 1]]);
  });

  it('refuses a path outside of the data root', async () => {
    await rig.addImage('a');
    expect(await rig.worker().handle(imageReady('job', 'a', { local_path: '../../etc/passwd' }), never)).toEqual({ kind: 'ack' });
    expect(await rig.events()).toEqual([]);
    expect(await rig.store.assets.get({ kind: 'product_image', id: asId('a') })).toMatchObject({ state: 'failed' });
  });

  it('a photo that changed is new work for the same message without an event_id, once; with one it is the same event', async () => {
    const image = await rig.addImage('a', 3);
    await rig.addImage('b', 9);
    const worker = rig.worker();
    const put = async (bytes: Uint8Array): Promise<void> => rig.blobs.put('data/images/products/a.png', bytes);
    await put(new TextEncoder().encode('no picture'));
    for (let time = 0; time < 2; time++) await worker.handle(imageReady('job', 'a'), never);
    expect([await rig.events(), await masks(image)]).toEqual([[], 0]);
    await put(await rig.blobs.get('data/images/products/b.png'));
    for (let time = 0; time < 3; time++) await worker.handle(imageReady('job', 'a'), never);
    expect([(await rig.events()).length, await masks(image)]).toEqual([1, 1]);
    await worker.handle(imageReady('job', 'a', { event_id: 'e' }), never);
    await put(await photoOf(20));
    await worker.handle(imageReady('job', 'a', { event_id: 'e' }), never);
    expect([(await rig.events()).length, await masks(image)]).toEqual([2, 1]);
  });

  it('photos with other bytes are new work', async () => {
    const image = await rig.addImage('a', 3);
    const worker = rig.worker();
    await worker.handle(imageReady('job', 'a', { event_id: 'one' }), never);
    await rig.addImage('b', 9);
    await rig.blobs.put('data/images/products/a.png', await rig.blobs.get('data/images/products/b.png'));
    await worker.handle(imageReady('job', 'a', { event_id: 'two' }), never);
    await worker.handle(imageReady('job', 'a', { event_id: 'three' }), never);
    expect(await masks(image)).toBe(2);
    expect(await rig.store.publications.ofAsset(image)).toHaveLength(2);
    expect(new Set((await rig.events()).map(({ eventId }) => eventId)).size).toBe(3);
  });
});
