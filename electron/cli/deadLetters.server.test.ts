import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createWorkerRig, imageTopic, type WorkerRig } from '../app/testing/workerRig.ts';
import { runCli } from './testing/runCli.ts';

/** The operator's commands beside a worker, all as programs of their own on a real PostgreSQL and RabbitMQ. */
let rig: WorkerRig;
const jobId = 'job';
const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `image-${index}`);
const imageIds = (events: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] => events.map(({ image_id }) => image_id).sort();

beforeEach(async () => {
  rig = await createWorkerRig({ rabbitUrl: inject('rabbitUrl'), postgresUrl: inject('postgresUrl') });
});
afterEach(() => rig.dispose());

describe('dead-letters and announce', { timeout: 60_000 }, () => {
  it('a worker takes what is announced and what is put back from the dead letters', async () => {
    await rig.addPhotos(jobId, ids(2));
    const command = (...args: readonly string[]) => runCli(args, rig.env);
    expect(await rig.start(['--once']).ended()).toBe(0);
    // The pipeline's row is not there yet, and a message that can't be read.
    await rig.announce(jobId, ['image-late']);
    await rig.side.put(imageTopic, 'no JSON\u001b[2J');
    expect(await rig.start(['--once'], { env: { MASKDESK_WORKER_ROW_WAIT_SECONDS: '0.2' } }).ended()).toBe(0);
    const listed = await command('dead-letters', 'list');
    expect(listed.records.map(({ queue, times }) => [queue, times])).toEqual([[rig.queueOf(imageTopic), 1], [rig.queueOf(imageTopic), 1]]);
    expect(listed.records.map(({ reason }) => reason).sort()).toEqual([expect.stringMatching(/not JSON/), expect.stringMatching(/row never came for image-late/)]);
    expect((await command('dead-letters', 'list')).records).toEqual(listed.records);
    const idOf = (part: RegExp): string => String(listed.records.find(({ reason }) => part.test(String(reason)))?.['id']);
    expect((await command('dead-letters', 'show', idOf(/row/))).records).toMatchObject([{ body: expect.stringContaining('image-late') as string }]);
    expect(await command('dead-letters', 'drop', idOf(/JSON/), 'none-such')).toMatchObject({ exitCode: 1, records: [{ dropped: 1 }, { id: 'none-such' }] });

    await rig.addPhotos(jobId, ['image-late']);
    expect((await command('dead-letters', 'replay', '--all')).records).toEqual([{ replayed: 1 }]);
    const told = await command('announce', '--job', jobId);
    expect([told.exitCode, told.records.map(({ topic }) => topic)]).toEqual([0, [imageTopic, imageTopic, imageTopic, 'products.images.ready.batch']]);
    expect(await rig.start(['--once']).ended()).toBe(0);
    expect(imageIds(await rig.takeAll('products.image.masked'))).toEqual(['image-0', 'image-1', 'image-late']);
    expect(await rig.takeAll('products.images.masked.batch')).toMatchObject([{ job_id: jobId, total_images: 3 }]);
    expect((await command('dead-letters', 'list')).records).toEqual([]);
  });
});
