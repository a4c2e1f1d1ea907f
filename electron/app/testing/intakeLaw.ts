import fc from 'fast-check';
import { expect } from 'vitest';
import { asId } from '../../../shared/domain/ids.ts';
import type { IncomingMessage } from '../../../shared/ports/broker.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { mapConcurrently } from '../../services/mapConcurrently.ts';
import { crashingParts } from './crashing.ts';
import { frameBatch, framesReady, imageBatch, imageReady, type IntakeRig } from './intakeRig.ts';

const prefetch = 4;
const never = new AbortController().signal;

interface Job {
  readonly id: string;
  /** Of each image, whether its photo can be read. */
  readonly images: readonly boolean[];
  /** Of each video, its frames. */
  readonly videos: readonly (readonly boolean[])[];
}

const jobs = fc
  .array(fc.record({ images: fc.array(fc.boolean(), { maxLength: 3 }), videos: fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }), { maxLength: 2 }) }), { minLength: 1, maxLength: 2 })
  .map((list) => list.map((job, index): Job => ({ id: `job${index}`, ...job })));

const imageId = (job: Job, index: number): string => `${job.id}-i${index}`;
const frameId = (job: Job, video: number, index: number): string => `${job.id}-v${video}-f${index}`;

const makePictures = async (rig: IntakeRig, job: Job): Promise<void> => {
  const spoil = (key: string) => rig.blobs.put(key, new TextEncoder().encode('no picture'));
  for (const [index, isGood] of job.images.entries()) {
    await rig.addImage(imageId(job, index), index, job.id);
    if (!isGood) await spoil(`data/images/products/${imageId(job, index)}.png`);
  }
  for (const [video, frames] of job.videos.entries()) {
    await rig.addFrames(`${job.id}-v${video}`, [job.id], frames.map((_, index) => frameId(job, video, index)));
    for (const [index, isGood] of frames.entries()) if (!isGood) await spoil(`data/images/frames/${frameId(job, video, index)}.png`);
  }
};

const messagesOf = (job: Job): readonly IncomingMessage[] => [
  ...job.images.map((_, index) => imageReady(job.id, imageId(job, index))),
  imageBatch(job.id, job.images.length),
  ...job.videos.map((frames, video) => framesReady(job.id, `${job.id}-v${video}`, frames.map((_, index) => frameId(job, video, index)))),
  frameBatch(job.id, job.videos.flat().length),
];

interface Death {
  readonly steps: number;
  readonly isAfter: boolean;
}

/** A worker's life over what the broker hands out: what it does not ack comes again. @returns what is left */
const live = async (rig: IntakeRig, store: Store, messages: readonly IncomingMessage[], death: Death | null): Promise<readonly IncomingMessage[]> => {
  const mortal = death === null ? null : crashingParts({ store, blobs: rig.blobs }, death.steps, death.isAfter);
  const worker = rig.worker({ parts: mortal?.parts ?? { store } });
  const left: IncomingMessage[] = [];
  for await (const result of mapConcurrently(messages, prefetch, async (message) => ({ message, settlement: await worker.handle(message, never) }))) {
    // What a dead process says reaches nobody.
    if (mortal?.died() === true || result.settlement.kind !== 'ack') left.push({ ...result.message, isRedelivered: true });
  }
  await worker.dispose();
  return left;
};

const check = async (rig: IntakeRig, job: Job): Promise<void> => {
  const events = (await rig.events()).filter(({ payload }) => payload['job_id'] === job.id);
  const of = (topic: string) => events.filter((event) => event.topic === topic);
  const good = (flags: readonly boolean[]): number => flags.filter(Boolean).length;
  expect(of('products.image.masked').map(({ payload }) => payload['image_id']).sort()).toEqual(job.images.flatMap((isGood, index) => (isGood ? [imageId(job, index)] : [])));
  expect(of('products.images.masked.batch').map(({ payload }) => payload['total_images'])).toEqual([good(job.images)]);
  const told = of('video.keyframes.masked').map(({ payload }) => [payload['video_id'], (payload['frames'] as { frame_id: string }[]).map((frame) => frame.frame_id)]);
  expect(told.sort()).toEqual(
    job.videos.flatMap((frames, video) => (good(frames) === 0 ? [] : [[`${job.id}-v${video}`, frames.flatMap((isGood, index) => (isGood ? [frameId(job, video, index)] : []))]])),
  );
  expect(of('video.keyframes.masked.batch').map(({ payload }) => payload['total_keyframes'])).toEqual([good(job.videos.flat())]);
  // None before its assets.
  for (const [batch, single] of [['products.images.masked.batch', 'products.image.masked'], ['video.keyframes.masked.batch', 'video.keyframes.masked']] as const) {
    expect(events.findIndex(({ topic }) => topic === batch)).toBeGreaterThan(events.findLastIndex(({ topic }) => topic === single));
  }
  const assets = [
    ...job.images.map((isGood, index) => ({ isGood, kind: 'product_image' as const, id: imageId(job, index) })),
    ...job.videos.flatMap((frames, video) => frames.map((isGood, index) => ({ isGood, kind: 'keyframe' as const, id: frameId(job, video, index) }))),
  ];
  for (const { isGood, kind, id } of assets) {
    const asset = await rig.store.assets.get({ kind, id: asId(id) });
    expect([id, asset?.state, asset?.maskedLocalPath !== null]).toEqual([id, isGood ? 'to_review' : 'failed', isGood]);
    expect([id, (await rig.store.revisions.ofAsset({ kind, id: asId(id) })).length]).toEqual([id, isGood ? 1 : 0]);
    expect([id, (await rig.store.publications.ofAsset({ kind, id: asId(id) })).length]).toEqual([id, isGood ? 1 : 0]);
    if (isGood) expect(await rig.blobs.has(rig.blobs.keyOfPath(asset?.maskedLocalPath ?? ''))).toBe(true);
  }
};

export interface IntakeLawRig {
  readonly rig: IntakeRig;
  /** Of each worker that is there at the same time. */
  readonly stores: readonly Store[];
  dispose(): Promise<void>;
}

/** Whatever order messages come in, how often, to whom, and wherever workers die: one event an answer, one a batch, with the right total and last. */
export const checkIntakeLaw = async (make: () => Promise<IntakeLawRig>, numRuns: number): Promise<void> => {
  const order = fc.array(fc.nat(), { minLength: 40, maxLength: 40 });
  const deaths = fc.array(fc.record({ steps: fc.integer({ min: 1, max: 80 }), isAfter: fc.boolean() }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(jobs, order, deaths, fc.nat(3), async (list, places, dying, repeatEach) => {
      const made = await make();
      const { rig, stores } = made;
      try {
        for (const job of list) await makePictures(rig, job);
        const once = list.flatMap(messagesOf);
        const all = [...once, ...once.filter((_, index) => repeatEach > 0 && index % repeatEach === 0)];
        let left: readonly IncomingMessage[] = all.map((message, index) => ({ message, place: places[index % places.length] ?? 0 })).sort((a, b) => a.place - b.place).map(({ message }) => message);
        /** Handed out in turn; one of the workers dies, the others see theirs to the end. */
        const round = async (death: Death | null): Promise<void> => {
          const shares = stores.map((_, share) => left.filter((_message, index) => index % stores.length === share));
          left = (await Promise.all(shares.map((share, index) => live(rig, stores[index] ?? rig.store, share, index === 0 ? death : null)))).flat();
        };
        for (const death of dying) await round(death);
        // What is acked may come again all the same, as after a broker's restart.
        left = [...left, ...once.slice(0, 2)];
        await round(null);
        expect(left).toEqual([]);
        for (const job of list) await check(rig, job);
      } finally {
        await made.dispose();
      }
    }),
    { numRuns, endOnFailure: true },
  );
};
