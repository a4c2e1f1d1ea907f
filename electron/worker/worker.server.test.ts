import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../../e2e/services/servers/tcpProxy.ts';
import { createWorkerRig, imageTopic, type WorkerRig } from '../app/testing/workerRig.ts';
import type { LogLine, WorkerProcess } from '../app/testing/workerProcess.ts';

/** `maskdesk worker` as programs of their own, on a real PostgreSQL and RabbitMQ, with a small real model. */
let rig: WorkerRig;
const jobId = 'job';
const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `image-${index}`);
const imageIds = (events: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] => events.map(({ image_id }) => image_id).sort();

/** The url of a server, by way of a proxy. */
const through = (url: string, { address }: TcpProxy): string => {
  const changed = new URL(url);
  changed.host = address;
  return changed.href;
};
const proxyFor = (url: string): Promise<TcpProxy> => {
  const { hostname, port } = new URL(url);
  return startTcpProxy({ host: hostname, port: Number(port) });
};

beforeEach(async () => {
  rig = await createWorkerRig({ rabbitUrl: inject('rabbitUrl'), postgresUrl: inject('postgresUrl'), store: { patienceSeconds: 0.5 } });
});
afterEach(() => rig.dispose());

describe('maskdesk worker', { timeout: 60_000 }, () => {
  it('--once works off what is queued, one spoilt picture and some poison among it, and ends', async () => {
    await rig.addPhotos(jobId, ids(4));
    await rig.spoil('image-3');
    // The queues are there once a worker has been.
    expect(await rig.start(['--once']).ended()).toBe(0);
    await rig.announce(jobId, [...ids(4), 'image-0']);
    await rig.announceBatch(jobId, 4);
    await rig.side.put(imageTopic, 'no JSON');
    const worker = rig.start(['--once']);
    expect(await worker.ended()).toBe(0);
    expect(JSON.parse(worker.answers)).toMatchObject({ received: 7, given_back: 0, problems: [], stopped: false });
    expect(imageIds(await rig.takeAll('products.image.masked'))).toEqual(ids(3));
    expect(await rig.takeAll('products.images.masked.batch')).toMatchObject([{ job_id: jobId, total_images: 3 }]);
    expect(await rig.side.deadLetters(rig.queueOf(imageTopic), 1)).toMatchObject([{ body: 'no JSON' }]);
    const stored = await worker.message('mask stored');
    expect(stored).toMatchObject({ job_id: jobId, asset_id: expect.any(String) as string, event_id: expect.any(String) as string, level: 30 });
    expect(await worker.message('asset failed; the rest goes on')).toMatchObject({ job_id: jobId, asset_id: 'image-3' });
  });

  it('ends in order at a SIGTERM that comes while it still connects', async () => {
    const worker = rig.start();
    await worker.message('health and metrics are served');
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(JSON.parse(worker.answers)).toMatchObject({ received: 0, given_back: 0, stopped: true });
  });

  it('is scraped while it runs, and ends in order at SIGTERM', async () => {
    await rig.addPhotos(jobId, ids(2));
    const worker = rig.start();
    const { port } = await worker.message('health and metrics are served');
    await worker.message('worker runs');
    const get = async (path: string): Promise<Response> => fetch(`http://127.0.0.1:${String(port)}${path}`);
    expect((await get('/healthz')).status).toBe(200);
    const ready = await get('/readyz');
    expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true, phase: 'running', parts: { store: { up: true }, blobs: { up: true }, broker: { up: true }, model: { up: true } } }]);
    await rig.announce(jobId, ids(2));
    await rig.announceBatch(jobId, 2);
    await rig.take('products.images.masked.batch', 1);
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/maskdesk_assets_total\{kind="product_image",outcome="computed"\} 2\n/);
    expect(metrics).toMatch(/maskdesk_inference_duration_seconds_count\{model="red",provider="cpu"\} 2\n/);
    expect(metrics).toMatch(/maskdesk_part_up\{part="store"\} 1\n/);
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(await worker.message('stopped')).toMatchObject({ messages_given_back: 0 });
  });

  it('loses nothing when it is killed, and nothing when it is told to stop in the middle: another one finishes', async () => {
    await rig.addPhotos(jobId, ids(12));
    const killed = rig.start([], { env: { MASKDESK_WORKER_CONCURRENCY: '2' } });
    await killed.message('worker runs');
    await rig.announceBatch(jobId, 12);
    await rig.announce(jobId, ids(12));
    await killed.message('mask stored');
    await killed.end('SIGKILL');
    // Without time to finish: what is in hand goes back.
    const stopped = rig.start([], { env: { MASKDESK_WORKER_CONCURRENCY: '2', MASKDESK_WORKER_DRAIN_SECONDS: '0' } });
    await stopped.message('mask stored');
    expect(await stopped.end('SIGTERM')).toBe(0);
    const finishing = rig.start();
    const batch = await rig.take('products.images.masked.batch', 1);
    expect(batch).toMatchObject([{ job_id: jobId, total_images: 12 }]);
    expect(await finishing.end('SIGTERM')).toBe(0);
    const events = await rig.takeAll('products.image.masked');
    // A kill between sending and noting that it was sent repeats an event under the same id.
    expect([...new Set(imageIds(events))]).toEqual([...ids(12)].sort());
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(12);
    expect(await rig.takeAll('products.images.masked.batch')).toEqual([]);
  });

  it('waits for a broker that is away at its start, and for one that goes away later', async () => {
    const proxy = await proxyFor(inject('rabbitUrl'));
    proxy.setMode('refuse');
    try {
      await rig.addPhotos(jobId, ids(2));
      const worker = rig.start([], { env: { MASKDESK_BROKER_URL: through(inject('rabbitUrl'), proxy) } });
      const { port: healthPort } = await worker.message('health and metrics are served');
      await worker.message('waiting for the broker');
      const ready = async (): Promise<number> => (await fetch(`http://127.0.0.1:${String(healthPort)}/readyz`)).status;
      expect(await ready()).toBe(503);
      proxy.setMode('pass');
      await worker.message('worker runs');
      expect(await ready()).toBe(200);
      await rig.announce(jobId, ['image-0']);
      await rig.take('products.image.masked', 1);
      proxy.setMode('refuse');
      await worker.line(({ part, msg }) => part === 'broker' && String(msg).includes('can not be used'));
      await rig.announce(jobId, ['image-1']);
      proxy.setMode('pass');
      expect(await rig.take('products.image.masked', 1)).toMatchObject([{ image_id: 'image-1' }]);
      expect(await worker.end('SIGTERM')).toBe(0);
    } finally {
      await proxy.stop();
    }
  });

  it('takes nothing new while the database is away, and goes on where it was', async () => {
    const proxy = await proxyFor(rig.dsn);
    try {
      await rig.addPhotos(jobId, ids(3));
      const worker = rig.start([], { env: { MASKDESK_STORE_DSN: through(rig.dsn, proxy) } });
      const { port } = await worker.message('health and metrics are served');
      await worker.message('worker runs');
      await rig.announce(jobId, ['image-0']);
      await rig.take('products.image.masked', 1);
      proxy.setMode('refuse');
      await worker.line(({ part, msg }) => part === 'store' && String(msg).includes('can not be used'));
      const readiness = await fetch(`http://127.0.0.1:${String(port)}/readyz`);
      expect([readiness.status, await readiness.json()]).toMatchObject([503, { ready: false, parts: { store: { up: false } }, paused: ['store'] }]);
      await rig.announce(jobId, ['image-1', 'image-2']);
      await rig.announceBatch(jobId, 3);
      proxy.setMode('pass');
      expect(await rig.take('products.images.masked.batch', 1)).toMatchObject([{ total_images: 3 }]);
      expect(worker.count('message put into the dead-letter queue')).toBe(0);
      expect(await worker.end('SIGTERM')).toBe(0);
    } finally {
      await proxy.stop();
    }
  });

  it('shares work with another one', async () => {
    await rig.addPhotos(jobId, ids(16));
    const env = { MASKDESK_WORKER_PREFETCH: '2', MASKDESK_WORKER_CONCURRENCY: '1' };
    const workers = [rig.start([], { env }), rig.start([], { env })];
    for (const worker of workers) await worker.message('worker runs');
    await rig.announce(jobId, ids(16));
    await rig.announceBatch(jobId, 16);
    await rig.take('products.images.masked.batch', 1);
    const stored = (worker: WorkerProcess): LogLine[] => worker.lines.filter(({ msg }) => msg === 'mask stored');
    // The batch may be heard of before the last line of the other worker is read.
    await expect.poll(() => workers.flatMap(stored).map(({ asset_id }) => asset_id).sort(), { timeout: 20_000 }).toEqual(ids(16).toSorted());
    for (const worker of workers) expect(stored(worker).length).toBeGreaterThan(0);
    // What was done when a server failed is found, not done again.
    const retried = workers.reduce((total, worker) => total + worker.count('tried again after a pause'), 0);
    const computed = workers.flatMap(stored).filter(({ how }) => how === 'computed').length;
    expect(16 - computed).toBeLessThanOrEqual(retried);
    expect(await Promise.all(workers.map((worker) => worker.end('SIGTERM')))).toEqual([0, 0]);
    const events = await rig.takeAll('products.image.masked');
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(16);
    expect(events).toHaveLength(16);
  });

  it('--check names what is missing, and takes nothing', async () => {
    const good = rig.start(['--check']);
    expect(await good.ended()).toBe(0);
    const parts = good.answers.trim().split('\n').map((line) => JSON.parse(line) as { part: string; ok: boolean });
    expect(parts.map(({ part, ok }) => [part, ok])).toEqual([['store', true], ['blobs', true], ['broker', true], ['model', true]]);
    const bad = rig.start(['--check'], { env: { MASKDESK_MODELS_MODEL: 'none-such', MASKDESK_BROKER_URL: 'amqp://guest:hidden-word@127.0.0.1:1' } });
    expect(await bad.ended()).toBe(1);
    expect(bad.answers).toMatch(/"part":"broker","ok":false/);
    expect(bad.answers).toMatch(/"part":"model","ok":false/);
    expect(bad.answers + bad.said + JSON.stringify(bad.lines)).not.toContain('hidden-word');
  });
});
