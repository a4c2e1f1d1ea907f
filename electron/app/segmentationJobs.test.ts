import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { present, throwIfCancelled } from '../../shared/errors/errors.ts';
import { createSegmenter } from '../segmenters/index.ts';
import { codec, createSegmentationRig, modelId, photo, type SegmentationRig } from './testing/segmentationRig.ts';

let rig: SegmentationRig;
beforeEach(async () => {
  rig = await createSegmentationRig();
  await rig.models.pull(modelId);
});
afterEach(() => rig.dispose());

it('tries a failed picture again once what was wrong with it is put right', async () => {
  const torn = await rig.addAsset('torn', Buffer.from('half a picture'));
  const other = await rig.addAsset('other', Buffer.from('not one either'));
  await rig.service.start();
  await rig.service.idle();
  const failed = await rig.service.tasks({ state: 'failed', offset: 0, limit: 10 });
  expect(failed).toMatchObject({ total: 2, tasks: [{ reason: expect.stringMatching(/\w+ \w+/) as string }, {}] });
  await rig.blobs.put('data/images/products/torn.png', await photo());
  const ofTorn = present(failed.tasks.find(({ asset }) => asset.id === torn.id), 'the task of the torn picture');
  expect(await rig.service.retry([ofTorn.taskId])).toEqual({ retried: 1 });
  await rig.service.idle();
  expect((await rig.asset(torn)).state).toBe('to_review');
  expect((await rig.service.tasks({ state: 'failed', offset: 0, limit: 10 })).tasks.map(({ asset }) => asset)).toEqual([other]);
  expect(await rig.service.retry()).toEqual({ retried: 1 });
  await rig.service.idle();
  expect((await rig.asset(other)).state).toBe('failed');
});

it('cancels one picture that is in hand, and what was put in line with it, while others go on', async () => {
  await rig.service.dispose();
  // A model that takes its time over pictures, until it is told to stop or to go on.
  let goOn = (): void => undefined;
  const mayGoOn = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  rig.service = rig.makeService({
    concurrency: 2,
    segmenterOf: async (id) => {
      const segmenter = createSegmenter(await rig.models.foreground(id), { host: rig.host, modelStore: rig.models, codec });
      const stopped = (signal: AbortSignal | undefined) => new Promise<void>((resolve) => (signal?.aborted === true ? resolve() : signal?.addEventListener('abort', () => resolve())));
      return {
        ...segmenter,
        segment: async (bytes, options) => {
          await Promise.race([mayGoOn, stopped(options.signal)]);
          throwIfCancelled(options.signal);
          return segmenter.segment(bytes, options);
        },
      };
    },
  });
  const refs = await rig.addMany(3);
  await rig.service.rerun(refs);
  const inHand = async () => (await rig.service.tasks({ state: 'running', offset: 0, limit: 10 })).tasks;
  while ((await inHand()).length < 2) await sleep(10);
  const [first] = await inHand();
  expect(await rig.service.cancel({ taskIds: [present(first, 'a task').taskId] })).toEqual({ cancelled: 1 });
  // The third has taken its place.
  while ((await inHand()).length < 2) await sleep(10);
  const late = await rig.addAsset('late', await photo());
  await rig.service.rerun([late]);
  const [newest, oldest] = await rig.service.batches();
  expect([newest?.counts.queued, oldest?.counts.running, oldest?.counts.cancelled]).toEqual([1, 2, 1]);
  expect(await rig.service.cancel({ batch: present(newest, 'a batch') })).toEqual({ cancelled: 1 });
  goOn();
  await rig.service.idle();
  expect((await rig.service.status()).counts).toMatchObject({ done: 2, cancelled: 2, queued: 0, running: 0 });
  expect((await rig.asset(late)).state).toBe('unsegmented');
});
