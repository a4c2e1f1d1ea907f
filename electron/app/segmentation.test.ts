import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maskBlobKey, matteBlobKey } from '../../shared/domain/blobKeys.ts';
import { present } from '../../shared/errors/errors.ts';
import { marked, uprightPlace } from '../imaging/testing/pictures.ts';
import type { InferenceLauncher } from '../inference/launcher.ts';
import { childProcessLauncher } from '../inference/launchers/childProcess.ts';
import { createSessionHost } from '../inference/sessionHost.ts';
import { codec, createSegmentationRig, modelId, parameters, photo, red, type SegmentationRig } from './testing/segmentationRig.ts';

let rig: SegmentationRig;
beforeEach(async () => {
  rig = await createSegmentationRig();
});
afterEach(() => rig.dispose());

describe('background segmentation', () => {
  it('does nothing by itself, then masks everything, each mask as large and as right as its photo', async () => {
    await rig.models.pull(modelId);
    const refs = await rig.addMany(5);
    expect((await rig.service.status()).counts.queued).toBe(0);
    expect(await rig.service.start({ wantMatte: true })).toEqual({ added: 5 });
    await rig.service.idle();
    for (const ref of refs) {
      const { state, headRevisionId, headModelId } = await rig.asset(ref);
      expect([state, headModelId]).toEqual(['to_review', modelId]);
      const revision = present(await rig.store.revisions.get(present(headRevisionId, 'head')), 'revision');
      const mask = await codec.decodeMask(await rig.blobs.get(maskBlobKey(revision.maskSha256)));
      expect([mask.widthPx, mask.heightPx]).toEqual([120, 160]);
      let wrong = 0;
      mask.data.forEach((byte, index) => (wrong += (byte === 255) === red(index % 120, Math.floor(index / 120)) ? 0 : 1));
      // The model sees 64 x 64: its edge may lie one of its pixels off, along 200 pixels of outline.
      expect(wrong).toBeLessThan(400);
      expect(revision).toMatchObject({ origin: 'model', author: modelId, parentId: null, areaPx: mask.data.filter((byte) => byte === 255).length });
      expect(revision.model).toMatchObject({ threshold: 0.5, executionProvider: 'cpu' });
      expect(await rig.blobs.has(matteBlobKey(present(revision.matteSha256, 'matte')))).toBe(true);
    }
    const status = await rig.service.status();
    expect(status).toMatchObject({ counts: { queued: 0, running: 0, done: 5 }, provider: 'red · cpu', notice: null, secondsLeft: 0 });
    expect(status.perMinute).toBeGreaterThan(0);
    expect(rig.seen.filter(({ kind }) => kind === 'assetsChanged')).toHaveLength(5);
    expect(await rig.service.start()).toEqual({ added: 0 });
  });

  it('takes a re-run back as one: the masks of before are back, the rest is not done', async () => {
    await rig.models.pull(modelId);
    const refs = await rig.addMany(3);
    await rig.service.start();
    await rig.service.idle();
    const heads = () => Promise.all(refs.map(async (ref) => (await rig.asset(ref)).headRevisionId));
    const before = await heads();
    const { added, batchId } = await rig.service.rerun(refs, { threshold: 0.3 });
    expect(added).toBe(3);
    await rig.service.idle();
    expect(new Set([...before, ...(await heads())]).size).toBe(6);
    expect(await rig.service.undoRerun(batchId)).toEqual({ cancelled: 0, restored: 3 });
    expect(await heads()).toEqual(before);
    await rig.service.setPaused(true);
    const waiting = await rig.service.rerun(refs, { threshold: 0.2 });
    expect(await rig.service.undoRerun(waiting.batchId)).toEqual({ cancelled: 3, restored: 0 });
    expect(await heads()).toEqual(before);
  });

  it('records what is wrong with a photo and goes on', async () => {
    await rig.models.pull(modelId);
    const bad = await rig.addAsset('bad', Buffer.from('no picture at all'));
    const lost = await rig.addAsset('lost', await photo());
    await rig.blobs.remove('data/images/products/lost.png');
    const [good] = await rig.addMany(1);
    await rig.service.start();
    await rig.service.idle();
    expect((await rig.asset(present(good, 'good'))).state).toBe('to_review');
    for (const ref of [bad, lost]) {
      const { state, reason } = await rig.asset(ref);
      expect(state).toBe('failed');
      expect(reason).toMatch(/\w+ \w+.*\./);
    }
    expect((await rig.service.failures()).map(({ asset: { id } }) => id).sort()).toEqual(['bad', 'lost']);
    expect((await rig.service.status()).counts).toMatchObject({ failed: 2, done: 1 });
  });

  it('lays the mask on the photo as it is turned, or as it is stored when the setting says so', async () => {
    await rig.models.pull(modelId);
    const mark = { left: 10, top: 20, widthPx: 40, heightPx: 30 };
    // Orientation 6: shown with a quarter turn to the right.
    const turned = new Uint8Array(await marked(160, 120, mark, [255, 0, 0], [0, 0, 200]).jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer());
    const centreOf = (orientation: number) => uprightPlace(orientation, 30, 35, 160, 120);
    for (const [orientation, size, centre] of [['exif', [120, 160], centreOf(6)], ['stored', [160, 120], centreOf(1)]] as const) {
      await rig.service.dispose();
      rig.service = rig.makeService({ orientation });
      const ref = await rig.addAsset(`turned-${orientation}`, turned);
      await rig.service.start();
      await rig.service.idle();
      const revision = present((await rig.store.revisions.ofAsset(ref))[0], 'revision');
      const mask = await codec.decodeMask(await rig.blobs.get(maskBlobKey(revision.maskSha256)));
      expect([mask.widthPx, mask.heightPx]).toEqual(size);
      expect(mask.data[centre[1] * mask.widthPx + centre[0]]).toBe(255);
      expect(Math.abs(revision.areaPx - mark.widthPx * mark.heightPx)).toBeLessThan(200);
    }
  });

  it('corrects a size that the database has wrong', async () => {
    await rig.models.pull(modelId);
    const ref = await rig.addAsset('odd', await photo(), { widthPx: 999, heightPx: 1 });
    await rig.service.start();
    await rig.service.idle();
    expect(await rig.asset(ref)).toMatchObject({ widthPx: 120, heightPx: 160, state: 'to_review' });
  });

  it('waits for weights instead of failing, says what to do, and goes on when they are there', async () => {
    const [ref] = await rig.addMany(2);
    await rig.service.start();
    await rig.service.idle();
    const waiting = await rig.service.status();
    expect(waiting.notice).toContain('maskdesk models pull red');
    expect(waiting.counts).toMatchObject({ queued: 2, running: 0, failed: 0 });
    expect(rig.seen.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
    await expect(rig.service.rerun([present(ref, 'asset')])).rejects.toMatchObject({ code: 'model_missing', message: expect.stringContaining('maskdesk models pull red') as string });
    await rig.models.pull(modelId);
    while ((await rig.service.status()).counts.done < 2) await sleep(50);
    expect((await rig.service.status()).notice).toBeNull();
  });

  it('pauses, goes on, and cancels what is left', async () => {
    await rig.models.pull(modelId);
    await rig.addMany(4);
    await rig.service.setPaused(true);
    await rig.service.start();
    await rig.service.idle();
    expect(await rig.service.status()).toMatchObject({ paused: true, counts: { queued: 4, running: 0, done: 0 } });
    // As at the next start.
    expect(await rig.service.goOn()).toMatchObject({ paused: true });
    await rig.service.setPaused(false);
    expect(await rig.service.goOn()).toMatchObject({ paused: false });
    await rig.service.idle();
    expect((await rig.service.status()).counts).toMatchObject({ queued: 0, done: 4 });
    await rig.addAsset('late', await photo());
    await rig.service.setPaused(true);
    await rig.service.start();
    expect(await rig.service.cancel()).toEqual({ cancelled: 1 });
    expect((await rig.service.status()).counts).toMatchObject({ queued: 0, running: 0, cancelled: 1 });
  });

  it('cancels also what is in hand', async () => {
    await rig.models.pull(modelId);
    await rig.addMany(12);
    await rig.service.start();
    while ((await rig.service.status()).counts.running === 0) await sleep(1);
    await rig.service.cancel();
    await rig.service.idle();
    const { counts } = await rig.service.status();
    expect(counts).toMatchObject({ queued: 0, running: 0, failed: 0 });
    expect(counts.cancelled).toBeGreaterThan(0);
    expect(counts.cancelled + counts.done).toBe(12);
  });

  it('takes what a person asks for first, then what is on screen', async () => {
    await rig.models.pull(modelId);
    const refs = await rig.addMany(6);
    await rig.service.dispose();
    rig.service = rig.makeService({ concurrency: 1 });
    await rig.service.setPaused(true);
    await rig.service.start();
    await rig.service.prioritise([present(refs[4], 'shown')]);
    await rig.service.rerun([present(refs[5], 'asked')]);
    await rig.service.setPaused(false);
    await rig.service.idle();
    const order = rig.seen.flatMap((event) => (event.kind === 'assetsChanged' ? event.assets.map(({ id }) => id) : []));
    expect(order.slice(0, 2)).toEqual(['p5', 'p4']);
  });

  it('finishes the batch when the inference process is killed in the middle of it', async () => {
    await rig.models.pull(modelId);
    await rig.addMany(15);
    await rig.service.start();
    while ((await rig.service.status()).counts.done < 3) await sleep(1);
    process.kill(present(rig.host.status().pid, 'inference process'), 'SIGKILL');
    await rig.service.idle();
    expect((await rig.service.status()).counts).toMatchObject({ done: 15, failed: 0 });
    expect(rig.host.status().restarts).toBe(1);
  });

  it('stops with a sentence when the process dies on every picture, instead of failing them all', async () => {
    await rig.models.pull(modelId);
    await rig.host.dispose();
    const real = childProcessLauncher();
    let deadly = true;
    const launcher: InferenceLauncher = {
      start: async (role) => {
        const channel = await real.start(role);
        return deadly ? { ...channel, post: () => void channel.kill() } : channel;
      },
    };
    rig.host = createSessionHost({ launcher, threads: 1, executionProviders: [], restartDelayMs: 0 });
    await rig.addMany(8);
    await rig.service.start();
    await rig.service.idle();
    const { counts, notice } = await rig.service.status();
    expect(notice).toContain('maskdesk doctor');
    expect(counts).toMatchObject({ failed: 2, queued: 6, running: 0, done: 0 });
    deadly = false;
    await rig.service.start();
    await rig.service.idle();
    expect((await rig.service.status()).counts).toMatchObject({ queued: 0, done: 8 });
    expect((await rig.service.status()).notice).toBeNull();
  });

  it('gives its tasks back when it closes, and takes those of a process that died', async () => {
    await rig.models.pull(modelId);
    await rig.addMany(8);
    await rig.service.start();
    while ((await rig.service.status()).counts.running === 0) await sleep(1);
    await rig.service.dispose();
    expect((await rig.store.tasks.counts()).running).toBe(0);

    const script = join(rig.folder, 'dies.ts');
    const url = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
    await writeFile(
      script,
      `import { openStore } from ${url('../store/index.ts')};
       import { systemClock } from ${url('../base/systemClock.ts')};
       import { claimOwner } from ${url('../base/owner.ts')};
       const store = await openStore({ storeDir: ${JSON.stringify(rig.storeDir)}, create: false, clock: systemClock });
       await store.tasks.claimNext(claimOwner('a').owner, { leaseMs: 3_600_000 });
       await store.tasks.claimNext(claimOwner('a').owner, { leaseMs: 3_600_000 });
       process.kill(process.pid, 'SIGKILL');`,
    );
    await rig.store.tasks.enqueue(await rig.addMany(8), parameters);
    const queuedBefore = (await rig.store.tasks.counts()).queued;
    await new Promise((resolve) => fork(script, { execArgv: [] }).once('exit', resolve));
    expect(await rig.store.tasks.counts()).toMatchObject({ running: 2, queued: queuedBefore - 2 });
    rig.service = rig.makeService();
    await rig.service.idle();
    expect(await rig.store.tasks.counts()).toMatchObject({ queued: 0, running: 0, failed: 0 });
  });

  it('leaves the head of a mask that a person made', async () => {
    await rig.models.pull(modelId);
    const [ref] = await rig.addMany(1);
    const mine = present(ref, 'asset');
    await rig.service.start();
    await rig.service.idle();
    const head = (await rig.asset(mine)).headRevisionId;
    await rig.store.drafts.put({ asset: mine, reviewer: 'ana', baseRevisionId: head, widthPx: 120, heightPx: 160, maskRle: new Uint8Array(4) });
    await rig.service.rerun([mine], { threshold: 0.2 });
    await rig.service.idle();
    expect((await rig.asset(mine)).headRevisionId).toBe(head);
    const [newest, oldest] = await rig.store.revisions.ofAsset(mine);
    expect(newest?.model?.threshold).toBe(0.2);
    expect(newest?.parentId).toBe(head);
    expect(oldest?.revisionId).toBe(head);
  });
});
