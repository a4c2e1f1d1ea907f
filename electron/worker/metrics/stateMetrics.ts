import { collectDefaultMetrics, Counter, Gauge, type Registry } from 'prom-client';
import type { AssetKind } from '../../../shared/domain/asset.ts';
import type { BatchProgress } from '../../../shared/domain/intake.ts';
import type { QueueDepth } from '../../../shared/ports/broker.ts';
import type { MemoryUse } from '../memoryUse.ts';
import { partNames, type PartName } from '../partWatch.ts';
import { pauseReasons, type PauseReason } from '../intakeGate.ts';

/** How things stand; each part is told when it was looked at. */
export interface StateMetrics {
  depths(depths: readonly QueueDepth[]): void;
  batches(batches: readonly BatchProgress[]): void;
  outboxUnsent(count: number): void;
  /** Since the worker's start, by topic. */
  eventsUnheard(totals: ReadonlyMap<string, number>): void;
  messagesInHand(count: number): void;
  paused(reasons: ReadonlySet<PauseReason>): void;
  part(name: PartName, isUp: boolean): void;
  memory(use: MemoryUse): void;
  inferenceRestarts(total: number): void;
  /** Once the store is open. */
  build(info: BuildInfo): void;
}

export interface BuildInfo {
  readonly version: string;
  readonly store: string;
  readonly blobs: string;
  readonly recipe: string;
}

const kinds = ['product_image', 'keyframe'] as const satisfies readonly AssetKind[];
const sum = (batches: readonly BatchProgress[], of: (batch: BatchProgress) => number): number => batches.reduce((total, batch) => total + of(batch), 0);

/** Beside our own: the process' usual ones (`process_*`, `nodejs_*`). */
export const createStateMetrics = (registry: Registry, memoryLimitBytes: number): StateMetrics => {
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const ready = new Gauge({ name: 'maskdesk_queue_messages_ready', help: 'Messages that wait to be handed out; the lag to scale by', labelNames: ['topic'], registers });
  const dead = new Gauge({ name: 'maskdesk_queue_dead_letters', help: 'Messages in the dead-letter queue', labelNames: ['topic'], registers });
  const open = new Gauge({ name: 'maskdesk_batches_open', help: 'Jobs, of one kind of asset, whose batch event is not sent yet', labelNames: ['kind'], registers });
  const openAssets = new Gauge({ name: 'maskdesk_open_batch_assets', help: 'Assets of open batches: expected, arrived, stored, failed, missing', labelNames: ['kind', 'state'], registers });
  const oldest = new Gauge({ name: 'maskdesk_open_batch_age_seconds', help: 'Of the oldest open batch; 0 where none is open', labelNames: ['kind'], registers });
  const unsent = new Gauge({ name: 'maskdesk_outbox_unsent', help: 'Events that are not confirmed by the broker yet', registers });
  const unheard = new Counter({ name: 'maskdesk_events_unheard_total', help: 'Events that the broker took and had no queue for', labelNames: ['topic'], registers });
  const inHand = new Gauge({ name: 'maskdesk_messages_in_hand', help: 'Messages of this worker that are not settled yet', registers });
  const paused = new Gauge({ name: 'maskdesk_intake_paused', help: '1 while no messages are taken for this reason', labelNames: ['reason'], registers });
  const up = new Gauge({ name: 'maskdesk_part_up', help: '1 while the part can be used', labelNames: ['part'], registers });
  const memory = new Gauge({ name: 'maskdesk_memory_bytes', help: 'Resident memory of the worker and of its model process', labelNames: ['process'], registers });
  const limit = new Gauge({ name: 'maskdesk_memory_limit_bytes', help: 'The ceiling before which intake pauses', registers });
  const restarts = new Counter({ name: 'maskdesk_inference_restarts_total', help: 'Times that the model process died and was replaced', registers });
  const info = new Gauge({ name: 'maskdesk_build_info', help: 'Always 1; what runs here', labelNames: ['version', 'node', 'platform', 'store', 'blobs', 'recipe'], registers });

  limit.set(memoryLimitBytes);
  inHand.set(0);
  for (const part of partNames) up.set({ part }, 0);
  let restartsTold = 0;
  const unheardTold = new Map<string, number>();

  return {
    depths: (depths) => {
      for (const { topic, ready: waiting, deadLettered } of depths) {
        ready.set({ topic }, waiting);
        dead.set({ topic }, deadLettered);
      }
    },
    batches: (batches) => {
      for (const kind of kinds) {
        const ofKind = batches.filter((batch) => batch.kind === kind && batch.sentAtMs === null);
        open.set({ kind }, ofKind.length);
        oldest.set({ kind }, ofKind.length === 0 ? 0 : Math.max(0, Date.now() - Math.min(...ofKind.map(({ firstSeenAtMs }) => firstSeenAtMs))) / 1000);
        openAssets.set({ kind, state: 'expected' }, sum(ofKind, ({ expected }) => expected ?? 0));
        for (const state of ['arrived', 'stored', 'failed', 'missing'] as const) openAssets.set({ kind, state }, sum(ofKind, (batch) => batch[state]));
      }
    },
    outboxUnsent: (count) => unsent.set(count),
    eventsUnheard: (totals) => {
      for (const [topic, total] of totals) {
        unheard.inc({ topic }, total - (unheardTold.get(topic) ?? 0));
        unheardTold.set(topic, total);
      }
    },
    messagesInHand: (count) => inHand.set(count),
    paused: (reasons) => {
      for (const reason of pauseReasons) paused.set({ reason }, reasons.has(reason) ? 1 : 0);
    },
    part: (name, isUp) => up.set({ part: name }, isUp ? 1 : 0),
    memory: ({ workerBytes, inferenceBytes }) => {
      memory.set({ process: 'worker' }, workerBytes);
      memory.set({ process: 'inference' }, inferenceBytes);
    },
    inferenceRestarts: (total) => {
      if (total > restartsTold) restarts.inc(total - restartsTold);
      restartsTold = total;
    },
    build: (build) => info.set({ ...build, node: process.versions.node, platform: `${process.platform}-${process.arch}` }, 1),
  };
};
