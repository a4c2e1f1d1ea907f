import { afterAll, afterEach, beforeEach, expect, inject, it } from 'vitest';
import { asId, type JobId, type VideoId } from '../../shared/domain/ids.ts';
import { createWorkerRig, type Body, type WorkerRig } from './testing/workerRig.ts';
import { createTestDatabases } from '../store/testing/postgresFixture.ts';

/** The whole chain: PostgreSQL, RabbitMQ, two workers as programs of their own, and a model. */
const databases = createTestDatabases(inject('postgresUrl'));
let rig: WorkerRig;
beforeEach(async () => {
  rig = await createWorkerRig({ rabbitUrl: inject('rabbitUrl'), store: { kind: 'postgres', dsn: await databases.ready() } });
});
afterEach(() => rig.dispose());
afterAll(() => databases.dispose());

const names = (prefix: string, count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

/** A keyframe's photo is that of a product image: what matters here are rows and messages. */
const addFrames = async (job: string, video: string, frames: readonly string[]): Promise<void> => {
  const { catalog } = rig.app.services.store;
  const [jobId, videoId] = [asId<JobId>(job), asId<VideoId>(video)];
  await catalog.ensureJob({ jobId, industry: 'test' });
  await catalog.ensureVideo({ videoId, jobId, platform: 'test', url: 'https://example.org', title: null });
  const photo = await rig.app.blobs.get('data/images/products/a-0.png');
  for (const [index, id] of frames.entries()) {
    const key = `data/images/frames/${id}.png`;
    await rig.app.blobs.put(key, photo);
    await catalog.addAsset({ kind: 'keyframe', id: asId(id), videoId, timestampS: index, localPath: rig.app.blobs.pathOfKey(key), sourceSha256: id, widthPx: 60, heightPx: 40 });
  }
};

const distinct = (events: readonly Body[]): readonly Body[] => [...new Map(events.map((event) => [event['event_id'], event])).values()];

it('jobs of every shape, sent twice and in any order, and a worker that is killed: every answer once, every batch once, with the right total', async () => {
  await rig.addPhotos('a', names('a', 8));
  await rig.addPhotos('b', names('b', 6));
  await rig.spoil('b-2');
  const frames = names('f', 5);
  await addFrames('a', 'video', frames);
  const send = (topic: string, body: object): Promise<void> => rig.side.put(topic, JSON.stringify(body));
  const image = (job: string, id: string) => ({ product_id: 'product', image_id: id, local_path: `data/images/products/${id}.png`, job_id: job, seen_by: { shelf: 7 } });
  const video = { video_id: 'video', job_id: 'a', frames: frames.map((id, index) => ({ frame_id: id, ts: index, local_path: `data/images/frames/${id}.png` })) };

  const start = () => rig.start([], { env: { MASKDESK_WORKER_CONCURRENCY: '2', MASKDESK_WORKER_PREFETCH: '4' } });
  const [killed, other] = [start(), start()];
  await Promise.all([killed, other].map((worker) => worker.message('worker runs')));
  // The batch of a comes first, that of b in the middle, that of the video last; c has nothing.
  await send('products.images.ready.batch', { job_id: 'a', event_id: 'batch-a', total_images: 8 });
  await send('products.images.ready.batch', { job_id: 'c', event_id: 'batch-c', total_images: 0 });
  for (const id of names('a', 8)) await send('products.image.ready', image('a', id));
  await killed.message('mask stored');
  for (const id of names('b', 3)) await send('products.images.ready', image('b', id));
  await send('products.images.ready.batch', { job_id: 'b', event_id: 'batch-b', total_images: 6 });
  await killed.end('SIGKILL');
  for (const id of names('b', 6)) await send('products.image.ready', image('b', id));
  for (const id of names('a', 3)) await send('products.images.ready', image('a', id));
  await send('video.keyframes.ready', video);
  await send('videos.keyframes.ready', video);
  await send('videos.keyframes.ready.batch', { job_id: 'a', event_id: 'frames-a', total_keyframes: 5 });
  const batches = await rig.take('products.images.masked.batch', 3);
  const frameBatches = await rig.take('video.keyframes.masked.batch', 1);
  expect(await other.end('SIGTERM')).toBe(0);

  expect(batches.map(({ job_id, total_images }) => [job_id, total_images]).sort()).toEqual([['a', 8], ['b', 5], ['c', 0]]);
  expect(frameBatches.map(({ job_id, total_keyframes }) => [job_id, total_keyframes])).toEqual([['a', 5]]);
  const images = distinct(await rig.takeAll('products.image.masked'));
  expect(images.map(({ image_id }) => image_id).sort()).toEqual([...names('a', 8), ...names('b', 6).filter((id) => id !== 'b-2')]);
  expect(images.every((event) => JSON.stringify(event['seen_by']) === '{"shelf":7}')).toBe(true);
  const videos = distinct(await rig.takeAll('video.keyframes.masked'));
  expect(videos).toMatchObject([{ job_id: 'a', video_id: 'video', frames: frames.map((id, index) => ({ frame_id: id, ts: index, mask_path: `data/masks/frames/${id}.png` })) }]);
  // Nobody tells of a batch twice, and no event names a file that is not there.
  expect(distinct([...(await rig.takeAll('products.images.masked.batch')), ...(await rig.takeAll('video.keyframes.masked.batch'))])).toEqual([]);
  for (const { mask_path } of images) expect(await rig.app.blobs.has(rig.app.blobs.keyOfPath(String(mask_path)))).toBe(true);
  const { store } = rig.app.services;
  for (const id of [...names('a', 8), 'b-0', 'b-5']) expect(await store.revisions.ofAsset({ kind: 'product_image', id: asId(id) })).toHaveLength(1);
}, 90_000);
