import { Counter, Histogram, type Registry } from 'prom-client';
import { errorCodes } from '../../../shared/errors/codes.ts';
import type { AssetKind } from '../../../shared/domain/asset.ts';
import type { IntakeObserver, MessageFacts } from '../../services/intake/intakeObserver.ts';

/** Seconds. From a batch event (milliseconds) to a video whose keyframes wait for a slow machine. */
const messageBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900];
/** Seconds. u2netp takes 0.1 s, large models on a CPU half a minute. */
const stageBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const seconds = (durationMs: number): number => durationMs / 1000;

/** Codes that are a label are those that there are: text that comes from elsewhere would make a series for each. */
const knownCodes: ReadonlySet<string> = new Set([...errorCodes, 'rejected', 'timeout']);
const codeLabel = (code: string): string => (knownCodes.has(code) ? code : 'bug');

/**
 * What happens, counted and timed. Labels are bounded: topics that are subscribed to, kinds, outcomes, codes, models that are configured;
 * never an id.
 */
export const createIntakeMetrics = (registry: Registry, topics: readonly string[]): IntakeObserver => {
  const registers = [registry];
  const received = new Counter({ name: 'maskdesk_messages_received_total', help: 'Messages handed out to this worker, repetitions among them', labelNames: ['topic', 'redelivered'], registers });
  const settled = new Counter({ name: 'maskdesk_messages_settled_total', help: 'Messages by what became of them: ack, duplicate (acked, nothing was left to do), requeue, deadLetter', labelNames: ['topic', 'outcome'], registers });
  const messageSeconds = new Histogram({ name: 'maskdesk_message_duration_seconds', help: 'From a message to its settlement', labelNames: ['topic'], buckets: messageBuckets, registers });
  const assets = new Counter({ name: 'maskdesk_assets_total', help: 'Assets by outcome: computed, known (the same picture and recipe was there), approved (by a reviewer), failed', labelNames: ['kind', 'outcome'], registers });
  const failures = new Counter({ name: 'maskdesk_asset_failures_total', help: 'Assets that got no mask, by the code of the error', labelNames: ['code'], registers });
  const assetSeconds = new Histogram({ name: 'maskdesk_asset_duration_seconds', help: 'From the message of an asset to its settlement', labelNames: ['kind'], buckets: messageBuckets, registers });
  const stageSeconds = new Histogram({ name: 'maskdesk_stage_duration_seconds', help: 'Where the time of an asset goes', labelNames: ['stage'], buckets: stageBuckets, registers });
  const inferenceSeconds = new Histogram({ name: 'maskdesk_inference_duration_seconds', help: 'Time in the model alone', labelNames: ['model', 'provider'], buckets: stageBuckets, registers });
  const retries = new Counter({ name: 'maskdesk_retries_total', help: 'Tries again after trouble that is no fault of the picture', labelNames: ['code'], registers });
  const deadLetters = new Counter({ name: 'maskdesk_dead_letters_total', help: 'Messages put into a dead-letter queue', labelNames: ['topic'], registers });
  const warnings = new Counter({ name: 'maskdesk_warnings_total', help: 'Oddities of messages that the log tells of', registers });
  const batchEvents = new Counter({ name: 'maskdesk_batch_events_total', help: 'Batch events made by this worker', labelNames: ['kind', 'timed_out'], registers });

  // Without these a rate over a restart starts at the second event.
  for (const topic of topics) {
    for (const outcome of ['ack', 'duplicate', 'requeue', 'deadLetter']) settled.inc({ topic, outcome }, 0);
    deadLetters.inc({ topic }, 0);
  }
  for (const kind of ['product_image', 'keyframe'] satisfies AssetKind[]) for (const outcome of ['computed', 'known', 'approved', 'failed']) assets.inc({ kind, outcome }, 0);

  const topicLabel = ({ topic }: MessageFacts): string => (topics.includes(topic) ? topic : 'other');
  return {
    received: (facts, isRedelivered) => received.inc({ topic: topicLabel(facts), redelivered: String(isRedelivered) }),
    settled: (facts, outcome, durationMs) => {
      settled.inc({ topic: topicLabel(facts), outcome });
      messageSeconds.observe({ topic: topicLabel(facts) }, seconds(durationMs));
    },
    assetSettled: ({ asset }, outcome, durationMs) => {
      assets.inc({ kind: asset.kind, outcome: outcome.kind === 'stored' ? outcome.how : 'failed' });
      if (outcome.kind === 'failed') failures.inc({ code: codeLabel(outcome.code) });
      assetSeconds.observe({ kind: asset.kind }, seconds(durationMs));
    },
    stage: (stage, durationMs) => stageSeconds.observe({ stage }, seconds(durationMs)),
    inference: ({ modelId, executionProvider, inferenceMs }) => inferenceSeconds.observe({ model: modelId, provider: executionProvider }, seconds(inferenceMs)),
    retried: (_, { code }) => retries.inc({ code: codeLabel(code) }),
    deadLettered: (facts) => deadLetters.inc({ topic: topicLabel(facts) }),
    warned: () => warnings.inc(),
    batchSent: ({ kind, isTimedOut }) => batchEvents.inc({ kind, timed_out: String(isTimedOut) }),
  };
};
