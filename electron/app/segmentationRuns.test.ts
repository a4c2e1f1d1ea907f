import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId, type ModelId } from '../../shared/domain/ids.ts';
import { present } from '../../shared/errors/errors.ts';
import { systemClock } from '../base/systemClock.ts';
import { redChannelModel } from '../inference/testing/onnxWriter.ts';
import { Claims } from '../services/segmentation/claims.ts';
import type { SegmentationRequest } from '../services/services.ts';
import { openStore } from '../store/index.ts';
import { createSegmentationRig, finishedIn, modelId, parameters, sidePx, type SegmentationRig } from './testing/segmentationRig.ts';

let rig: SegmentationRig;
beforeEach(async () => {
  rig = await createSegmentationRig();
});
afterEach(() => rig.dispose());

const ended = async (request: SegmentationRequest) => finishedIn(await rig.collect(request));

describe('segmentation that somebody waits for', () => {
  it('goes on with another model while one waits for its weights', async () => {
    await rig.models.pull(modelId);
    const refs = await rig.addMany(4);
    const absent = { ...parameters, modelId: asId<ModelId>('absent') };
    await rig.writeDescriptor('absent', redChannelModel(32));
    // Ahead of everything else, as a person's wish is.
    await rig.store.tasks.enqueue(refs.slice(0, 3), absent, { priority: 20 });
    await rig.service.rerun(refs.slice(3));
    await rig.service.idle();
    expect((await rig.service.status()).counts).toMatchObject({ queued: 3, running: 0, done: 1, failed: 0 });
    expect((await rig.service.status()).notice).toContain('maskdesk models pull absent');
    expect(rig.seen.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
    await rig.models.pull(absent.modelId);
    while ((await rig.service.status()).counts.done < 4) await sleep(50);
    expect((await rig.service.status()).notice).toBeNull();
  });

  it('tells weights that were damaged, which wait, from weights that no program could load, which fail their pictures', async () => {
    const refs = await rig.addMany(3);
    await rig.writeDescriptor('useless', Buffer.from('no graph at all'));
    const useless = asId<ModelId>('useless');
    await rig.models.pull(useless);
    expect(await ended({ assets: refs.slice(0, 2), modelId: useless })).toMatchObject({ done: 0, failed: 2, cancelled: 0, left: 0 });
    expect(await rig.service.failures()).toMatchObject([{ errorCode: 'model_corrupt' }, { errorCode: 'model_corrupt' }]);
    await rig.models.pull(modelId);
    // Of the same size and date, so that only reading every byte can tell.
    const path = await rig.models.pathOf(modelId);
    await utimes(path, 1_700_000_000, 1_700_000_000);
    await rig.models.list();
    await writeFile(path, redChannelModel(sidePx).fill(0));
    await utimes(path, 1_700_000_000, 1_700_000_000);
    expect(await ended({ assets: refs.slice(2) })).toMatchObject({ done: 0, failed: 0, left: 1 });
    expect((await rig.service.status()).notice).toContain('are damaged. Run "maskdesk models pull red"');
    await rig.models.pull(modelId);
    expect(await ended({ assets: refs.slice(2) })).toMatchObject({ done: 1, failed: 0, left: 0 });
  });

  it('works for what was named alone, and tells how each ended', async () => {
    await rig.models.pull(modelId);
    const refs = await rig.addMany(4);
    await writeFile(join(rig.storeDir, 'data', 'images', 'products', 'p1.png'), 'no picture');
    await rig.store.tasks.enqueue(refs.slice(2), parameters, { priority: 20 });
    const told = await rig.collect({ assets: refs.slice(0, 3) });
    expect(told[0]).toEqual({ kind: 'queued', added: 2, total: 3 });
    expect(told.flatMap((progress) => (progress.kind === 'ended' ? [[progress.task.asset.id, progress.task.state]] : [])).sort()).toEqual([['p0', 'done'], ['p1', 'failed'], ['p2', 'done']]);
    expect(told.at(-1)).toEqual({ kind: 'finished', done: 2, failed: 1, cancelled: 0, left: 0 });
    expect((await rig.service.status()).counts).toMatchObject({ queued: 1, running: 0 });
  });

  it('stops at the signal: gives back what is in hand and cancels only what it has queued itself', async () => {
    await rig.models.pull(modelId);
    const refs = await rig.addMany(30);
    await rig.store.tasks.enqueue(refs.slice(0, 3), parameters);
    const stop = new AbortController();
    const stopping = (async () => {
      while ((await rig.store.tasks.counts()).running === 0) await sleep(1);
      stop.abort();
    })();
    const told = await rig.collect({ signal: stop.signal });
    await stopping;
    expect(told[0]).toEqual({ kind: 'queued', added: 27, total: 30 });
    const { done, failed, cancelled, left } = finishedIn(told);
    expect([done + failed + cancelled + left, failed, cancelled > 0]).toEqual([30, 0, true]);
    expect(await rig.store.tasks.counts()).toMatchObject({ queued: left, running: 0, cancelled, done });
    // The three that somebody else had queued are done or still queued.
    const others = (await rig.store.tasks.get((await rig.store.tasks.enqueueUnsegmented(parameters)).existing)).map(({ asset: { id } }) => id);
    expect(others.every((id) => ['p0', 'p1', 'p2'].includes(id))).toBe(true);
  });

  it('does not wait for others when it works the queue off, but a run waits for its own tasks in their hands', async () => {
    await rig.models.pull(modelId);
    const [first, second] = await rig.addMany(2);
    const theirs = await rig.store.tasks.enqueue([present(first, 'asset')], parameters);
    const elsewhere = 'elsewhere/boot:1:u';
    await rig.store.tasks.claimNext(elsewhere, { leaseMs: 3_600_000 });
    await rig.service.rerun([present(second, 'asset')]);
    await rig.service.idle();
    expect((await rig.service.status()).counts).toMatchObject({ queued: 0, running: 1, done: 1 });
    // Told to stop while it waits.
    const stop = new AbortController();
    const stopped = rig.collect({ assets: [present(first, 'asset')], signal: stop.signal });
    setTimeout(() => stop.abort(), 300);
    expect((await stopped).at(-1)).toEqual({ kind: 'finished', done: 0, failed: 0, cancelled: 0, left: 1 });
    // And when the other finishes it.
    const waited = rig.collect({ assets: [present(first, 'asset')] });
    setTimeout(() => void rig.store.tasks.finish(present(theirs.added[0], 'task'), elsewhere), 300);
    expect((await waited).at(-1)).toEqual({ kind: 'finished', done: 1, failed: 0, cancelled: 0, left: 0 });
  });

  it('takes over what another machine had in hand when its claim runs out', async () => {
    await rig.models.pull(modelId);
    const refs = await rig.addMany(1);
    await rig.store.tasks.enqueue(refs, parameters);
    await rig.store.tasks.claimNext('elsewhere/boot:1:u', { leaseMs: 1_000 });
    expect(await ended({ assets: refs })).toMatchObject({ done: 1, left: 0 });
  });

  it('keeps its claims for as long as it works', async () => {
    await rig.models.pull(modelId);
    await rig.addMany(1);
    let nowMs = 1_000_000;
    const clock = { ...systemClock, nowMs: () => nowMs };
    const holding = await openStore({ storeDir: rig.storeDir, create: false, clock });
    const claims = new Claims(holding.tasks, clock);
    await holding.tasks.enqueueUnsegmented(parameters);
    const task = present(await claims.next([], undefined), 'a task');
    for (let round = 0; round < 8; round++) {
      nowMs += 30_000;
      await claims.keep();
      expect(await holding.tasks.requeueOrphans(() => false)).toBe(0);
    }
    expect(await claims.finish(task)).toBe(true);
    claims.dispose();
    await holding.close();
  });

  it('says that an asset has gone which was deleted after it was queued', async () => {
    await rig.models.pull(modelId);
    const [gone] = await rig.addMany(1);
    const told = [];
    for await (const progress of rig.service.run({ assets: [present(gone, 'asset')] })) {
      told.push(progress);
      if (progress.kind !== 'queued') continue;
      const database = new DatabaseSync(join(rig.storeDir, 'maskdesk.db'), { timeout: 5_000 });
      database.exec('delete from product_images');
      database.close();
    }
    expect(told.slice(1)).toMatchObject([{ kind: 'ended', task: { state: 'failed', errorCode: 'not_found' } }, { kind: 'finished', failed: 1, left: 0 }]);
  });
});
