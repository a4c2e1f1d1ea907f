import { afterEach, describe, expect, it } from 'vitest';
import { createIntakeMetrics } from './metrics/intakeMetrics.ts';
import { createWorkerMetrics } from './metrics/workerMetrics.ts';
import { startHealthServer, type HealthServer } from './healthServer.ts';
import { Readiness } from './readiness.ts';
import { partNames } from './partWatch.ts';
import type { AssetFacts, MessageFacts } from '../services/intake/intakeObserver.ts';
import { asId, type AssetId, type JobId, type ModelId, type Sha256 } from '../../shared/domain/ids.ts';

let server: HealthServer | null = null;
afterEach(() => server?.dispose());

const metrics = createWorkerMetrics(1024);
const readiness = new Readiness('1.2.3', () => ({ paused: ['memory'], messagesInHand: 2 }));
const start = async (port = 0): Promise<HealthServer> =>
  startHealthServer(
    { host: '127.0.0.1', port },
    {
      isLive: () => true,
      readiness: () => ({ isReady: readiness.isReady, body: readiness.body }),
      metrics: async () => ({ contentType: metrics.registry.contentType, text: await metrics.registry.metrics() }),
      onError: (error) => {
        throw error;
      },
    },
  );
const get = async (path: string, method = 'GET') => {
  const response = await fetch(`http://127.0.0.1:${server?.port}${path}`, { method });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

describe('health server', () => {
  it('is live at once, and ready when everything that work needs is there', async () => {
    server = await start();
    expect(await get('/healthz')).toMatchObject({ status: 200 });
    expect(await get('/readyz')).toMatchObject({ status: 503 });
    for (const name of partNames) readiness.set(name, { isUp: true, reason: null, sinceMs: 0 });
    expect((await get('/readyz')).status).toBe(503);
    readiness.phase = 'running';
    const ready = await get('/readyz');
    expect(ready.status).toBe(200);
    expect(JSON.parse(ready.text)).toMatchObject({ ready: true, phase: 'running', parts: { store: { up: true } }, paused: ['memory'], messages_in_hand: 2, version: '1.2.3' });
    readiness.set('blobs', { isUp: false, reason: 'The bucket is gone.', sinceMs: 0 });
    const without = await get('/readyz');
    expect(without.status).toBe(503);
    expect(JSON.parse(without.text)).toMatchObject({ ready: false, parts: { blobs: { up: false, reason: 'The bucket is gone.' } } });
  });

  it('knows no other paths and changes nothing', async () => {
    server = await start();
    expect((await get('/')).status).toBe(404);
    expect((await get('/metrics', 'POST')).status).toBe(405);
  });

  it('says what to do where its port is taken', async () => {
    server = await start();
    await expect(start(server.port)).rejects.toThrow(/something else listens there.*healthPort/);
  });

  it('serves metrics with units, bounded labels and no ids', async () => {
    server = await start();
    const topic = 'products.image.ready';
    const observer = createIntakeMetrics(metrics.registry, [topic]);
    const facts: MessageFacts = { topic, kind: 'image', jobId: 'job-7', incomingEventId: null, eventId: 'event-9' };
    const asset: AssetFacts = { ...facts, asset: { kind: 'product_image', id: asId<AssetId>('image-3') } };
    observer.received(facts, false);
    observer.settled(facts, 'ack', 1500);
    observer.received({ ...facts, topic: 'made.up' }, true);
    observer.assetSettled(asset, { kind: 'stored', how: 'computed' }, 1200);
    observer.assetSettled(asset, { kind: 'failed', code: 'image_unreadable', message: '' }, 20);
    observer.assetSettled(asset, { kind: 'failed', code: 'a text of somebody', message: '' }, 20);
    observer.inference({ modelId: asId<ModelId>('u2netp'), weightsSha256: asId<Sha256>('0'), threshold: 0.5, executionProvider: 'cpu', inferenceMs: 100, confidence: null });
    metrics.state.depths([{ topic, queue: `queue.${topic}`, ready: 12, deadLettered: 1 }]);
    metrics.state.batches([{ jobId: asId<JobId>('job-7'), kind: 'product_image', expected: 5, arrived: 3, stored: 2, failed: 1, missing: 2, firstSeenAtMs: 0, lastActivityAtMs: 0, deadlineAtMs: null, sentAtMs: null, sentTotal: null, completedBy: null, isTimedOut: false }]);
    metrics.state.inferenceRestarts(2);
    metrics.state.inferenceRestarts(2);
    const { type, text } = await get('/metrics');
    expect(type).toContain('text/plain');
    for (const line of [
      'maskdesk_messages_received_total{topic="products.image.ready",redelivered="false"} 1',
      'maskdesk_messages_received_total{topic="other",redelivered="true"} 1',
      'maskdesk_messages_settled_total{topic="products.image.ready",outcome="ack"} 1',
      'maskdesk_message_duration_seconds_sum{topic="products.image.ready"} 1.5',
      'maskdesk_assets_total{kind="product_image",outcome="computed"} 1',
      'maskdesk_assets_total{kind="product_image",outcome="failed"} 2',
      'maskdesk_asset_failures_total{code="image_unreadable"} 1',
      'maskdesk_asset_failures_total{code="bug"} 1',
      'maskdesk_inference_duration_seconds_count{model="u2netp",provider="cpu"} 1',
      'maskdesk_queue_messages_ready{topic="products.image.ready"} 12',
      'maskdesk_queue_dead_letters{topic="products.image.ready"} 1',
      'maskdesk_batches_open{kind="product_image"} 1',
      'maskdesk_open_batch_assets{kind="product_image",state="missing"} 2',
      'maskdesk_inference_restarts_total 2',
      'maskdesk_memory_limit_bytes 1024',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    for (const id of ['job-7', 'event-9', 'image-3']) expect(text).not.toContain(id);
    expect(text).toContain('process_cpu_seconds_total');
  });
});
